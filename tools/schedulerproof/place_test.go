package schedulerproof

import (
	"context"
	"reflect"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// TestMain trades memory for time: the API server's objects are garbage after
// each placement, and collecting it often takes a sixth of the time.
func TestMain(m *testing.M) {
	debug.SetGCPercent(200)
	m.Run()
}

// anyPool has four nodes of 4000m, 8192 MiB, 20 pods and 10 disks with two
// daemons of 200m and 512 MiB together, and pods of 500m and 1 GiB: 7 a node by
// CPU and by memory.
func anyPool(role string, pods int64) Pool {
	return Pool{
		Role: role, Nodes: 4, Pods: pods,
		Node: Node{
			AllocatableCPUMillicores: 4000, AllocatableMemoryMiB: 8192, MaxPods: 20, MaxVolumes: 10,
			Daemons: Daemons{CPUMillicores: 200, MemoryMiB: 512, Pods: 2},
		},
		Pod: Pod{CPUMillicores: 500, MemoryMiB: 1024, Volumes: 1},
	}
}

// with is a pool with one thing changed.
func (p Pool) with(change func(*Pool)) Pool {
	change(&p)
	return p
}

// Reasons as the scheduler's own plugins word them.
const (
	reasonMemory  = "Insufficient memory"
	reasonCPU     = "Insufficient cpu"
	reasonPods    = "Too many pods"
	reasonVolumes = "node(s) exceed max volume count"
	reasonTaint   = "node(s) had untolerated taint"
)

func TestPlace(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		pools   []Pool
		pending map[string]int
		reasons map[string][]string // what all messages of a role have in common
	}{
		"all pods fit exactly": {
			pools:   []Pool{anyPool("a", 28)},
			pending: map[string]int{"a": 0},
		},
		"one pod more than fits": {
			pools:   []Pool{anyPool("a", 29)},
			pending: map[string]int{"a": 1},
			reasons: map[string][]string{"a": {"4 " + reasonCPU, "4 " + reasonMemory}},
		},
		"one node short": {
			pools:   []Pool{anyPool("a", 28).with(func(p *Pool) { p.Nodes = 3 })},
			pending: map[string]int{"a": 7},
		},
		"one millicore short a node": {
			pools:   []Pool{anyPool("a", 28).with(func(p *Pool) { p.Node.AllocatableCPUMillicores = 3699 })},
			pending: map[string]int{"a": 4},
			reasons: map[string][]string{"a": {"4 " + reasonCPU}},
		},
		"exactly enough millicores": {
			pools:   []Pool{anyPool("a", 28).with(func(p *Pool) { p.Node.AllocatableCPUMillicores = 3700 })},
			pending: map[string]int{"a": 0},
		},
		"one MiB short a node": {
			pools:   []Pool{anyPool("a", 28).with(func(p *Pool) { p.Node.AllocatableMemoryMiB = 7679 })},
			pending: map[string]int{"a": 4},
			reasons: map[string][]string{"a": {"4 " + reasonMemory}},
		},
		"exactly enough MiB": {
			pools:   []Pool{anyPool("a", 28).with(func(p *Pool) { p.Node.AllocatableMemoryMiB = 7680 })},
			pending: map[string]int{"a": 0},
		},
		"disks end before memory": {
			pools:   []Pool{anyPool("a", 28).with(func(p *Pool) { p.Pod.Volumes = 2 })},
			pending: map[string]int{"a": 8},
			reasons: map[string][]string{"a": {"4 " + reasonVolumes}},
		},
		"as many disks as attach": {
			pools:   []Pool{anyPool("a", 28).with(func(p *Pool) { p.Pod.Volumes, p.Node.MaxVolumes = 2, 14 })},
			pending: map[string]int{"a": 0},
		},
		"no disk attaches": {
			pools:   []Pool{anyPool("a", 3).with(func(p *Pool) { p.Node.MaxVolumes = 0 })},
			pending: map[string]int{"a": 3},
			reasons: map[string][]string{"a": {"4 " + reasonVolumes}},
		},
		"pods without disks need no driver": {
			pools:   []Pool{anyPool("a", 28).with(func(p *Pool) { p.Pod.Volumes, p.Node.MaxVolumes = 0, 0 })},
			pending: map[string]int{"a": 0},
		},
		"daemons count against the pod limit": {
			pools:   []Pool{anyPool("a", 28).with(func(p *Pool) { p.Node.MaxPods = 8 })},
			pending: map[string]int{"a": 4},
			reasons: map[string][]string{"a": {"4 " + reasonPods}},
		},
		"as many pods as the limit allows": {
			pools:   []Pool{anyPool("a", 28).with(func(p *Pool) { p.Node.MaxPods = 9 })},
			pending: map[string]int{"a": 0},
		},
		"no daemons": {
			pools:   []Pool{anyPool("a", 32).with(func(p *Pool) { p.Node.Daemons, p.Node.MaxPods = Daemons{}, 8 })},
			pending: map[string]int{"a": 0},
		},
		"an empty pool takes no pod of a full one": {
			pools:   []Pool{anyPool("a", 30), anyPool("b", 0), anyPool("workspace_proxy", 27)},
			pending: map[string]int{"a": 2, "b": 0, "workspace_proxy": 0},
			reasons: map[string][]string{"a": {"8 " + reasonTaint}},
		},
		"no node in a pool": {
			pools:   []Pool{anyPool("a", 2).with(func(p *Pool) { p.Nodes = 0 }), anyPool("b", 0)},
			pending: map[string]int{"a": 2, "b": 0},
		},
		"nothing to place": {
			pools:   []Pool{anyPool("a", 0)},
			pending: map[string]int{"a": 0},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, outcomes := mustPlace(t, test.pools...)
			pending := map[string]int{}
			for role, outcome := range outcomes {
				pending[role] = outcome.Pending
				for _, part := range test.reasons[role] {
					if len(outcome.Reasons) == 0 {
						t.Errorf("%s: nothing says why", role)
					}
					for _, reason := range outcome.Reasons {
						if !strings.Contains(reason, part) {
							t.Errorf("%s: %q does not say %q", role, reason, part)
						}
					}
				}
			}
			if !reflect.DeepEqual(pending, test.pending) {
				t.Errorf("pending: %v, want %v", pending, test.pending)
			}
		})
	}
}

func mustPlace(t *testing.T, pools ...Pool) (first, final map[string]Outcome) {
	t.Helper()
	first, final, err := Place(t.Context(), pools...)
	if err != nil {
		t.Fatal(err)
	}
	return first, final
}

func TestPlaceUncordons(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		pool         Pool
		first, final int
	}{
		"the pods that are left find a place": {anyPool("a", 28).with(func(p *Pool) { p.Cordoned = 1 }), 7, 0},
		"still one too many":                  {anyPool("a", 29).with(func(p *Pool) { p.Cordoned = 2 }), 15, 1},
		"every node":                          {anyPool("a", 28).with(func(p *Pool) { p.Cordoned = 4 }), 28, 0},
		"nothing to wait for":                 {anyPool("a", 21).with(func(p *Pool) { p.Cordoned = 1 }), 0, 0},
		"disks count on these nodes too": {
			anyPool("a", 28).with(func(p *Pool) { p.Pod.Volumes, p.Cordoned = 2, 3 }), 23, 8,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Another pool stays as it is, whatever becomes of this one.
			first, final := mustPlace(t, test.pool, anyPool("b", 29))
			if n := first["a"].Pending; n != test.first {
				t.Errorf("%d pods are pending at first, want %d", n, test.first)
			}
			if n := final["a"].Pending; n != test.final {
				t.Errorf("%d pods are pending in the end, want %d", n, test.final)
			}
			if first["b"].Pending != 1 || final["b"].Pending != 1 {
				t.Errorf("the other pool: %+v, then %+v", first["b"], final["b"])
			}
		})
	}
}

func TestPlaceRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		pools []Pool
		want  string
	}{
		"no role":          {[]Pool{anyPool("", 1)}, `role "" is empty or given twice`},
		"a role twice":     {[]Pool{anyPool("a", 1), anyPool("a", 1)}, `role "a" is empty or given twice`},
		"no label":         {[]Pool{anyPool("-", 1)}, `role "-" is no label: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`},
		"a negative count": {[]Pool{anyPool("a", -1)}, "pool a: Pods is -1"},
		"too many pods":    {[]Pool{anyPool("a", 16_000), anyPool("b", 1000)}, "17000 pods are more than the 16384 that one cluster takes"},
		"no node":          {[]Pool{anyPool("a", 2).with(func(p *Pool) { p.Nodes = 0 })}, "there is no node"},
		"cordons too much": {[]Pool{anyPool("a", 1).with(func(p *Pool) { p.Cordoned = 5 })}, "pool a: 5 of 4 nodes are cordoned"},
		"daemons of nobody": {
			[]Pool{anyPool("a", 1).with(func(p *Pool) { p.Node.Daemons.Pods = 0 })},
			"pool a: no daemon pod requests the daemons' 200m and 512 MiB",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, _, err := Place(t.Context(), test.pools...); err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestDaemonsShareWhatTheyRequest(t *testing.T) {
	t.Parallel()
	all := Daemons{CPUMillicores: 241, MemoryMiB: 439, Pods: 5}
	var millicores, mib int64
	for d := range all.Pods {
		requests := daemonOf(all, d, "node").Spec.Containers[0].Resources.Requests
		millicores += requests.Cpu().MilliValue()
		mib += requests.Memory().Value() >> 20
	}
	if millicores != all.CPUMillicores || mib != all.MemoryMiB {
		t.Errorf("%dm and %d MiB, want %+v", millicores, mib, all)
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

func BenchmarkPlace(b *testing.B) {
	pool := anyPool("a", 1000).with(func(p *Pool) {
		p.Nodes, p.Node.AllocatableCPUMillicores, p.Node.AllocatableMemoryMiB = 64, 7910, 28388
		p.Node.MaxPods, p.Node.MaxVolumes = 110, 127
		p.Pod.MemoryMiB = 2048
	})
	for b.Loop() {
		if _, _, err := Place(b.Context(), pool); err != nil {
			b.Fatal(err)
		}
	}
}
