package schedulerproof

import (
	"strings"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// reasonOf is how the scheduler's own plugins word a limit.
var reasonOf = map[sizing.Limit]string{
	sizing.LimitMemory:  "Insufficient memory",
	sizing.LimitCPU:     "Insufficient cpu",
	sizing.LimitPods:    "Too many pods",
	sizing.LimitVolumes: "node(s) exceed max volume count",
}

// Figures that can be checked in one's head: four nodes of 4000m, 8192 MiB, 20 pods and 10 disks with two daemons of
// 200m and 512 MiB together, and pods of 500m and 1 GiB with a disk, 7 a node by CPU and by memory.
func TestPlace(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change  func(*Pool)
		pending int64
		limit   sizing.Limit
	}{
		"all pods fit exactly":            {func(p *Pool) { p.Node.AllocatableCPUMillicores, p.Node.AllocatableMemoryMiB = 3700, 7680 }, 0, ""},
		"one pod more than fits":          {func(p *Pool) { p.Pods = 29 }, 1, sizing.LimitMemory},
		"one millicore short":             {func(p *Pool) { p.Node.AllocatableCPUMillicores = 3699 }, 4, sizing.LimitCPU},
		"one MiB short":                   {func(p *Pool) { p.Node.AllocatableMemoryMiB = 7679 }, 4, sizing.LimitMemory},
		"one pod short, as daemons count": {func(p *Pool) { p.Node.MaxPods = 8 }, 4, sizing.LimitPods},
		"disks end first":                 {func(p *Pool) { p.Pod.Volumes = 2 }, 8, sizing.LimitVolumes},
		"no disk, no driver":              {func(p *Pool) { p.Pod.Volumes, p.Node.MaxVolumes = 0, 0 }, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := Pool{
				Role: "workspace_proxy", Nodes: 4, Pods: 28,
				Node: Node{4000, 8192, 20, 10, cloud.Daemons{CPUMillicores: 200, MemoryMiB: 512, Pods: 2}},
				Pod:  Pod{CPUMillicores: 500, MemoryMiB: 1024, Volumes: 1},
			}
			test.change(&pool)
			other := pool // whose nodes are free, and take none of them
			other.Role, other.Pods = "other", 0
			prove(t, []claimed{{pool, test.pending, test.limit}, {other, 0, ""}})
		})
	}
}

// claimed is a pool, how many of its pods are said to stay pending, and what of its nodes ends them.
type claimed struct {
	pool      Pool
	pending   int64
	limitedBy sizing.Limit
}

// prove has the scheduler judge claims.
func prove(t *testing.T, claims []claimed) {
	t.Helper()
	var pools []Pool
	for _, c := range claims {
		pools = append(pools, c.pool)
	}
	outcomes, err := Place(t.Context(), pools...)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range claims {
		outcome := outcomes[c.pool.Role]
		if outcome.Pending != c.pending {
			t.Errorf("%d pods are pending, %d are predicted: %+v", outcome.Pending, c.pending, c.pool)
		}
		for _, reason := range outcome.Reasons {
			if c.limitedBy != "" && !strings.Contains(reason, reasonOf[c.limitedBy]) {
				t.Errorf("%s is limited by %s; the scheduler says %q", c.pool.Role, c.limitedBy, reason)
			}
		}
	}
}
