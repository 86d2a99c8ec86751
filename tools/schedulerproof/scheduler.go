package schedulerproof

import (
	"context"
	"fmt"
	"slices"
	"sync"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/events"
	"k8s.io/kubernetes/pkg/scheduler"
)

// running is a scheduler with the informers it reads from.
type running struct {
	scheduler *scheduler.Scheduler
	informers informers.SharedInformerFactory
	done      sync.WaitGroup
}

// newScheduler builds a scheduler with the default profile.
func newScheduler(ctx context.Context, c *cluster) (*running, error) {
	s := &running{informers: scheduler.NewInformerFactory(c, 0, nil)}
	var err error
	s.scheduler, err = scheduler.New(ctx, c, s.informers, nil, func(string) events.EventRecorderLogger {
		return &events.FakeRecorder{} // without a channel it throws events away
	})
	if err != nil {
		return nil, fmt.Errorf("building the scheduler: %w", err)
	}
	return s, nil
}

// listen has the scheduler take in the cluster as it is and hear of all that is
// created from now on, without placing anything yet.
func (s *running) listen(ctx context.Context) error {
	s.informers.Start(ctx.Done())
	for kind, synced := range s.informers.WaitForCacheSync(ctx.Done()) {
		if !synced {
			return fmt.Errorf("the scheduler does not hear of %s", kind)
		}
	}
	if err := s.scheduler.WaitForHandlersSync(ctx); err != nil {
		return fmt.Errorf("waiting for the scheduler to listen: %w", err)
	}
	return nil
}

// run begins to place pods.
func (s *running) run(ctx context.Context) { s.done.Go(func() { s.scheduler.Run(ctx) }) }

// stop ends the scheduler and the informers and waits for both.
func (s *running) stop(cancel context.CancelFunc) {
	cancel()
	s.done.Wait()
	s.informers.Shutdown()
}

// fleetPods are the pods to place, as the scheduler sees them. Its lister has no
// index by namespace and complains when asked by one.
func (s *running) fleetPods() ([]*corev1.Pod, error) {
	pods, err := s.informers.Core().V1().Pods().Lister().List(labels.Everything())
	if err != nil {
		return nil, fmt.Errorf("listing pods: %w", err)
	}
	return slices.DeleteFunc(pods, func(pod *corev1.Pod) bool { return pod.Namespace != fleetNamespace }), nil
}
