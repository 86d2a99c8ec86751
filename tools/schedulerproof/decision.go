package schedulerproof

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/wait"
)

const (
	pollEvery = 50 * time.Millisecond
	// quietPolls is how many polls in a row have to find everything decided:
	// between two queues a pod is in neither.
	quietPolls = 3
	// patience is how many polls in a row, a minute or more of them, may find
	// no further pod decided before the wait is given up.
	patience = 1200
)

// decided reports that the scheduler has given a pod a node or has said that
// there is none. A pod that it failed on (reason SchedulerError) is not: it
// tries again.
func decided(pod *corev1.Pod) bool {
	return pod.Spec.NodeName != "" || rejection(pod) != nil
}

// rejection is the condition by which the scheduler says that no node takes a
// pod; nil where it has not.
func rejection(pod *corev1.Pod) *corev1.PodCondition {
	for i := range pod.Status.Conditions {
		c := &pod.Status.Conditions[i]
		if c.Type == corev1.PodScheduled && c.Status == corev1.ConditionFalse && c.Reason == corev1.PodReasonUnschedulable {
			return c
		}
	}
	return nil
}

// awaitQueued waits until the scheduler has heard of every pod.
func (s *running) awaitQueued(ctx context.Context, pods int) error {
	return poll(ctx, func() (left int, err error) {
		return pods - len(s.scheduler.SchedulingQueue.PodsInActiveQ()), nil
	}, 1, "pods the scheduler has not heard of")
}

// awaitUncordoned waits until the scheduler has taken in that the nodes up to
// the last one take pods, and with it has queued again the pods that may fit
// there.
func (s *running) awaitUncordoned(ctx context.Context, last string) error {
	return poll(ctx, func() (left int, err error) {
		node, known := s.scheduler.Cache.Dump().Nodes[last]
		if !known || node.Node().Annotations[uncordonedKey] == "" {
			return 1, nil
		}
		return 0, nil
	}, 1, "nodes the scheduler believes to be cordoned")
}

// awaitDecisions waits until the scheduler has decided about every pod and has
// nothing left to try.
func (s *running) awaitDecisions(ctx context.Context, pods int) error {
	return poll(ctx, func() (left int, err error) {
		known, err := s.fleetPods()
		if err != nil {
			return 0, err
		}
		left = pods
		for _, pod := range known {
			if decided(pod) {
				left--
			}
		}
		if left == 0 { // the queues are long before
			left = s.trying()
		}
		return left, nil
	}, quietPolls, "pods the scheduler has not decided about")
}

// trying counts the pods that wait for another attempt or are being tried.
func (s *running) trying() int {
	q := s.scheduler.SchedulingQueue
	return len(q.PodsInActiveQ()) + len(q.PodsInBackoffQ()) + len(q.InFlightPods())
}

// poll asks how many are left until there are none so many times running. It
// gives up when the number has not fallen for long, which no load of the
// machine explains.
func poll(ctx context.Context, count func() (left int, err error), quiet int, what string) error {
	none, stalled, least := 0, 0, math.MaxInt
	err := wait.PollUntilContextCancel(ctx, pollEvery, true, func(context.Context) (done bool, err error) {
		left, err := count()
		if err != nil {
			return false, err
		}
		none++
		stalled++
		if left > 0 {
			none = 0
		}
		if left < least {
			least, stalled = left, 0
		}
		if stalled > patience {
			return false, errStalled
		}
		return none == quiet, nil
	})
	if err != nil {
		return fmt.Errorf("%s: %d: %w", what, least, err)
	}
	return nil
}

var errStalled = errors.New("their number does not fall")
