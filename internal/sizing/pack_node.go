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

// PackNode counts the pods of one size that a node takes beside what Kubernetes
// and the cloud's daemons keep. maxPods left out is the cloud's default.
func PackNode(cloudName Arg[string], machineType Arg[string], cpuMillicores, memoryMiB, maxPods Number) (*NodePacking, []Fault) {
	s := &sizer{}
	c, cloudKnown := s.cloud(cloudName).Get()
	name, typeKnown := machineType.Get()
	typeKnown = typeKnown && s.judgeMachineType(s.cloudOf(c, cloudKnown), name, "machine_type")
	cpu, cpuKnown := s.count(cpuMillicores, 1, "cpu_millicores").Get()
	mib, memoryKnown := s.count(memoryMiB, 1, "memory_mib").Get()
	limit := s.count(maxPods, 1, "max_pods")
	if !cloudKnown || !typeKnown || limit.IsUnknown() {
		return nil, s.faults
	}
	m, _ := cloud.FindMachine(c.Name(), name)
	limits := c.PodLimits(m)
	pods, _ := orDefault(limit, limits.Default).Get()
	if pods < limits.Minimum || pods > limits.Maximum {
		s.faultf("Invalid Pod Limit", []string{"max_pods"}, "max_pods is %d. The pod limit of a node of %s on %s can be set from %d to %d.",
			pods, m.Name, c.Kubernetes(), limits.Minimum, limits.Maximum)
	}
	if len(s.faults) > 0 || !cpuKnown || !memoryKnown {
		return nil, s.faults
	}
	node, room := cloud.NodeOf(c, m, pods), roomOf(c, m, pods, c.Daemons(), measuredNode{})
	taken, limitedBy := room.take(PodRequest{cpu, mib}, 0)
	return &NodePacking{
		VCPU: m.VCPU, MemoryMiB: m.MemoryMiB,
		ReservedCPUMillicores: node.ReservedCPUMillicores, ReservedMemoryMiB: node.ReservedMemoryMiB,
		AllocatableCPUMillicores: node.AllocatableCPUMillicores, AllocatableMemoryMiB: node.AllocatableMemoryMiB,
		SchedulableCPUMillicores: room.millicores, SchedulableMemoryMiB: room.mib,
		MaxPods: pods, MaxVolumes: m.MaxVolumes, Pods: taken, LimitedBy: limitedBy,
	}, nil
}

// cloudOf is the cloud as an argument for the rules that may go without.
func (s *sizer) cloudOf(c cloud.Cloud, isKnown bool) Arg[cloud.Cloud] {
	if isKnown {
		return Known(c)
	}
	return Unknown[cloud.Cloud]()
}
