// SPDX-License-Identifier: MPL-2.0

package schedulerproof

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

const (
	// poolKey is the key of the label and the taint that keep pools apart.
	poolKey = "refarch.example/pool"
	// driverName is the cloud's disk driver: the scheduler compares names and
	// no more.
	driverName = "disks.refarch.example"
	// gpuResource is what NVIDIA's device plugin offers and pods request.
	gpuResource corev1.ResourceName = "nvidia.com/gpu"
)

// nodeOf is the i-th node of a pool; the last ones are cordoned.
func nodeOf(p Pool, i int64) *corev1.Node {
	name := fmt.Sprintf("%s-node-%05d", p.Name, i)
	offered := resources(p.Node.AllocatableCPUMillicores, p.Node.AllocatableMemoryMiB, p.Node.Machine.GPUs)
	offered[corev1.ResourcePods] = *resource.NewQuantity(p.Node.MaxPods, resource.DecimalSI)
	return &corev1.Node{
		ObjectMeta: metav1.ObjectMeta{
			Name:   name,
			UID:    types.UID(name),
			Labels: map[string]string{corev1.LabelHostname: name, poolKey: p.Name},
		},
		Spec: corev1.NodeSpec{
			Unschedulable: i >= p.Nodes-p.Cordoned,
			Taints:        []corev1.Taint{{Key: poolKey, Value: p.Name, Effect: corev1.TaintEffectNoSchedule}},
		},
		Status: corev1.NodeStatus{
			Capacity:    offered,
			Allocatable: offered,
			Conditions:  []corev1.NodeCondition{{Type: corev1.NodeReady, Status: corev1.ConditionTrue}},
		},
	}
}

// driverOf is how a disk driver reports what one node attaches.
func driverOf(p Pool, node string) *storagev1.CSINode {
	limit := int32(p.Node.Machine.MaxVolumes)
	return &storagev1.CSINode{
		ObjectMeta: metav1.ObjectMeta{Name: node, UID: types.UID(node)},
		Spec: storagev1.CSINodeSpec{Drivers: []storagev1.CSINodeDriver{{
			Name: driverName, NodeID: node, Allocatable: &storagev1.VolumeNodeResources{Count: &limit},
		}}},
	}
}

// resources are amounts as Kubernetes counts them.
func resources(millicores, mib, gpus int64) corev1.ResourceList {
	list := corev1.ResourceList{
		corev1.ResourceCPU:    *resource.NewMilliQuantity(millicores, resource.DecimalSI),
		corev1.ResourceMemory: *resource.NewQuantity(mib<<20, resource.BinarySI),
	}
	if gpus > 0 {
		list[gpuResource] = *resource.NewQuantity(gpus, resource.DecimalSI)
	}
	return list
}
