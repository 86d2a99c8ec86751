// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"cmp"
	"slices"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
)

// NodePacking is what a node of a machine type takes: how many pods of one
// size, and why no more. Memory is MiB, CPU millicores.
type NodePacking struct {
	VCPU                     int64 `tfsdk:"vcpu"`
	MemoryMiB                int64 `tfsdk:"memory_mib"` // nominal
	ReservedCPUMillicores    int64 `tfsdk:"reserved_cpu_millicores"`
	ReservedMemoryMiB        int64 `tfsdk:"reserved_memory_mib"` // eviction threshold included
	AllocatableCPUMillicores int64 `tfsdk:"allocatable_cpu_millicores"`
	AllocatableMemoryMiB     int64 `tfsdk:"allocatable_memory_mib"`
	SchedulableCPUMillicores int64 `tfsdk:"schedulable_cpu_millicores"` // less the cloud's daemons
	SchedulableMemoryMiB     int64 `tfsdk:"schedulable_memory_mib"`     // less the cloud's daemons
	MaxPods                  int64 `tfsdk:"max_pods"`
	MaxVolumes               int64 `tfsdk:"max_volumes"`
	GPUs                     int64 `tfsdk:"gpus"`
	Pods                     int64 `tfsdk:"pods"` // 0 where none fits; disks are not counted
	LimitedBy                Limit `tfsdk:"limited_by"`
}

// PackingQuestion is what PackNode answers; its tags are the names that people
// know the arguments by.
type PackingQuestion struct {
	Cloud         Arg[string] `tfsdk:"cloud"`
	MachineType   Arg[string] `tfsdk:"machine_type"`
	CPUMillicores Number      `tfsdk:"cpu_millicores"` // of one pod
	MemoryMiB     Number      `tfsdk:"memory_mib"`     // of one pod
	MaxPods       Number      `tfsdk:"max_pods"`       // left out: the cloud's default
}

// PackNode counts the pods of one size that a node takes beside what Kubernetes
// and the cloud's daemons keep. There is no answer while an argument is
// unknown.
//
// A t2d-standard-8 on gcp takes 13 pods of 500 millicores and 2048 MiB, and its
// memory ends them.
func PackNode(q PackingQuestion) (*NodePacking, []Fault) {
	f := newFindings(&q)
	asked, ok := readPacking(f, &q).Get()
	if !ok {
		return nil, f.faults
	}
	return asked.on(asked.machine), nil
}

// MachineTypeAlternatives lists other types of the same cloud on which the
// counts of a pool on this type hold, by memory, then name: with the same vCPU,
// GPUs and architecture, memory from as much to a sixteenth more, burstable only
// if it is, and with nodes that take at least as many of these pods and attach
// at least as many disks. There is no answer while an argument is unknown.
//
// Among those of m5.2xlarge for pods of 500 millicores and 2048 MiB is
// m6i.2xlarge.
func MachineTypeAlternatives(q PackingQuestion) (types []string, isKnown bool, _ []Fault) {
	f := newFindings(&q)
	asked, ok := readPacking(f, &q).Get()
	if !ok {
		return nil, false, f.faults
	}
	like, own := asked.machine, asked.on(asked.machine)
	var found []*cloud.Machine
	for _, m := range cloud.MachineTypes(asked.cloud.Name()) {
		alike := m.VCPU == like.VCPU && m.GPUs == like.GPUs && m.Architecture == like.Architecture && (like.Burstable || !m.Burstable) &&
			m.MemoryMiB >= like.MemoryMiB && (m.MemoryMiB-like.MemoryMiB)*16 <= like.MemoryMiB && m.MaxVolumes >= like.MaxVolumes
		if alike && m.Name != like.Name && asked.on(m).Pods >= own.Pods {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, func(a, b *cloud.Machine) int {
		return cmp.Or(cmp.Compare(a.MemoryMiB, b.MemoryMiB), cmp.Compare(a.Name, b.Name))
	})
	types = make([]string, len(found))
	for i, m := range found {
		types[i] = m.Name
	}
	return types, true, nil
}

// askedPacking is a question about pods on a node, without open ends.
type askedPacking struct {
	cloud   cloud.Cloud
	machine *cloud.Machine
	request PodRequest
	maxPods Arg[int64] // left out: the machine's default
}

func readPacking(f *findings, q *PackingQuestion) Arg[askedPacking] {
	asked := readCloud(f, &q.Cloud)
	machine := readMachineType(f, &q.MachineType, asked, Arg[askedSpecs]{})
	millicores, mib := readCount(f, &q.CPUMillicores, 1), readCount(f, &q.MemoryMiB, 1)
	limit := readCount(f, &q.MaxPods, 1)
	limit = judgePodLimit(f, &q.MaxPods, limit, asked, machine)
	if len(f.faults) > 0 || limit.IsUnknown() || !allKnown(asked.state, machine.state, millicores.state, mib.state) {
		return Unknown[askedPacking]()
	}
	return Known(askedPacking{asked.value, machine.value, PodRequest{millicores.value, mib.value}, limit})
}

// on packs a node of a machine, of which the limit is at most what it takes.
func (a askedPacking) on(m *cloud.Machine) *NodePacking {
	limits := a.cloud.PodLimits(m)
	n := cloud.NodeOf(a.cloud, m, min(a.maxPods.or(limits.Default).value, limits.Maximum))
	room := roomOf(n, a.cloud.Daemons(), measuredNode{})
	pods, limitedBy := room.take(a.request, 0, 0)
	return &NodePacking{
		VCPU: m.VCPU, MemoryMiB: m.MemoryMiB,
		ReservedCPUMillicores: n.ReservedCPUMillicores, ReservedMemoryMiB: n.ReservedMemoryMiB,
		AllocatableCPUMillicores: n.AllocatableCPUMillicores, AllocatableMemoryMiB: n.AllocatableMemoryMiB,
		SchedulableCPUMillicores: room.millicores, SchedulableMemoryMiB: room.mib,
		MaxPods: n.MaxPods, MaxVolumes: m.MaxVolumes, GPUs: m.GPUs, Pods: pods, LimitedBy: limitedBy,
	}
}
