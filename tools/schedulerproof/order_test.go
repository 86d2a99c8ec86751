package schedulerproof

import (
	"cmp"
	"math/big"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// order is what a user asks of sizing, in plain figures; what is 0 is left out. Nodes and pods for the scheduler are
// built from it and from the rules of package cloud, so that what sizing makes of a request is held against what was
// asked for.
type order struct {
	cloud, edition                             string
	users, workspaces, builds                  int64
	millicores, mib, volumes                   int64 // of a workspace
	coderdType, provisionerType, workspaceType string
	maxPods                                    int64
	overhead                                   cloud.Daemons
	measuredCPU, measuredMiB                   int64 // allocatable of a real workspace node
	proxyRegions                               int64
	packing                                    sizing.Packing
}

// noVolumes is how an order asks for workspaces without any disk.
const noVolumes = -1

// size is the fleet that sizing recommends.
func (o order) size() (*sizing.Fleet, []sizing.Fault) {
	return sizing.Size(sizing.Request{
		Users:                sizing.Count(o.users),
		Cloud:                sizing.Known(o.cloud),
		Edition:              sizing.Known(o.edition),
		ConcurrentWorkspaces: count(o.workspaces),
		ConcurrentBuilds:     count(o.builds),
		ProxyRegions:         count(o.proxyRegions),
		MaxPodsPerNode:       count(o.maxPods),
		Packing:              sizing.Known(string(o.packing)),
		WorkspaceRequest: sizing.WorkspaceRequest{
			CPU: part(o.millicores, 1000), MemoryGiB: part(o.mib, 1024), Volumes: count(o.volumes),
		},
		MachineTypes: sizing.MachineTypes{
			Coderd: text(o.coderdType), Provisioner: text(o.provisionerType), Workspace: text(o.workspaceType),
		},
		NodeOverhead: sizing.NodeOverhead{
			CPUMillicores: count(o.overhead.CPUMillicores), MemoryMiB: count(o.overhead.MemoryMiB), Pods: count(o.overhead.Pods),
		},
		WorkspaceNodeAllocatable: sizing.MeasuredAllocatable{CPUMillicores: count(o.measuredCPU), MemoryMiB: count(o.measuredMiB)},
	})
}

func count(n int64) sizing.Number {
	switch n {
	case 0:
		return sizing.Number{}
	case noVolumes:
		return sizing.Count(0)
	default:
		return sizing.Count(n)
	}
}

func text(s string) sizing.Arg[string] {
	if s == "" {
		return sizing.Arg[string]{}
	}
	return sizing.Known(s)
}

// part is n of per as a user writes it: 512 of 1024 is 0.5.
func part(n, per int64) sizing.Number {
	if n == 0 {
		return sizing.Number{}
	}
	return sizing.Decimal(new(big.Rat).SetFrac64(n, per).FloatString(10))
}

func (o order) mustSize(t *testing.T) *sizing.Fleet {
	t.Helper()
	fleet, faults := o.size()
	if len(faults) > 0 {
		t.Fatalf("%+v: %v", o, faults)
	}
	return fleet
}

// claims are what sizing says of a fleet of schedulable packing: its pools as recommended leave nothing pending, and one
// node of each, with one pod more than it takes, leaves that one.
func (o order) claims(t *testing.T, f *sizing.Fleet) []claimed {
	t.Helper()
	var claims []claimed
	for _, p := range f.Pools() {
		pool := o.pool(t, p)
		claims = append(claims, claimed{pool, 0, ""})
		if p.NodeCount > 0 {
			full := pool
			full.Role, full.Nodes, full.Pods = full.Role+"_full", 1, p.SchedulablePodsPerNode+1
			claims = append(claims, claimed{full, 1, p.LimitedBy})
		}
	}
	return claims
}

// pool is a role of the fleet as the scheduler gets it.
func (o order) pool(t *testing.T, p sizing.RolePool) Pool {
	t.Helper()
	pool := Pool{
		Role: string(p.Role), Nodes: p.NodeCount, Pods: p.Pods,
		Node: o.node(t, p.MachineType, p.MaxPodsPerNode),
		Pod:  Pod{CPUMillicores: p.PodRequest.CPUMillicores, MemoryMiB: p.PodRequest.MemoryMiB},
	}
	if p.Role == sizing.RoleWorkspace { // which requests 500m, 2 GiB and its home unless asked otherwise
		pool.Pod = Pod{cmp.Or(o.millicores, 500), cmp.Or(o.mib, 2048), max(cmp.Or(o.volumes, 1), 0)}
		pool.Node.AllocatableCPUMillicores = cmp.Or(o.measuredCPU, pool.Node.AllocatableCPUMillicores)
		pool.Node.AllocatableMemoryMiB = cmp.Or(o.measuredMiB, pool.Node.AllocatableMemoryMiB)
	}
	return pool
}

// node is a node of a machine type as the cloud's Kubernetes registers it, with the daemons of the order or else of the
// cloud.
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
	left, daemons := cloud.NodeOf(c, m, maxPods), c.Daemons()
	return Node{left.AllocatableCPUMillicores, left.AllocatableMemoryMiB, maxPods, m.MaxVolumes, cloud.Daemons{
		CPUMillicores: cmp.Or(o.overhead.CPUMillicores, daemons.CPUMillicores),
		MemoryMiB:     cmp.Or(o.overhead.MemoryMiB, daemons.MemoryMiB),
		Pods:          cmp.Or(o.overhead.Pods, daemons.Pods),
	}}
}
