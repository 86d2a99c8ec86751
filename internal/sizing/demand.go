// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"cmp"
	"slices"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// node is a machine with what it takes of a role's pods, before anybody has
// counted nodes.
type node struct {
	demand      demand
	machine     *cloud.Machine
	basis       Basis
	maxPods     int64
	room        room
	request     PodRequest
	podsPerNode int64 // that the role is counted with; of workspaces see workspaceDensity
	schedulable int64
	limitedBy   Limit
}

// demand is what a role wants of a machine, whatever machine it is.
type demand struct {
	role       Role
	cloud      cloud.Cloud
	overhead   cloud.Daemons
	row        *reference.Pool // the page's row; nil where it has none
	rowMachine *cloud.Machine  // the row's own type; nil where it has none
	published  bool            // the page names the row's own type

	// own takes the place of what the edition gives a pod of coderd or a
	// provisioner; a part of 0 does not.
	own PodRequest

	// Of workspaces alone:
	kind          string // its name; empty for the pool workspace
	request       PodRequest
	volumes, gpus int64
	maxPods       Arg[int64]
	measured      measuredNode
}

// on is the demand met by a machine.
func (d *demand) on(m *cloud.Machine) node {
	n := node{demand: *d, machine: m, basis: BasisDerived}
	if d.published && m.Name == d.rowMachine.Name && !m.Stated {
		n.basis = BasisPublished
	}
	limits := d.cloud.PodLimits(m)
	n.maxPods = min(d.maxPods.or(limits.Default).value, limits.Maximum)
	n.room = roomOf(cloud.NodeOf(d.cloud, m, n.maxPods), d.overhead, d.measured)
	switch {
	case d.role == RoleWorkspace:
		n.request = d.request
	case d.row.PodRequest != nil: // the edition publishes pods
		n.request, n.podsPerNode = PodRequest(*d.row.PodRequest), 1
	default:
		n.podsPerNode = d.sharing(m, n.room)
		n.request = n.room.share(n.podsPerNode)
		if d.role == RoleProvisioner {
			n.request.CPUMillicores = min(n.request.CPUMillicores, provisionerMaxMillicores)
			n.request.MemoryMiB = min(n.request.MemoryMiB, provisionerMaxMiB)
		}
	}
	n.request.CPUMillicores = cmp.Or(d.own.CPUMillicores, n.request.CPUMillicores)
	n.request.MemoryMiB = cmp.Or(d.own.MemoryMiB, n.request.MemoryMiB)
	n.schedulable, n.limitedBy = n.room.take(n.request, d.volumes, d.gpus)
	if d.role == RoleProvisioner && (d.row.PodRequest != nil || d.own != PodRequest{}) {
		n.podsPerNode = n.schedulable
	}
	return n
}

// Provisioners request at most what Coder's newest pages give one.
const (
	provisionerMaxMillicores = 1000
	provisionerMaxMiB        = 1024
)

// sharing is how many pods of the role share a machine: the row's number, of
// provisioners as many times more as the machine is larger than the row's.
func (d *demand) sharing(m *cloud.Machine, r room) int64 {
	pods := *d.row.PodsPerNode
	if d.role != RoleProvisioner {
		return pods
	}
	byCPU := mulDiv(pods, m.VCPU, d.rowMachine.VCPU)
	byMemory := mulDiv(pods, m.MemoryMiB, d.rowMachine.MemoryMiB)
	return min(max(min(byCPU, byMemory), 1), max(r.pods, 1))
}

// smallest is the first candidate that takes a pod; where none does it is the
// last, which takes none.
func (d *demand) smallest(candidates []*cloud.Machine) node {
	var n node
	for _, m := range candidates {
		if n = d.on(m); n.schedulable > 0 {
			break
		}
	}
	return n
}

// anyMachineTakesOne reports whether the cloud sells a machine that takes a pod.
func (d *demand) anyMachineTakesOne() bool {
	return slices.ContainsFunc(cloud.MachineTypes(d.cloud.Name()), func(m *cloud.Machine) bool { return d.on(m).schedulable > 0 })
}
