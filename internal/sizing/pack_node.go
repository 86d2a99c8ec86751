package sizing

import (
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
func PackNode(q PackingQuestion) (*NodePacking, []Fault) {
	f := newFindings(&q)
	asked := readCloud(f, &q.Cloud)
	machine := readMachineType(f, &q.MachineType, asked)
	millicores, mib := readCount(f, &q.CPUMillicores, 1), readCount(f, &q.MemoryMiB, 1)
	limit := readCount(f, &q.MaxPods, 1)
	if !allKnown(asked.state, machine.state) || limit.IsUnknown() {
		return nil, f.faults
	}
	c, m := asked.value, machine.value
	limits := c.PodLimits(m)
	pods := limit.or(limits.Default).value
	if pods < limits.Minimum || pods > limits.Maximum {
		f.tellf(&q.MaxPods, "Invalid Pod Limit", "%s is %d. The pod limit of a node of %s on %s can be set from %d to %d.",
			pods, m.Name, c.Kubernetes(), limits.Minimum, limits.Maximum)
	}
	if len(f.faults) > 0 || !allKnown(millicores.state, mib.state) {
		return nil, f.faults
	}
	n := cloud.NodeOf(c, m, pods)
	room := roomOf(n, c.Daemons(), measuredNode{})
	taken, limitedBy := room.take(PodRequest{millicores.value, mib.value}, 0)
	return &NodePacking{
		VCPU: m.VCPU, MemoryMiB: m.MemoryMiB,
		ReservedCPUMillicores: n.ReservedCPUMillicores, ReservedMemoryMiB: n.ReservedMemoryMiB,
		AllocatableCPUMillicores: n.AllocatableCPUMillicores, AllocatableMemoryMiB: n.AllocatableMemoryMiB,
		SchedulableCPUMillicores: room.millicores, SchedulableMemoryMiB: room.mib,
		MaxPods: pods, MaxVolumes: m.MaxVolumes, Pods: taken, LimitedBy: limitedBy,
	}, nil
}
