// SPDX-License-Identifier: MPL-2.0

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
	LimitGPUs    Limit = "gpus"
)

// Limits lists the values of limited_by.
func Limits() []Limit { return []Limit{LimitMemory, LimitCPU, LimitPods, LimitVolumes, LimitGPUs} }

// room is what a node has for a role's pods: allocatable less what every node
// runs beside them.
type room struct{ millicores, mib, pods, volumes, gpus int64 }

// roomOf is a node's room. Where somebody measured a node, that beats the
// cloud's rules.
func roomOf(node cloud.Node, overhead cloud.Daemons, measured measuredNode) room {
	if measured.millicores > 0 {
		node.AllocatableCPUMillicores = measured.millicores
	}
	if measured.mib > 0 {
		node.AllocatableMemoryMiB = measured.mib
	}
	return room{
		millicores: max(node.AllocatableCPUMillicores-overhead.CPUMillicores, 0),
		mib:        max(node.AllocatableMemoryMiB-overhead.MemoryMiB, 0),
		pods:       max(node.MaxPods-overhead.Pods, 0),
		volumes:    node.Machine.MaxVolumes,
		gpus:       node.Machine.GPUs,
	}
}

// measuredNode is what a real node reported as allocatable; 0 where nobody
// measured.
type measuredNode struct{ millicores, mib int64 }

// take counts the pods of one size that fit, and what ends them. A pod without
// volumes is not bound by disks, one without GPUs not by those.
func (r room) take(request PodRequest, volumesPerPod, gpusPerPod int64) (int64, Limit) {
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
	if gpusPerPod > 0 {
		if n := r.gpus / gpusPerPod; n < pods {
			pods, limit = n, LimitGPUs
		}
	}
	return pods, limit
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
