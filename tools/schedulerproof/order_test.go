package schedulerproof

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// order is what a user asks of sizing, in plain figures; 0 and nil are left
// out. Nodes and pods for the scheduler are built from it and from the rules of
// package cloud, so that what sizing makes of a request is held against what
// was asked for.
type order struct {
	cloud, edition           string
	users, workspaces        int64
	builds, proxyRegions     int64
	millicores, mib          int64 // of a workspace
	volumes                  *int64
	coderdType               string
	provisionerType          string
	workspaceType            string
	maxPods                  int64
	overhead                 *cloud.Daemons
	measuredCPU, measuredMiB int64 // allocatable of a real workspace node
	packing                  sizing.Packing
}

// size is the fleet that sizing recommends.
func (o order) size() (*sizing.Fleet, []sizing.Fault) { return sizing.Size(o.request()) }

func (o order) request() sizing.Request {
	r := sizing.Request{
		Users:                sizing.Count(o.users),
		Cloud:                sizing.Known(o.cloud),
		Edition:              sizing.Known(o.edition),
		ConcurrentWorkspaces: countIfAny(o.workspaces),
		ConcurrentBuilds:     countIfAny(o.builds),
		ProxyRegions:         countIfAny(o.proxyRegions),
		MaxPodsPerNode:       countIfAny(o.maxPods),
		Packing:              sizing.Known(string(o.packing)),
		WorkspaceRequest: sizing.WorkspaceRequest{
			CPU: part(o.millicores, 1000), MemoryGiB: part(o.mib, 1024),
		},
		MachineTypes: sizing.MachineTypes{
			Coderd: textIfAny(o.coderdType), Provisioner: textIfAny(o.provisionerType), Workspace: textIfAny(o.workspaceType),
		},
		WorkspaceNodeAllocatable: sizing.MeasuredAllocatable{
			CPUMillicores: countIfAny(o.measuredCPU), MemoryMiB: countIfAny(o.measuredMiB),
		},
	}
	if o.volumes != nil {
		request, _ := r.WorkspaceRequest.Get()
		request.Volumes = sizing.Count(*o.volumes)
		r.WorkspaceRequest = sizing.Known(request)
	}
	if o.overhead != nil {
		r.NodeOverhead = sizing.NodeOverhead{
			CPUMillicores: sizing.Count(o.overhead.CPUMillicores),
			MemoryMiB:     sizing.Count(o.overhead.MemoryMiB),
			Pods:          sizing.Count(o.overhead.Pods),
		}
	}
	return r
}

func countIfAny(n int64) sizing.Number {
	if n == 0 {
		return sizing.Number{}
	}
	return sizing.Count(n)
}

func textIfAny(text string) sizing.Arg[string] {
	if text == "" {
		return sizing.Arg[string]{}
	}
	return sizing.Known(text)
}

// part is n of per as a user writes it: 512 of 1024 is 0.5.
func part(n, per int64) sizing.Number {
	if n == 0 {
		return sizing.Number{}
	}
	return sizing.Decimal(new(big.Rat).SetFrac64(n, per).FloatString(10))
}

// What a workspace requests unless an order says otherwise.
const (
	defaultMillicores = 500
	defaultMiB        = 2048
	defaultVolumes    = 1
)

// pool is a role of the fleet as the scheduler gets it.
func (o order) pool(t *testing.T, p sizing.RolePool) Pool {
	t.Helper()
	pool := Pool{
		Role: string(p.Role), Nodes: p.NodeCount, Pods: p.Pods,
		Node: o.node(t, p.MachineType, p.MaxPodsPerNode),
		Pod:  Pod{CPUMillicores: p.PodRequest.CPUMillicores, MemoryMiB: p.PodRequest.MemoryMiB},
	}
	if p.Role == sizing.RoleWorkspace {
		pool.Pod = Pod{CPUMillicores: orElse(o.millicores, defaultMillicores), MemoryMiB: orElse(o.mib, defaultMiB), Volumes: defaultVolumes}
		if o.volumes != nil {
			pool.Pod.Volumes = *o.volumes
		}
		pool.Node.AllocatableCPUMillicores = orElse(o.measuredCPU, pool.Node.AllocatableCPUMillicores)
		pool.Node.AllocatableMemoryMiB = orElse(o.measuredMiB, pool.Node.AllocatableMemoryMiB)
	}
	return pool
}

// node is a node of a machine type as the cloud's Kubernetes registers it, with
// the daemons of the order or else of the cloud.
func (o order) node(t *testing.T, machineType string, maxPods int64) Node {
	t.Helper()
	c, err := cloud.ByName(o.cloud)
	if err != nil {
		t.Fatal(err)
	}
	m, sold := cloud.FindMachine(c.Name(), machineType)
	if !sold {
		t.Fatalf("%s sells no %s", o.cloud, machineType)
	}
	daemons := c.Daemons()
	if o.overhead != nil {
		daemons = *o.overhead
	}
	left := cloud.NodeOf(c, m, maxPods)
	return Node{
		AllocatableCPUMillicores: left.AllocatableCPUMillicores,
		AllocatableMemoryMiB:     left.AllocatableMemoryMiB,
		MaxPods:                  maxPods,
		MaxVolumes:               m.MaxVolumes,
		Daemons:                  Daemons(daemons),
	}
}

func orElse(n, otherwise int64) int64 {
	if n == 0 {
		return otherwise
	}
	return n
}

// String names an order, as short as it can be.
func (o order) String() string {
	text := fmt.Sprintf("%d users on %s by %s %s", o.users, o.cloud, o.edition, o.packing)
	for _, detail := range []struct {
		name  string
		value any
		given bool
	}{
		{"workspaces", o.workspaces, o.workspaces > 0},
		{"builds", o.builds, o.builds > 0},
		{"proxy regions", o.proxyRegions, o.proxyRegions > 0},
		{"m", o.millicores, o.millicores > 0},
		{"MiB", o.mib, o.mib > 0},
		{"volumes", deref(o.volumes), o.volumes != nil},
		{"coderd", o.coderdType, o.coderdType != ""},
		{"provisioner", o.provisionerType, o.provisionerType != ""},
		{"workspace", o.workspaceType, o.workspaceType != ""},
		{"max pods", o.maxPods, o.maxPods > 0},
		{"overhead", deref(o.overhead), o.overhead != nil},
		{"measured m", o.measuredCPU, o.measuredCPU > 0},
		{"measured MiB", o.measuredMiB, o.measuredMiB > 0},
	} {
		if detail.given {
			text += fmt.Sprintf(", %s %v", detail.name, detail.value)
		}
	}
	return text
}

func deref[T any](p *T) (value T) {
	if p != nil {
		value = *p
	}
	return value
}

// reasonOf is how the scheduler words a limit.
var reasonOf = map[string]string{
	string(sizing.LimitMemory):  reasonMemory,
	string(sizing.LimitCPU):     reasonCPU,
	string(sizing.LimitPods):    reasonPods,
	string(sizing.LimitVolumes): reasonVolumes,
}

// claim is what sizing says about a pool: how many of its pods stay pending
// while its cordoned nodes take none, and what ends them; and how many stay
// pending with all nodes.
type claim struct {
	pool           Pool
	first, pending int64
	limitedBy      string
}

// claims are what sizing says of a fleet of schedulable packing. Its pools as
// recommended leave nothing pending, but workspaces on one node fewer than they
// need do; and one node of another role, with one pod more than it takes, leaves
// that one.
func (o order) claims(t *testing.T, f *sizing.Fleet) []claim {
	t.Helper()
	var claims []claim
	for _, p := range f.Pools() {
		pool := o.pool(t, p)
		if p.Role == sizing.RoleWorkspace {
			oneFewer := (p.Pods+p.SchedulablePodsPerNode-1)/p.SchedulablePodsPerNode - 1
			pool.Cordoned = pool.Nodes - oneFewer
			claims = append(claims, claim{pool, p.Pods - oneFewer*p.SchedulablePodsPerNode, 0, p.LimitedBy})
			continue
		}
		claims = append(claims, claim{pool: pool})
		if p.NodeCount > 0 {
			full := pool
			full.Role, full.Nodes, full.Pods = full.Role+"_full", 1, p.SchedulablePodsPerNode+1
			claims = append(claims, claim{full, 1, 1, p.LimitedBy})
		}
	}
	return claims
}

// prove has the scheduler judge claims.
func prove(t *testing.T, claims []claim) {
	t.Helper()
	pools := make([]Pool, len(claims))
	for i, c := range claims {
		pools[i] = c.pool
	}
	first, final := mustPlace(t, pools...)
	for _, c := range claims {
		if n := first[c.pool.Role].Pending; int64(n) != c.first {
			t.Errorf("%s: %d pods are pending with %d of the nodes, %d are predicted: %+v", c.pool.Role, n, c.pool.Nodes-c.pool.Cordoned, c.first, c.pool)
		}
		if n := final[c.pool.Role].Pending; int64(n) != c.pending {
			t.Errorf("%s: %d pods are pending with all nodes, %d are predicted: %+v", c.pool.Role, n, c.pending, c.pool)
		}
		// The scheduler says how many nodes lack what.
		nodes := c.pool.Nodes - c.pool.Cordoned
		for _, reason := range first[c.pool.Role].Reasons {
			if want := fmt.Sprintf(" %d %s", nodes, reasonOf[c.limitedBy]); nodes > 0 && !strings.Contains(reason, want) {
				t.Errorf("%s is limited by %s; the scheduler says %q", c.pool.Role, c.limitedBy, reason)
			}
		}
	}
}
