// SPDX-License-Identifier: MPL-2.0

package schedulerproof

import (
	"context"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// TestMain trades memory for time: the API server's objects are garbage after
// each placement, and collecting it often takes a sixth of the time.
func TestMain(m *testing.M) {
	debug.SetGCPercent(200)
	m.Run()
}

// anyPool has four nodes of 4000m, 8192 MiB, 20 pods, 10 disks and 8 GPUs with
// two daemons of 200m and 512 MiB together, and pods of 500m, 1 GiB and a disk:
// 7 a node by CPU and by memory.
func anyPool(name string, pods int64) Pool {
	return Pool{
		Name: name, Nodes: 4, Pods: pods,
		Node: cloud.Node{
			AllocatableCPUMillicores: 4000, AllocatableMemoryMiB: 8192, MaxPods: 20,
			Machine: cloud.Machine{MaxVolumes: 10, GPUs: 8},
		},
		Daemons: cloud.Daemons{CPUMillicores: 200, MemoryMiB: 512, Pods: 2},
		Pod:     Pod{PodRequest: sizing.PodRequest{CPUMillicores: 500, MemoryMiB: 1024}, Volumes: 1},
	}
}

// mustPlace gives up long after any placement ends, on a busy machine too.
func mustPlace(t *testing.T, pools ...Pool) (first, final map[string]*Outcome) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Minute)
	defer cancel()
	first, final, err := Place(ctx, pools...)
	if err != nil {
		t.Fatal(err)
	}
	return first, final
}

// Reasons as the scheduler's own plugins word them.
const (
	reasonMemory  = "Insufficient memory"
	reasonCPU     = "Insufficient cpu"
	reasonPods    = "Too many pods"
	reasonVolumes = "node(s) exceed max volume count"
	reasonGPUs    = "Insufficient nvidia.com/gpu"
	reasonTaint   = "node(s) had untolerated taint"
)

// Each pool stands beside one that has a pod too many and one that has no pods
// at all: neither lends a node or takes one.
func TestPlace(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		pods         int64
		change       func(p *Pool)
		first, final int      // pending
		reasons      []string // that all messages have in common at first
	}{
		"all pods fit exactly":     {pods: 28},
		"nothing to place":         {pods: 0},
		"one pod more than fits":   {29, nil, 1, 1, []string{"4 " + reasonCPU, "4 " + reasonMemory, "8 " + reasonTaint}},
		"one node short":           {28, func(p *Pool) { p.Nodes = 3 }, 7, 7, []string{"3 " + reasonCPU}},
		"no node":                  {2, func(p *Pool) { p.Nodes = 0 }, 2, 2, []string{"8 " + reasonTaint}},
		"enough millicores":        {28, func(p *Pool) { p.Node.AllocatableCPUMillicores = 3700 }, 0, 0, nil},
		"a millicore short a node": {28, func(p *Pool) { p.Node.AllocatableCPUMillicores = 3699 }, 4, 4, []string{"4 " + reasonCPU}},
		"enough MiB":               {28, func(p *Pool) { p.Node.AllocatableMemoryMiB = 7680 }, 0, 0, nil},
		"one MiB short a node":     {28, func(p *Pool) { p.Node.AllocatableMemoryMiB = 7679 }, 4, 4, []string{"4 " + reasonMemory}},
		"enough disks":             {28, func(p *Pool) { p.Pod.Volumes, p.Node.Machine.MaxVolumes = 2, 14 }, 0, 0, nil},
		"a disk short a node":      {28, func(p *Pool) { p.Pod.Volumes, p.Node.Machine.MaxVolumes = 2, 13 }, 4, 4, []string{"4 " + reasonVolumes}},
		"no disk attaches":         {3, func(p *Pool) { p.Node.Machine.MaxVolumes = 0 }, 3, 3, []string{"4 " + reasonVolumes}},
		"no disks need no driver":  {28, func(p *Pool) { p.Pod.Volumes, p.Node.Machine.MaxVolumes = 0, 0 }, 0, 0, nil},
		"enough GPUs":              {28, func(p *Pool) { p.Pod.GPUs, p.Node.Machine.GPUs = 2, 14 }, 0, 0, nil},
		"a GPU short a node":       {28, func(p *Pool) { p.Pod.GPUs, p.Node.Machine.GPUs = 2, 13 }, 4, 4, []string{"4 " + reasonGPUs}},
		"nodes without GPUs":       {3, func(p *Pool) { p.Pod.GPUs, p.Node.Machine.GPUs = 1, 0 }, 3, 3, []string{"4 " + reasonGPUs}},
		"enough pods":              {28, func(p *Pool) { p.Node.MaxPods = 9 }, 0, 0, nil},
		"daemons are pods":         {28, func(p *Pool) { p.Node.MaxPods = 8 }, 4, 4, []string{"4 " + reasonPods}},
		"no daemons":               {32, func(p *Pool) { p.Daemons, p.Node.MaxPods = cloud.Daemons{}, 8 }, 0, 0, nil},

		"uncordoned, they find a place": {28, func(p *Pool) { p.Cordoned = 1 }, 7, 0, []string{"3 " + reasonCPU, "1 node(s) were unschedulable"}},
		"still one too many":            {29, func(p *Pool) { p.Cordoned = 2 }, 15, 1, nil},
		"every node is cordoned":        {28, func(p *Pool) { p.Cordoned = 4 }, 28, 0, nil},
		"none waits for the cordoned":   {21, func(p *Pool) { p.Cordoned = 1 }, 0, 0, nil},
		"disks count on uncordoned too": {28, func(p *Pool) { p.Pod.Volumes, p.Cordoned = 2, 3 }, 23, 8, nil},
		"GPUs count on uncordoned too":  {28, func(p *Pool) { p.Pod.GPUs, p.Cordoned = 2, 3 }, 24, 12, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := anyPool("a", test.pods)
			if test.change != nil {
				test.change(&pool)
			}
			first, final := mustPlace(t, pool, anyPool("full", 29), anyPool("empty", 0))
			if first["a"].Pending != test.first || final["a"].Pending != test.final {
				t.Errorf("%d pods are pending at first and %d in the end, want %d and %d", first["a"].Pending, final["a"].Pending, test.first, test.final)
			}
			for _, part := range test.reasons {
				for reason := range first["a"].Reasons {
					if !strings.Contains(reason, part) {
						t.Errorf("%q does not say %q", reason, part)
					}
				}
			}
			for _, outcomes := range []map[string]*Outcome{first, final} {
				if outcomes["full"].Pending != 1 || outcomes["empty"].Pending != 0 {
					t.Errorf("the other pools: %+v, %+v", outcomes["full"], outcomes["empty"])
				}
			}
		})
	}
}

// A pod that is bound by hand to a node of another pool is astray, and it stays
// there.
func TestAstray(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := newScheduling([]Pool{anyPool("a", 1), anyPool("b", 0)})
	defer s.stop(cancel)
	if err := s.prepare(ctx); err != nil {
		t.Fatal(err)
	}
	binding := &corev1.Binding{ObjectMeta: metav1.ObjectMeta{Name: "a-00000"}, Target: corev1.ObjectReference{Name: "b-node-00000"}}
	pods := s.CoreV1().Pods(fleetNamespace)
	binding.Namespace = fleetNamespace
	if err := pods.Bind(ctx, binding, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := pods.Bind(ctx, binding, metav1.CreateOptions{}); err == nil || err.Error() != "a-00000 is no pod or bound already" {
		t.Errorf("bound again: %v", err)
	}
	outcomes, err := s.outcomes(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := outcomes["a"], outcomes["b"]; a.Astray != 1 || a.Pending != 0 || b.Astray != 0 {
		t.Errorf("a %+v, b %+v", a, b)
	}
}

// TestPlaceEndsWithItsContext does not run beside others: it and the next look
// at the goroutines of the whole process.
func TestPlaceEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, outcomes, err := Place(ctx, anyPool("a", 1000)); err == nil {
		t.Errorf("placed %v in no time", outcomes)
	}
}

func TestPlaceLeavesNothingRunning(t *testing.T) {
	mustPlace(t, anyPool("a", 29)) // starts what Kubernetes' libraries start once a process
	before := goleak.IgnoreCurrent()
	for range 3 {
		mustPlace(t, anyPool("a", 29))
	}
	// What ends takes its time on a busy machine.
	deadline := time.Now().Add(time.Minute)
	for err := goleak.Find(before); err != nil; err = goleak.Find(before) {
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}
