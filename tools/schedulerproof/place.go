// SPDX-License-Identifier: MPL-2.0

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

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// Pool is the nodes of a role or of a kind of workspace, and the pods that are
// to run on them. Nodes of one pool are alike, and so are its pods.
type Pool struct {
	// Name is a lower-case label. The nodes carry a label and a taint of that
	// value, the pods select the one and tolerate the other, as the
	// recommendation keeps roles and kinds apart.
	Name  string
	Nodes int64
	// Cordoned is how many of the Nodes take no pods at first.
	Cordoned int64
	Node     cloud.Node
	Daemons  cloud.Daemons // of every node, there before any pod of the pool
	Pods     int64
	Pod      Pod
}

// Pod is what one pod of a pool requests, and how many disks it mounts.
type Pod struct {
	sizing.PodRequest

	Volumes, GPUs int64
}

// Outcome is what became of the pods of one pool.
type Outcome struct {
	Pending int
	Astray  int            // on a node of another pool
	Reasons map[string]int // the scheduler's messages about pending pods, and of how many
}

// Place has a fresh scheduler place the pods of all pools and says what became
// of them by pool: first while the pools' cordoned nodes take none, then with
// these nodes too. Where nothing is cordoned, both are the same. It returns
// when the scheduler has decided about each pod, or with the context's error.
//
// Which node takes a pod is the scheduler's own, random choice. How many pods
// of a pool find a place is not: a pool's pods are all alike.
func Place(ctx context.Context, pools ...Pool) (first, final map[string]*Outcome, err error) {
	ctx, cancel := context.WithCancel(ctx)
	s := newScheduling(pools)
	defer s.stop(cancel)
	if err := s.prepare(ctx); err != nil {
		return nil, nil, err
	}
	s.run(ctx)
	if first, err = s.outcomes(ctx); err != nil {
		return nil, nil, err
	}
	if changed, err := s.uncordon(ctx); err != nil || !changed {
		return first, first, err
	}
	final, err = s.outcomes(ctx)
	return first, final, err
}
