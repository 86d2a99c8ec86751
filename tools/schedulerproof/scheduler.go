// SPDX-License-Identifier: MPL-2.0

package schedulerproof

import (
	"context"
	"fmt"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/events"
	"k8s.io/kubernetes/pkg/scheduler"
)

// scheduling is a cluster and its scheduler with the informers that it reads from.
type scheduling struct {
	*cluster

	informers informers.SharedInformerFactory
	scheduler *scheduler.Scheduler
	done      sync.WaitGroup
}

func newScheduling(pools []Pool) *scheduling {
	c := newCluster(pools)
	return &scheduling{cluster: c, informers: scheduler.NewInformerFactory(c, 0, nil)}
}

// prepare builds a scheduler with the default profile, has it take in the
// cluster as it is, and then creates the pods one by one: it will try them in
// the order in which it hears of them. Nothing is placed yet.
func (s *scheduling) prepare(ctx context.Context) (err error) {
	s.scheduler, err = scheduler.New(ctx, s.cluster, s.informers, nil, func(string) events.EventRecorderLogger {
		return &events.FakeRecorder{} // without a channel it throws events away
	})
	if err != nil {
		return fmt.Errorf("building the scheduler: %w", err)
	}
	s.informers.Start(ctx.Done())
	for kind, synced := range s.informers.WaitForCacheSync(ctx.Done()) {
		if !synced {
			return fmt.Errorf("the scheduler does not hear of %s", kind)
		}
	}
	if err := s.scheduler.WaitForHandlersSync(ctx); err != nil {
		return fmt.Errorf("waiting for the scheduler to listen: %w", err)
	}
	if err := s.createPods(ctx); err != nil {
		return err
	}
	return await(ctx, "pods the scheduler has not heard of", 1, func() (left int64, err error) {
		return s.pods - int64(len(s.scheduler.SchedulingQueue.PodsInActiveQ())), nil
	})
}

// run begins to place pods.
func (s *scheduling) run(ctx context.Context) { s.done.Go(func() { s.scheduler.Run(ctx) }) }

// stop ends the scheduler and the informers and waits for both.
func (s *scheduling) stop(cancel context.CancelFunc) {
	cancel()
	s.done.Wait()
	s.informers.Shutdown()
}

// uncordonedKey is the key of the annotation that ends an uncordoning.
const uncordonedKey = "refarch.example/uncordoned"

// uncordon has the cordoned nodes of all pools take pods, if there are any. It
// returns when the scheduler has queued again the pods that may fit there: the
// last node is annotated in the end, and the scheduler hears of nodes in order.
func (s *scheduling) uncordon(ctx context.Context) (changed bool, err error) {
	var nodes []*corev1.Node
	for _, p := range s.pools {
		for i := p.Nodes - p.Cordoned; i < p.Nodes; i++ {
			node := nodeOf(p, i)
			node.Spec.Unschedulable = false
			nodes = append(nodes, node)
		}
	}
	if len(nodes) == 0 {
		return false, nil
	}
	last := nodes[len(nodes)-1].DeepCopy()
	last.Annotations = map[string]string{uncordonedKey: "true"}
	for _, node := range append(nodes, last) {
		if _, err := s.CoreV1().Nodes().Update(ctx, node, metav1.UpdateOptions{}); err != nil {
			return false, fmt.Errorf("uncordoning %s: %w", node.Name, err)
		}
	}
	return true, await(ctx, "nodes the scheduler believes to be cordoned", 1, func() (left int64, err error) {
		if node, known := s.scheduler.Cache.Dump().Nodes[last.Name]; !known || node.Node().Annotations[uncordonedKey] == "" {
			left++
		}
		return left, nil
	})
}

// quietPolls is how many polls in a row have to find everything decided: between
// two queues a pod is in neither.
const quietPolls = 3

// outcomes waits until the scheduler has decided about every pod and has nothing
// left to try, and reads the decisions where the scheduler does.
func (s *scheduling) outcomes(ctx context.Context) (map[string]*Outcome, error) {
	var pods []*corev1.Pod
	err := await(ctx, "pods the scheduler has not decided about", quietPolls, func() (left int64, err error) {
		if pods, err = s.informers.Core().V1().Pods().Lister().List(toPlace); err != nil {
			return 0, err
		}
		left = s.pods
		for _, pod := range pods {
			if pod.Spec.NodeName != "" || rejection(pod) != nil {
				left--
			}
		}
		if left == 0 { // the queues are long before
			q := s.scheduler.SchedulingQueue
			left = int64(len(q.PodsInActiveQ()) + len(q.PodsInBackoffQ()) + len(q.InFlightPods()))
		}
		return left, nil
	})
	if err != nil {
		return nil, err
	}
	outcomes := make(map[string]*Outcome, len(s.pools))
	for _, p := range s.pools {
		outcomes[p.Name] = &Outcome{Reasons: map[string]int{}}
	}
	for _, pod := range pods {
		o, node := outcomes[pod.Labels[poolKey]], pod.Spec.NodeName
		switch {
		case node == "":
			o.Pending++
			o.Reasons[rejection(pod).Message]++
		case s.poolOf[node] != pod.Labels[poolKey]:
			o.Astray++
		}
	}
	return outcomes, nil
}

// rejection is the condition by which the scheduler says that no node takes a
// pod; nil where it has not. A pod that it failed on (reason SchedulerError) is
// none: it tries again.
func rejection(pod *corev1.Pod) *corev1.PodCondition {
	for i := range pod.Status.Conditions {
		c := &pod.Status.Conditions[i]
		if c.Type == corev1.PodScheduled && c.Status == corev1.ConditionFalse && c.Reason == corev1.PodReasonUnschedulable {
			return c
		}
	}
	return nil
}

// await asks how many are left until there are none so many times running.
func await(ctx context.Context, what string, quiet int, count func() (left int64, err error)) error {
	none, left := 0, int64(0)
	err := wait.PollUntilContextCancel(ctx, 50*time.Millisecond, true, func(context.Context) (done bool, err error) {
		if left, err = count(); err != nil || left > 0 {
			none = 0
			return false, err
		}
		none++
		return none == quiet, nil
	})
	if err != nil {
		return fmt.Errorf("%s: %d: %w", what, left, err)
	}
	return nil
}
