package sizing

import "github.com/refarch/terraform-provider-refarch/internal/cloud"

// Limit is what ends the pods of a node.
type Limit string

// The limits, in the order that decides a tie.
const (
	LimitMemory  Limit = "memory"
	LimitCPU     Limit = "cpu"
	LimitPods    Limit = "pods"
	LimitVolumes Limit = "volumes"
)

// Limits lists the values of limited_by.
func Limits() []Limit { return []Limit{LimitMemory, LimitCPU, LimitPods, LimitVolumes} }

// room is what a node has for a role's pods: allocatable less what every node
// runs beside them.
type room struct {
	millicores int64
	mib        int64
	pods       int64
	volumes    int64
}

// take counts the pods of one size that fit, and what ends them. A pod without
// volumes is not bound by disks.
func (r room) take(request PodRequest, volumesPerPod int64) (int64, Limit) {
	if request.CPUMillicores < 1 || request.MemoryMiB < 1 {
		return 0, LimitMemory
	}
	pods, limit := r.mib/request.MemoryMiB, LimitMemory
	if n := r.millicores / request.CPUMillicores; n < pods {
		pods, limit = n, LimitCPU
	}
	if r.pods < pods {
		pods, limit = r.pods, LimitPods
	}
	if volumesPerPod > 0 {
		if n := r.volumes / volumesPerPod; n < pods {
			pods, limit = n, LimitVolumes
		}
	}
	return pods, limit
}

// roomOf is a node's room.
func roomOf(c cloud.Cloud, m cloud.Machine, maxPods int64, overhead cloud.Daemons, measured measuredNode) room {
	node := cloud.NodeOf(c, m, maxPods)
	if measured.millicores > 0 {
		node.AllocatableCPUMillicores = measured.millicores
	}
	if measured.mib > 0 {
		node.AllocatableMemoryMiB = measured.mib
	}
	return room{
		millicores: max(node.AllocatableCPUMillicores-overhead.CPUMillicores, 0),
		mib:        max(node.AllocatableMemoryMiB-overhead.MemoryMiB, 0),
		pods:       max(maxPods-overhead.Pods, 0),
		volumes:    m.MaxVolumes,
	}
}

// measuredNode is what a real node reported; 0 where nobody measured.
type measuredNode struct{ millicores, mib int64 }

// measured is what the request says of a real workspace node.
func (s *sizer) measured() (measuredNode, bool) {
	millicores, cpuKnown := orDefault(s.in.measuredMillicores, 0).Get()
	mib, memoryKnown := orDefault(s.in.measuredMiB, 0).Get()
	return measuredNode{millicores, mib}, cpuKnown && memoryKnown
}

// overhead is what every node runs beside the role's pods: the cloud's own
// daemons, each figure replaced where the request states it.
func (s *sizer) overhead(c cloud.Cloud) (cloud.Daemons, bool) {
	daemons := c.Daemons()
	millicores, cpuKnown := orDefault(s.in.overheadMillicores, daemons.CPUMillicores).Get()
	mib, memoryKnown := orDefault(s.in.overheadMiB, daemons.MemoryMiB).Get()
	pods, podsKnown := orDefault(s.in.overheadPods, daemons.Pods).Get()
	return cloud.Daemons{CPUMillicores: millicores, MemoryMiB: mib, Pods: pods}, cpuKnown && memoryKnown && podsKnown
}

// overheadPods is known by itself, or by the cloud where it is left out.
func (s *sizer) overheadPods() (int64, bool) {
	if s.in.overheadPods.IsLeftOut() {
		c, ok := s.in.cloud.Get()
		if !ok {
			return 0, false
		}
		return c.Daemons().Pods, true
	}
	return s.in.overheadPods.Get()
}

// share is nine tenths of an equal share of a node for each of n pods, in whole
// steps of 10m and 16 MiB: the pods fit by construction, and one more daemon
// does not leave one pending.
func (r room) share(n int64) PodRequest {
	return PodRequest{
		CPUMillicores: 10 * (9 * r.millicores / (100 * n)),
		MemoryMiB:     16 * (9 * r.mib / (160 * n)),
	}
}

// describe words what a workspace or another pod requests.
func (r PodRequest) describe() []string {
	return []string{amountOf(r.CPUMillicores, "millicores"), amountOf(r.MemoryMiB, "MiB")}
}

// describe words what a node has room for.
func (r room) describe() []string {
	return []string{amountOf(r.millicores, "millicores"), amountOf(r.mib, "MiB"), amountOf(r.pods, "pods")}
}
