// SPDX-License-Identifier: MPL-2.0

package schedulerproof

import (
	"context"
	"fmt"
	"sync"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/testing"
)

// cluster is the API server that the scheduler believes to talk to.
type cluster struct {
	*fake.Clientset

	pools  []Pool
	poolOf map[string]string // a node's pool by the node's name
	pods   int64             // to place
}

// watchEvents is how many events a fake watcher holds that nobody has read yet;
// one more and it panics. client-go's default is 100, far below the pods of a
// fleet.
const watchEvents = 1 << 16

// raiseWatchEvents sets what client-go reads whenever a watch begins: once,
// since clusters may run side by side.
var raiseWatchEvents = sync.OnceFunc(func() { watch.DefaultChanSize = watchEvents })

// newCluster has the nodes of all pools with their daemons running, and the
// disks of all pods, but no pod to place yet.
func newCluster(pools []Pool) *cluster {
	raiseWatchEvents()
	c := &cluster{pools: pools, poolOf: map[string]string{}}
	var objects []runtime.Object
	for _, p := range pools {
		for i := range p.Nodes {
			node := nodeOf(p, i)
			c.poolOf[node.Name] = p.Name
			objects = append(objects, node, driverOf(p, node.Name))
			for d := range p.Daemons.Pods {
				objects = append(objects, daemonOf(p, node.Name, d))
			}
		}
		c.pods += p.Pods
		for i := range p.Pods {
			for v := range p.Pod.Volumes {
				objects = append(objects, diskOf(diskName(p, i, v))...)
			}
		}
	}
	c.Clientset = fake.NewSimpleClientset(objects...)
	c.PrependReactor("create", "pods", c.bind)
	return c
}

// createPods creates the pods of all pools one by one.
func (c *cluster) createPods(ctx context.Context) error {
	for _, p := range c.pools {
		for i := range p.Pods {
			if _, err := c.CoreV1().Pods(fleetNamespace).Create(ctx, podOf(p, i), metav1.CreateOptions{}); err != nil {
				return fmt.Errorf("creating pod %d of %s: %w", i, p.Name, err)
			}
		}
	}
	return nil
}

// bind does what an API server does with a binding and the fake does not: it
// puts the pod on its node. Reactors run one at a time, so nothing comes between
// reading a pod and writing it.
func (c *cluster) bind(action testing.Action) (handled bool, bound runtime.Object, err error) {
	create, isCreate := action.(testing.CreateAction)
	if !isCreate || action.GetSubresource() != "binding" {
		return false, nil, nil
	}
	binding, isBinding := create.GetObject().(*corev1.Binding)
	if !isBinding {
		return true, nil, fmt.Errorf("a binding that is a %T", create.GetObject())
	}
	object, err := c.Tracker().Get(action.GetResource(), binding.Namespace, binding.Name)
	if err != nil {
		return true, nil, fmt.Errorf("binding %s: %w", binding.Name, err)
	}
	pod, isPod := object.(*corev1.Pod)
	if !isPod || pod.Spec.NodeName != "" {
		return true, nil, fmt.Errorf("%s is no pod or bound already", binding.Name)
	}
	pod.Spec.NodeName = binding.Target.Name
	pod.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodScheduled, Status: corev1.ConditionTrue}}
	if err := c.Tracker().Update(action.GetResource(), pod, pod.Namespace); err != nil {
		return true, nil, fmt.Errorf("binding %s: %w", binding.Name, err)
	}
	return true, binding, nil
}
