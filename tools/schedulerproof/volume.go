package schedulerproof

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
)

// bindCompleted is the annotation by which the volume controller says that it
// is done with a claim; the scheduler leaves any other claim alone.
const bindCompleted = "pv.kubernetes.io/bind-completed"

// volumesOf are the disks of a pool's pods and the claims to them, bound as
// homes of earlier days are.
func volumesOf(p Pool) []runtime.Object {
	objects := make([]runtime.Object, 0, 2*p.Pods*p.Pod.Volumes)
	for i := range p.Pods {
		for v := range p.Pod.Volumes {
			name := volumeName(p, i, v)
			objects = append(objects, diskOf(name), claimOf(name))
		}
	}
	return objects
}

func volumeName(p Pool, pod, volume int64) string {
	return fmt.Sprintf("%s-disk-%d", podName(p, pod), volume)
}

func diskOf(name string) *corev1.PersistentVolume {
	return &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: name, UID: types.UID("disk/" + name)},
		Spec: corev1.PersistentVolumeSpec{
			Capacity:    diskSize(),
			AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
			ClaimRef:    &corev1.ObjectReference{Namespace: fleetNamespace, Name: name, UID: types.UID("claim/" + name)},
			PersistentVolumeSource: corev1.PersistentVolumeSource{
				CSI: &corev1.CSIPersistentVolumeSource{Driver: driverName, VolumeHandle: name},
			},
		},
		Status: corev1.PersistentVolumeStatus{Phase: corev1.VolumeBound},
	}
}

func claimOf(name string) *corev1.PersistentVolumeClaim {
	return &corev1.PersistentVolumeClaim{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: fleetNamespace, Name: name, UID: types.UID("claim/" + name),
			Annotations: map[string]string{bindCompleted: "yes"},
		},
		Spec: corev1.PersistentVolumeClaimSpec{
			VolumeName:  name,
			AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
			Resources:   corev1.VolumeResourceRequirements{Requests: diskSize()},
		},
		Status: corev1.PersistentVolumeClaimStatus{Phase: corev1.ClaimBound, Capacity: diskSize()},
	}
}

// diskSize is any size: disks are counted, not measured.
func diskSize() corev1.ResourceList {
	return corev1.ResourceList{corev1.ResourceStorage: *resource.NewQuantity(10<<30, resource.BinarySI)}
}
