// SPDX-License-Identifier: MPL-2.0

package schedulerproof

import (
	"cmp"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// order is a request to sizing, with what it asks for in plain figures. Nodes
// and pods for the scheduler are built from these and from the rules of package
// cloud, so that what sizing makes of a request is held against what was asked
// for.
type order struct {
	sizing.Request

	name       string
	cloud      cloud.Cloud
	workspaces map[string]workspace // by kind; "" are those of the pool workspace
	daemons    cloud.Daemons
	stated     map[string]*cloud.Machine // by name
}

// workspace is what one requests, and what somebody measured of a node for it;
// 0 is not measured.
type workspace struct {
	Pod

	measuredMillicores, measuredMiB int64
}

// newOrder leaves out all that has a default but the packing.
func newOrder(name string, c cloud.Cloud, edition string, users int64) order {
	return order{
		Request: sizing.Request{
			Cloud: sizing.Known(string(c.Name())), Edition: sizing.Known(edition), Users: sizing.Count(users),
			Packing: sizing.Known(string(sizing.PackingSchedulable)),
		},
		name: name, cloud: c, daemons: c.Daemons(), stated: map[string]*cloud.Machine{},
		workspaces: map[string]workspace{"": {Pod: Pod{sizing.PodRequest{CPUMillicores: 500, MemoryMiB: 2048}, 1, 0}}},
	}
}

// run says what the workspaces of a kind are like, or with an empty name those
// of the pool workspace. Number and machine type are given.
func (o *order) run(name string, kind sizing.WorkspaceKind, w workspace) {
	o.workspaces[name] = w
	if w.measuredMillicores > 0 {
		kind.NodeAllocatable = sizing.MeasuredAllocatable{CPUMillicores: sizing.Count(w.measuredMillicores), MemoryMiB: sizing.Count(w.measuredMiB)}
	}
	cpu, memory, volumes := part(w.CPUMillicores, 1000), part(w.MemoryMiB, 1024), sizing.Count(w.Volumes)
	if name == "" {
		o.WorkspaceRequest = sizing.WorkspaceRequest{CPU: cpu, MemoryGiB: memory, Volumes: volumes}
		o.WorkspaceNodeAllocatable, o.MachineTypes.Workspace = kind.NodeAllocatable, kind.MachineType
		return
	}
	kind.Requests = sizing.KindRequests{CPU: cpu, MemoryGiB: memory, Volumes: volumes, GPUs: sizing.Count(w.GPUs)}
	kinds, stated := o.WorkspaceKinds.Get()
	if !stated {
		kinds = map[string]sizing.WorkspaceKind{}
		o.WorkspaceKinds = sizing.Known(kinds)
	}
	kinds[name] = kind
}

// runDaemons has every node run these instead of the cloud's.
func (o *order) runDaemons(d cloud.Daemons) {
	o.daemons = d
	o.NodeOverhead = sizing.NodeOverhead{
		CPUMillicores: sizing.Count(d.CPUMillicores), MemoryMiB: sizing.Count(d.MemoryMiB), Pods: sizing.Count(d.Pods),
	}
}

// state states a machine type.
func (o *order) state(m cloud.Spec) {
	o.stated[m.Name] = o.cloud.Stated(m)
	o.MachineSpecs = sizing.Known(map[string]sizing.MachineSpec{m.Name: {
		VCPU: sizing.Count(m.VCPU), MemoryGiB: part(m.MemoryMiB, 1024), GPUs: sizing.Count(m.GPUs),
		MaxPods: sizing.Count(*m.MaxPods), MaxVolumes: sizing.Count(*m.MaxVolumes),
	}})
}

// part is n of per as a user writes it: 512 of 1024 is 0.5.
func part(n, per int64) sizing.Number {
	return sizing.Decimal(new(big.Rat).SetFrac64(n, per).FloatString(10))
}

func (o order) mustSize(t *testing.T) *sizing.Fleet {
	t.Helper()
	fleet, faults := sizing.Size(o.Request)
	if len(faults) > 0 {
		t.Fatalf("%s: %v", o.name, faults)
	}
	return fleet
}

// pool is a pool of the fleet as the scheduler gets it.
func (o order) pool(t *testing.T, p sizing.Pool) Pool {
	t.Helper()
	pool := Pool{
		Name:  strings.ReplaceAll(cmp.Or(p.Kind, string(p.Role)), "_", "-"),
		Nodes: p.NodeCount, Node: o.node(t, p.MachineType, p.MaxPodsPerNode), Daemons: o.daemons,
		Pods: p.Pods, Pod: Pod{PodRequest: p.PodRequest},
	}
	if p.Role == sizing.RoleWorkspace {
		w := o.workspaces[p.Kind]
		pool.Pod = w.Pod
		pool.Node.AllocatableCPUMillicores = cmp.Or(w.measuredMillicores, pool.Node.AllocatableCPUMillicores)
		pool.Node.AllocatableMemoryMiB = cmp.Or(w.measuredMiB, pool.Node.AllocatableMemoryMiB)
	}
	return pool
}

// node is a node of a machine type as the cloud's Kubernetes registers it.
func (o order) node(t *testing.T, machineType string, maxPods int64) cloud.Node {
	t.Helper()
	m, known := o.stated[machineType]
	if !known {
		m, known = cloud.FindMachine(o.cloud.Name(), machineType)
	}
	if !known {
		t.Fatalf("%s: nobody sells or states %s", o.name, machineType)
	}
	return cloud.NodeOf(o.cloud, m, maxPods)
}

// claim is what sizing says about a pool: how many of its pods stay pending
// while its cordoned nodes take none, and what ends them; and how many stay
// pending with all nodes.
type claim struct {
	Pool

	first, final int64
	limitedBy    sizing.Limit
}

// claims are what sizing says of a fleet of schedulable packing. Its pools as
// recommended leave nothing pending. Workspaces on one node fewer than they need
// do; and one node of any other pool, with one pod more than it takes, leaves
// that one.
func (o order) claims(t *testing.T, f *sizing.Fleet) []claim {
	t.Helper()
	var claims []claim
	for _, p := range f.Pools() {
		pool, takes := o.pool(t, p), p.SchedulablePodsPerNode
		oneFewer := (p.Pods - 1) / takes
		if p.Role == sizing.RoleWorkspace && oneFewer > 0 {
			pool.Cordoned = pool.Nodes - oneFewer
			claims = append(claims, claim{pool, p.Pods - oneFewer*takes, 0, p.LimitedBy})
			continue
		}
		claims = append(claims, claim{Pool: pool})
		if p.NodeCount > 0 {
			pool.Name, pool.Nodes, pool.Pods = pool.Name+"-full", 1, takes+1
			claims = append(claims, claim{pool, 1, 1, p.LimitedBy})
		}
	}
	return claims
}

// reasonOf is how the scheduler words a limit.
var reasonOf = map[sizing.Limit]string{
	sizing.LimitMemory: reasonMemory, sizing.LimitCPU: reasonCPU, sizing.LimitPods: reasonPods,
	sizing.LimitVolumes: reasonVolumes, sizing.LimitGPUs: reasonGPUs,
}

// prove has the scheduler judge claims, all of them in one cluster.
func prove(t *testing.T, claims []claim) {
	t.Helper()
	pools := make([]Pool, len(claims))
	for i, c := range claims {
		pools[i] = c.Pool
	}
	first, final := mustPlace(t, pools...)
	for _, c := range claims {
		open, before, after := c.Nodes-c.Cordoned, first[c.Name], final[c.Name]
		if int64(before.Pending) != c.first || int64(after.Pending) != c.final {
			t.Errorf("%s: %d pods are pending with %d of the nodes and %d with all, %d and %d are predicted: %+v",
				c.Name, before.Pending, open, after.Pending, c.first, c.final, c.Pool)
		}
		if after.Astray > 0 {
			t.Errorf("%s: %d pods run on nodes of other pools", c.Name, after.Astray)
		}
		// The scheduler says how many nodes lack what.
		for reason := range before.Reasons {
			if want := fmt.Sprintf(" %d %s", open, reasonOf[c.limitedBy]); !strings.Contains(reason, want) {
				t.Errorf("%s is limited by %s; the scheduler says %q", c.Name, c.limitedBy, reason)
			}
		}
	}
}
