package schedulerproof

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

const (
	fleetNamespace  = "fleet"
	daemonNamespace = metav1.NamespaceSystem
	// nodeCritical is the priority of the class system-node-critical, which
	// daemons have: no other pod preempts them.
	nodeCritical int32 = 2_000_001_000
)

// podOf is a pod of a pool before anybody has placed it.
func podOf(p Pool, i int64) *corev1.Pod {
	pod := basePod(fleetNamespace, podName(p, i), 0, p.Pod.CPUMillicores, p.Pod.MemoryMiB)
	pod.Labels = map[string]string{roleKey: p.Role}
	pod.Spec.NodeSelector = map[string]string{roleKey: p.Role}
	pod.Spec.Tolerations = []corev1.Toleration{{
		Key: roleKey, Operator: corev1.TolerationOpEqual, Value: p.Role, Effect: corev1.TaintEffectNoSchedule,
	}}
	for v := range p.Pod.Volumes {
		name := volumeName(p, i, v)
		pod.Spec.Volumes = append(pod.Spec.Volumes, corev1.Volume{
			Name: name,
			VolumeSource: corev1.VolumeSource{
				PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{ClaimName: name},
			},
		})
	}
	return pod
}

func podName(p Pool, i int64) string { return fmt.Sprintf("%s-%05d", objectPrefix(p.Role), i) }

// daemonOf is the d-th daemon of a node, with its share of what all of them
// request: the last ones have one unit more where it does not divide evenly.
func daemonOf(all Daemons, d int64, node string) *corev1.Pod {
	share := func(sum int64) int64 { return sum*(d+1)/all.Pods - sum*d/all.Pods }
	pod := basePod(daemonNamespace, fmt.Sprintf("daemon-%d-%s", d, node), nodeCritical, share(all.CPUMillicores), share(all.MemoryMiB))
	pod.Spec.NodeName = node
	pod.Status.Phase = corev1.PodRunning
	return pod
}

// basePod sets what admission sets in a real cluster: the scheduler's name, the
// priority and an identity.
func basePod(namespace, name string, priority int32, millicores, mib int64) *corev1.Pod {
	preemption := corev1.PreemptLowerPriority
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name, UID: types.UID(namespace + "/" + name)},
		Spec: corev1.PodSpec{
			SchedulerName:    corev1.DefaultSchedulerName,
			Priority:         &priority,
			PreemptionPolicy: &preemption,
			Containers: []corev1.Container{{
				Name:      "main",
				Image:     "example",
				Resources: corev1.ResourceRequirements{Requests: requests(millicores, mib)},
			}},
		},
		Status: corev1.PodStatus{Phase: corev1.PodPending},
	}
}
