// Package schedulerproof lets the real kube-scheduler, with its default
// profile, place pods on nodes that exist only as objects of a fake clientset.
// Its tests hold the fleets that package sizing recommends against it.
//
// The scheduler is the same code that a control plane of that version runs.
// What is not there is the rest of a cluster: no admission fills in defaults,
// no kubelet runs what is placed, and the fake clientset has to be taught to
// bind.
package schedulerproof

import (
	"context"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
)

// Outcome is what became of the pods of one role.
type Outcome struct {
	Placed, Pending int
	// Reasons are the scheduler's messages about the pending pods, each once,
	// sorted.
	Reasons []string
}

// Place has a fresh scheduler place the pods of all pools and says what became
// of them by role: first while the pools' cordoned nodes take none, then with
// these nodes too. Where nothing is cordoned, both are the same. It returns
// when the scheduler has decided about each pod.
//
// Which node takes a pod is the scheduler's own, random choice. How many pods
// of a pool find a place is not: a pool's pods are all alike.
func Place(ctx context.Context, pools ...Pool) (first, final map[string]Outcome, err error) {
	if err := check(pools); err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	c := newCluster(pools)
	s, err := newScheduler(ctx, c)
	if err != nil {
		cancel()
		return nil, nil, err
	}
	defer s.stop(cancel)
	if err := s.listen(ctx); err != nil {
		return nil, nil, err
	}
	// Pods are created once the scheduler listens and before it runs, one by
	// one: it takes them in the order in which it hears of them.
	if err := c.createPods(ctx, pools); err != nil {
		return nil, nil, err
	}
	if err := s.awaitQueued(ctx, c.pods); err != nil {
		return nil, nil, err
	}
	s.run(ctx)
	if first, err = s.outcomes(ctx, c.pods, pools); err != nil || !slices.ContainsFunc(pools, Pool.hasCordoned) {
		return first, first, err
	}
	last, err := c.uncordon(ctx, pools)
	if err != nil {
		return nil, nil, err
	}
	if err := s.awaitUncordoned(ctx, last); err != nil {
		return nil, nil, err
	}
	final, err = s.outcomes(ctx, c.pods, pools)
	return first, final, err
}

// outcomes waits for decisions about all pods and reads them where the
// scheduler does.
func (s *running) outcomes(ctx context.Context, pods int, pools []Pool) (map[string]Outcome, error) {
	if err := s.awaitDecisions(ctx, pods); err != nil {
		return nil, err
	}
	placed, err := s.fleetPods()
	if err != nil {
		return nil, err
	}
	outcomes := make(map[string]Outcome, len(pools))
	for _, p := range pools {
		outcomes[p.Role] = Outcome{}
	}
	for _, pod := range placed {
		role := pod.Labels[roleKey]
		outcomes[role] = outcomes[role].with(pod)
	}
	for _, p := range pools {
		if o := outcomes[p.Role]; int64(o.Placed+o.Pending) != p.Pods {
			return nil, fmt.Errorf("role %s: %d pods are placed and %d pending, of %d", p.Role, o.Placed, o.Pending, p.Pods)
		}
	}
	return outcomes, nil
}

// with adds a pod that is decided.
func (o Outcome) with(pod *corev1.Pod) Outcome {
	if pod.Spec.NodeName != "" {
		o.Placed++
		return o
	}
	o.Pending++
	if c := rejection(pod); c != nil {
		if at, found := slices.BinarySearch(o.Reasons, c.Message); !found {
			o.Reasons = slices.Insert(o.Reasons, at, c.Message)
		}
	}
	return o
}
