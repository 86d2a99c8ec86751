package schedulerproof

import (
	"context"
	"errors"
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
	pods int // to place
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
	var objects []runtime.Object
	for _, p := range pools {
		objects = append(objects, nodesOf(p)...)
		objects = append(objects, volumesOf(p)...)
	}
	c := &cluster{Clientset: fake.NewSimpleClientset(objects...)}
	c.PrependReactor("create", "pods", c.bind)
	return c
}

// createPods creates the pods of all pools one by one.
func (c *cluster) createPods(ctx context.Context, pools []Pool) error {
	for _, p := range pools {
		for i := range p.Pods {
			if _, err := c.CoreV1().Pods(fleetNamespace).Create(ctx, podOf(p, i), metav1.CreateOptions{}); err != nil {
				return fmt.Errorf("creating pod %d of %s: %w", i, p.Role, err)
			}
			c.pods++
		}
	}
	return nil
}

// uncordon has the cordoned nodes of all pools take pods. It returns the last
// node, which it annotates in the end: the scheduler hears of nodes in order,
// so when it knows of the annotation it is done with all that was before.
func (c *cluster) uncordon(ctx context.Context, pools []Pool) (last string, err error) {
	var node *corev1.Node
	for _, p := range pools {
		for i := p.Nodes - p.Cordoned; i < p.Nodes; i++ {
			node = nodeOf(p, i)
			node.Spec.Unschedulable = false
			if err := c.updateNode(ctx, node); err != nil {
				return "", err
			}
		}
	}
	node.Annotations = map[string]string{uncordonedKey: "true"}
	return node.Name, c.updateNode(ctx, node)
}

func (c *cluster) updateNode(ctx context.Context, node *corev1.Node) error {
	if _, err := c.CoreV1().Nodes().Update(ctx, node, metav1.UpdateOptions{}); err != nil {
		return fmt.Errorf("updating node %s: %w", node.Name, err)
	}
	return nil
}

// bind does what an API server does with a binding and the fake does not: it
// puts the pod on its node. Reactors run one at a time, so nothing comes between
// reading a pod and writing it.
func (c *cluster) bind(action testing.Action) (handled bool, bound runtime.Object, err error) {
	if action.GetSubresource() != "binding" {
		return false, nil, nil
	}
	create, isCreate := action.(testing.CreateAction)
	if !isCreate {
		return true, nil, fmt.Errorf("a binding by %T", action)
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
	if !isPod {
		return true, nil, fmt.Errorf("binding %s, which is a %T", binding.Name, object)
	}
	if pod.Spec.NodeName != "" {
		return true, nil, errors.New(binding.Name + " is bound already")
	}
	pod.Spec.NodeName = binding.Target.Name
	pod.Status.Conditions = []corev1.PodCondition{{Type: corev1.PodScheduled, Status: corev1.ConditionTrue}}
	if err := c.Tracker().Update(action.GetResource(), pod, pod.Namespace); err != nil {
		return true, nil, fmt.Errorf("binding %s: %w", binding.Name, err)
	}
	return true, binding, nil
}
