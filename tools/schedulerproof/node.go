package schedulerproof

import (
	"fmt"
	"math"
	"strings"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
)

const (
	// roleKey is the key of the label and the taint that keep roles apart.
	roleKey = "refarch.example/role"
	// uncordonedKey is the key of the annotation that ends an uncordoning.
	uncordonedKey = "refarch.example/uncordoned"
	// driverName is the cloud's disk driver: the scheduler compares names and
	// no more.
	driverName = "disks.refarch.example"
)

// nodesOf are the nodes of a pool, each with the limit that the disk driver
// reports for it and with its daemons running.
func nodesOf(p Pool) []runtime.Object {
	objects := make([]runtime.Object, 0, p.Nodes*(2+p.Node.Daemons.Pods))
	for i := range p.Nodes {
		node := nodeOf(p, i)
		name := node.Name
		objects = append(objects, node, driverOf(p, name))
		for d := range p.Node.Daemons.Pods {
			objects = append(objects, daemonOf(p.Node.Daemons, d, name))
		}
	}
	return objects
}

// nodeOf is the i-th node of a pool; the last ones are cordoned.
func nodeOf(p Pool, i int64) *corev1.Node {
	name := fmt.Sprintf("%s-node-%05d", objectPrefix(p.Role), i)
	resources := requests(p.Node.AllocatableCPUMillicores, p.Node.AllocatableMemoryMiB)
	resources[corev1.ResourcePods] = *resource.NewQuantity(p.Node.MaxPods, resource.DecimalSI)
	return &corev1.Node{
		ObjectMeta: metav1.ObjectMeta{
			Name:   name,
			UID:    types.UID(name),
			Labels: map[string]string{corev1.LabelHostname: name, roleKey: p.Role},
		},
		Spec: corev1.NodeSpec{
			Unschedulable: i >= p.Nodes-p.Cordoned,
			Taints:        []corev1.Taint{{Key: roleKey, Value: p.Role, Effect: corev1.TaintEffectNoSchedule}},
		},
		Status: corev1.NodeStatus{
			Capacity:    resources,
			Allocatable: resources,
			Conditions:  []corev1.NodeCondition{{Type: corev1.NodeReady, Status: corev1.ConditionTrue}},
		},
	}
}

// driverOf is how a disk driver reports what one node attaches.
func driverOf(p Pool, node string) *storagev1.CSINode {
	limit := int32(min(p.Node.MaxVolumes, math.MaxInt32))
	return &storagev1.CSINode{
		ObjectMeta: metav1.ObjectMeta{Name: node, UID: types.UID(node)},
		Spec: storagev1.CSINodeSpec{Drivers: []storagev1.CSINodeDriver{{
			Name: driverName, NodeID: node, Allocatable: &storagev1.VolumeNodeResources{Count: &limit},
		}}},
	}
}

// objectPrefix makes a role, such as workspace_proxy, the beginning of an
// object's name.
func objectPrefix(role string) string {
	return strings.ReplaceAll(strings.ToLower(role), "_", "-")
}

// requests are amounts of CPU and memory as Kubernetes counts them.
func requests(millicores, mib int64) corev1.ResourceList {
	return corev1.ResourceList{
		corev1.ResourceCPU:    *resource.NewMilliQuantity(millicores, resource.DecimalSI),
		corev1.ResourceMemory: *resource.NewQuantity(mib<<20, resource.BinarySI),
	}
}
