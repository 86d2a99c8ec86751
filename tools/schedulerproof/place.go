// Package schedulerproof lets the real kube-scheduler, with its default profile, place pods on nodes that exist only as
// objects of a fake clientset. Its tests hold the fleets that package sizing recommends against it.
//
// The scheduler is the same code that a control plane of that version runs. What is not there is the rest of a cluster:
// no admission fills in defaults, no kubelet runs what is placed, and the fake clientset has to be taught to bind.
package schedulerproof

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/testing"
	"k8s.io/client-go/tools/events"
	"k8s.io/kubernetes/pkg/scheduler"
)

// Outcome is what became of the pods of one role.
type Outcome struct {
	Pending int64
	Reasons []string // the scheduler's messages about the pending pods, each once
}

// Place has a fresh scheduler place the pods of all pools and says what became of them by role, once it has decided
// about each pod.
//
// Which node takes a pod is the scheduler's own, random choice. How many pods of a pool find a place is not: a pool's
// pods are all alike, no other pool's nodes take them, and none of them ends.
func Place(ctx context.Context, pools ...Pool) (map[string]Outcome, error) {
	ctx, cancel := context.WithCancel(ctx)
	cluster := newCluster(pools)
	factory := scheduler.NewInformerFactory(cluster, 0, nil)
	s, err := scheduler.New(ctx, cluster, factory, nil, func(string) events.EventRecorderLogger {
		return &events.FakeRecorder{} // without a channel it throws events away
	})
	if err != nil {
		cancel()
		return nil, fmt.Errorf("building the scheduler: %w", err)
	}
	var running sync.WaitGroup
	defer func() {
		cancel()
		running.Wait()
		factory.Shutdown()
	}()
	lister := factory.Core().V1().Pods().Lister()
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	if err := s.WaitForHandlersSync(ctx); err != nil {
		return nil, fmt.Errorf("waiting for the scheduler to listen: %w", err)
	}
	running.Go(func() { s.Run(ctx) })

	var outcomes map[string]Outcome
	err = wait.PollUntilContextCancel(ctx, 50*time.Millisecond, true, func(context.Context) (bool, error) {
		pods, err := lister.List(labels.Everything())
		if err != nil {
			return false, err
		}
		var decided bool
		outcomes, decided = outcomesOf(pods)
		return decided, nil
	})
	if err != nil {
		return nil, fmt.Errorf("waiting for decisions: %w", err)
	}
	return outcomes, nil
}

// outcomesOf reports whether the scheduler has given every pod a node or has said that there is none. A pod that it
// failed on (reason SchedulerError) is not decided: it tries again.
func outcomesOf(pods []*corev1.Pod) (outcomes map[string]Outcome, decided bool) {
	outcomes = map[string]Outcome{}
	for _, pod := range pods {
		role := pod.Labels[roleKey]
		outcome := outcomes[role]
		if pod.Spec.NodeName == "" {
			i := slices.IndexFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool {
				return c.Type == corev1.PodScheduled && c.Reason == corev1.PodReasonUnschedulable
			})
			if i < 0 {
				return nil, false
			}
			outcome.Pending++
			if reason := pod.Status.Conditions[i].Message; !slices.Contains(outcome.Reasons, reason) {
				outcome.Reasons = append(outcome.Reasons, reason)
			}
		}
		outcomes[role] = outcome
	}
	return outcomes, true
}

// raiseWatchEvents lets a fake watcher hold more events that nobody has read yet than client-go's 100; one more and it
// panics. It is done once, since clusters may run side by side.
var raiseWatchEvents = sync.OnceFunc(func() { watch.DefaultChanSize = 1 << 16 })

// newCluster is the API server that the scheduler believes to talk to. It does what an API server does with a binding
// and the fake does not: it puts the pod on its node.
func newCluster(pools []Pool) *fake.Clientset {
	raiseWatchEvents()
	var objects []runtime.Object
	for _, p := range pools {
		objects = append(objects, p.objects()...)
	}
	cluster := fake.NewSimpleClientset(objects...)
	cluster.PrependReactor("create", "pods", func(action testing.Action) (bool, runtime.Object, error) {
		create, ok := action.(testing.CreateAction)
		if !ok {
			return false, nil, nil
		}
		binding, ok := create.GetObject().(*corev1.Binding)
		if !ok {
			return false, nil, nil
		}
		object, err := cluster.Tracker().Get(action.GetResource(), binding.Namespace, binding.Name)
		if err != nil {
			return true, nil, fmt.Errorf("binding %s: %w", binding.Name, err)
		}
		pod, ok := object.(*corev1.Pod)
		if !ok {
			return true, nil, fmt.Errorf("binding %s, which is a %T", binding.Name, object)
		}
		pod.Spec.NodeName = binding.Target.Name
		return true, binding, cluster.Tracker().Update(action.GetResource(), pod, pod.Namespace)
	})
	return cluster
}
