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

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
)

// Pool is one role's nodes and the pods that are to run on them. Nodes of one pool are alike, and so are its pods.
type Pool struct {
	// Role names the pool. Its nodes carry a label and a taint of that value, its pods select the one and tolerate the
	// other, as the recommendation keeps roles apart.
	Role  string
	Nodes int64
	Node  Node
	Pods  int64
	Pod   Pod
}

// Node is what a node of a pool offers, and what runs on it before any pod of the pool does.
type Node struct {
	AllocatableCPUMillicores, AllocatableMemoryMiB int64
	MaxPods                                        int64
	MaxVolumes                                     int64 // disks that the cloud's driver says it attaches
	Daemons                                        cloud.Daemons
}

// Pod is what one pod of a pool requests, and how many disks it mounts.
type Pod struct{ CPUMillicores, MemoryMiB, Volumes int64 }

const (
	namespace = "fleet"
	// roleKey is the key of the label and the taint that keep roles apart.
	roleKey = "refarch.example/role"
	// driverName is the cloud's disk driver: the scheduler compares names and no more.
	driverName = "disks.refarch.example"
	// bindCompleted is the annotation by which the volume controller says that it is done with a claim; the scheduler
	// leaves any other claim alone.
	bindCompleted = "pv.kubernetes.io/bind-completed"
)

// objects are a pool's nodes with their daemons running, its pods before anybody has placed them, and their disks,
// bound as homes of earlier days are.
func (p Pool) objects() []runtime.Object {
	var objects []runtime.Object
	for i := range p.Nodes {
		name := p.name("node", i)
		objects = append(objects, p.node(name), p.driver(name))
		for d := range p.Node.Daemons.Pods {
			daemon := pod(fmt.Sprintf("%s-daemon-%d", name, d), 0, 0)
			if d == 0 { // one requests for all
				daemon = pod(daemon.Name, p.Node.Daemons.CPUMillicores, p.Node.Daemons.MemoryMiB)
			}
			daemon.Spec.NodeName, daemon.Status.Phase = name, corev1.PodRunning
			objects = append(objects, daemon)
		}
	}
	for i := range p.Pods {
		workload := p.pod(i)
		objects = append(objects, workload)
		for _, v := range workload.Spec.Volumes {
			objects = append(objects, disk(v.Name), claim(v.Name))
		}
	}
	return objects
}

func (p Pool) name(kind string, i int64) string {
	return fmt.Sprintf("%s-%s-%05d", strings.ReplaceAll(strings.ToLower(p.Role), "_", "-"), kind, i)
}

func meta(name string) metav1.ObjectMeta {
	return metav1.ObjectMeta{Namespace: namespace, Name: name, UID: types.UID(name)}
}

func (p Pool) node(name string) *corev1.Node {
	allocatable := requests(p.Node.AllocatableCPUMillicores, p.Node.AllocatableMemoryMiB)
	allocatable[corev1.ResourcePods] = *resource.NewQuantity(p.Node.MaxPods, resource.DecimalSI)
	return &corev1.Node{
		ObjectMeta: metav1.ObjectMeta{
			Name: name, UID: types.UID(name), Labels: map[string]string{corev1.LabelHostname: name, roleKey: p.Role},
		},
		Spec: corev1.NodeSpec{Taints: []corev1.Taint{{Key: roleKey, Value: p.Role, Effect: corev1.TaintEffectNoSchedule}}},
		Status: corev1.NodeStatus{
			Capacity: allocatable, Allocatable: allocatable,
			Conditions: []corev1.NodeCondition{{Type: corev1.NodeReady, Status: corev1.ConditionTrue}},
		},
	}
}

// driver is how a disk driver reports what one node attaches.
func (p Pool) driver(node string) *storagev1.CSINode {
	limit := int32(min(p.Node.MaxVolumes, math.MaxInt32))
	return &storagev1.CSINode{
		ObjectMeta: metav1.ObjectMeta{Name: node, UID: types.UID(node)},
		Spec: storagev1.CSINodeSpec{Drivers: []storagev1.CSINodeDriver{{
			Name: driverName, NodeID: node, Allocatable: &storagev1.VolumeNodeResources{Count: &limit},
		}}},
	}
}

func (p Pool) pod(i int64) *corev1.Pod {
	made := pod(p.name("pod", i), p.Pod.CPUMillicores, p.Pod.MemoryMiB)
	made.Labels = map[string]string{roleKey: p.Role}
	made.Spec.NodeSelector = made.Labels
	made.Spec.Tolerations = []corev1.Toleration{{
		Key: roleKey, Operator: corev1.TolerationOpEqual, Value: p.Role, Effect: corev1.TaintEffectNoSchedule,
	}}
	for v := range p.Pod.Volumes {
		name := fmt.Sprintf("%s-disk-%d", made.Name, v)
		made.Spec.Volumes = append(made.Spec.Volumes, corev1.Volume{
			Name: name,
			VolumeSource: corev1.VolumeSource{
				PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{ClaimName: name},
			},
		})
	}
	return made
}

func pod(name string, millicores, mib int64) *corev1.Pod {
	return &corev1.Pod{
		ObjectMeta: meta(name),
		Spec: corev1.PodSpec{
			SchedulerName: corev1.DefaultSchedulerName, // which admission sets in a real cluster
			Containers: []corev1.Container{{
				Name: "main", Image: "example", Resources: corev1.ResourceRequirements{Requests: requests(millicores, mib)},
			}},
		},
		Status: corev1.PodStatus{Phase: corev1.PodPending},
	}
}

// requests are amounts of CPU and memory as Kubernetes counts them.
func requests(millicores, mib int64) corev1.ResourceList {
	return corev1.ResourceList{
		corev1.ResourceCPU:    *resource.NewMilliQuantity(millicores, resource.DecimalSI),
		corev1.ResourceMemory: *resource.NewQuantity(mib<<20, resource.BinarySI),
	}
}

// diskSize is any size: disks are counted, not measured.
var diskSize = corev1.ResourceList{corev1.ResourceStorage: *resource.NewQuantity(10<<30, resource.BinarySI)}

func disk(name string) *corev1.PersistentVolume {
	return &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: name, UID: types.UID("disk/" + name)},
		Spec: corev1.PersistentVolumeSpec{
			Capacity:    diskSize,
			AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
			ClaimRef:    &corev1.ObjectReference{Namespace: namespace, Name: name, UID: types.UID(name)},
			PersistentVolumeSource: corev1.PersistentVolumeSource{
				CSI: &corev1.CSIPersistentVolumeSource{Driver: driverName, VolumeHandle: name},
			},
		},
		Status: corev1.PersistentVolumeStatus{Phase: corev1.VolumeBound},
	}
}

func claim(name string) *corev1.PersistentVolumeClaim {
	made := &corev1.PersistentVolumeClaim{
		ObjectMeta: meta(name),
		Spec: corev1.PersistentVolumeClaimSpec{
			VolumeName:  name,
			AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
			Resources:   corev1.VolumeResourceRequirements{Requests: diskSize},
		},
		Status: corev1.PersistentVolumeClaimStatus{Phase: corev1.ClaimBound, Capacity: diskSize},
	}
	made.Annotations = map[string]string{bindCompleted: "yes"}
	return made
}
