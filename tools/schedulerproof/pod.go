// SPDX-License-Identifier: MPL-2.0

package schedulerproof

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
)

const (
	fleetNamespace = "fleet"
	// toPlaceKey is the key of the label that tells pods to place from daemons.
	toPlaceKey = "refarch.example/to-place"
	// nodeCritical is the priority of the class system-node-critical, which
	// daemons have: no other pod preempts them.
	nodeCritical int32 = 2_000_001_000
	// bindCompleted is the annotation by which the volume controller says that
	// it is done with a claim; the scheduler leaves any other claim alone.
	bindCompleted = "pv.kubernetes.io/bind-completed"
)

var toPlace = labels.SelectorFromSet(labels.Set{toPlaceKey: "true"})

// podOf is a pod of a pool before anybody has placed it.
func podOf(p Pool, i int64) *corev1.Pod {
	pod := basePod(fleetNamespace, podName(p, i), 0, resources(p.Pod.CPUMillicores, p.Pod.MemoryMiB, p.Pod.GPUs))
	pod.Labels = map[string]string{poolKey: p.Name, toPlaceKey: "true"}
	pod.Spec.NodeSelector = map[string]string{poolKey: p.Name}
	pod.Spec.Tolerations = []corev1.Toleration{{
		Key: poolKey, Operator: corev1.TolerationOpEqual, Value: p.Name, Effect: corev1.TaintEffectNoSchedule,
	}}
	for v := range p.Pod.Volumes {
		name := diskName(p, i, v)
		pod.Spec.Volumes = append(pod.Spec.Volumes, corev1.Volume{Name: name, VolumeSource: corev1.VolumeSource{
			PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{ClaimName: name},
		}})
	}
	return pod
}

func podName(p Pool, i int64) string { return fmt.Sprintf("%s-%05d", p.Name, i) }

func diskName(p Pool, pod, disk int64) string {
	return fmt.Sprintf("%s-disk-%d", podName(p, pod), disk)
}

// daemonOf is the d-th daemon of a node. What all of them request is a sum, so
// the first one requests it.
func daemonOf(p Pool, node string, d int64) *corev1.Pod {
	requests := corev1.ResourceList{}
	if d == 0 {
		requests = resources(p.Daemons.CPUMillicores, p.Daemons.MemoryMiB, 0)
	}
	pod := basePod(metav1.NamespaceSystem, fmt.Sprintf("daemon-%d-%s", d, node), nodeCritical, requests)
	pod.Spec.NodeName = node
	pod.Status.Phase = corev1.PodRunning
	return pod
}

// basePod sets what admission sets in a real cluster: the scheduler's name, the
// priority and an identity.
func basePod(namespace, name string, priority int32, requests corev1.ResourceList) *corev1.Pod {
	preemption := corev1.PreemptLowerPriority
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name, UID: types.UID(namespace + "/" + name)},
		Spec: corev1.PodSpec{
			SchedulerName:    corev1.DefaultSchedulerName,
			Priority:         &priority,
			PreemptionPolicy: &preemption,
			Containers: []corev1.Container{{
				Name: "main", Image: "example",
				// Kubernetes wants limits of GPUs equal to the requests; the
				// scheduler reads requests only.
				Resources: corev1.ResourceRequirements{Requests: requests},
			}},
		},
		Status: corev1.PodStatus{Phase: corev1.PodPending},
	}
}

// diskOf is a disk and the claim to it, bound as homes of earlier days are.
func diskOf(name string) []runtime.Object {
	claim := metav1.ObjectMeta{
		Namespace: fleetNamespace, Name: name, UID: types.UID("claim/" + name), Annotations: map[string]string{bindCompleted: "yes"},
	}
	modes := []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce}
	size := corev1.ResourceList{corev1.ResourceStorage: resource.MustParse("10Gi")} // disks are counted, not measured
	return []runtime.Object{
		&corev1.PersistentVolume{
			ObjectMeta: metav1.ObjectMeta{Name: name, UID: types.UID("disk/" + name)},
			Spec: corev1.PersistentVolumeSpec{
				Capacity: size, AccessModes: modes,
				ClaimRef: &corev1.ObjectReference{Namespace: claim.Namespace, Name: name, UID: claim.UID},
				PersistentVolumeSource: corev1.PersistentVolumeSource{
					CSI: &corev1.CSIPersistentVolumeSource{Driver: driverName, VolumeHandle: name},
				},
			},
			Status: corev1.PersistentVolumeStatus{Phase: corev1.VolumeBound},
		},
		&corev1.PersistentVolumeClaim{
			ObjectMeta: claim,
			Spec: corev1.PersistentVolumeClaimSpec{
				VolumeName: name, AccessModes: modes, Resources: corev1.VolumeResourceRequirements{Requests: size},
			},
			Status: corev1.PersistentVolumeClaimStatus{Phase: corev1.ClaimBound, Capacity: size},
		},
	}
}
