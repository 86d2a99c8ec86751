package schedulerproof

import (
	"errors"
	"fmt"
	"math"

	"k8s.io/apimachinery/pkg/util/validation"
)

// Pool is one role's nodes and the pods that are to run on them. Nodes of one
// pool are alike, and so are its pods. CPU is millicores, memory MiB.
type Pool struct {
	// Role names the pool. Its nodes carry a label and a taint of that value,
	// its pods select the one and tolerate the other, as the recommendation
	// keeps roles apart.
	Role  string
	Nodes int64
	// Cordoned is how many of the Nodes take no pods at first.
	Cordoned int64
	Node     Node

	Pods int64
	Pod  Pod
}

// Node is what a node of a pool offers, and what runs on it before any pod of
// the pool does.
type Node struct {
	AllocatableCPUMillicores int64
	AllocatableMemoryMiB     int64
	MaxPods                  int64
	// MaxVolumes is how many disks the cloud's driver says it attaches.
	MaxVolumes int64
	// Daemons are the pods that every node runs, summed up.
	Daemons Daemons
}

// Daemons sum up the requests of the pods that every node runs, and count them.
type Daemons struct{ CPUMillicores, MemoryMiB, Pods int64 }

// Pod is what one pod of a pool requests, and how many disks it mounts.
type Pod struct{ CPUMillicores, MemoryMiB, Volumes int64 }

// maxPods is how many pods one cluster may be asked to place: each is created
// once and bound or rejected once or a few times, and all of these events have
// to fit into the fake watcher's channel (watchEvents).
const maxPods = watchEvents / 4

func (p Pool) hasCordoned() bool { return p.Cordoned > 0 }

// check refuses pools that no cluster can be built of, so that a slip in a test
// is told as such and not as a placement.
func check(pools []Pool) error {
	roles := make(map[string]bool, len(pools))
	var nodes, pods int64
	for _, p := range pools {
		if p.Role == "" || roles[p.Role] {
			return fmt.Errorf("role %q is empty or given twice", p.Role)
		}
		roles[p.Role] = true
		if wrong := validation.IsValidLabelValue(p.Role); len(wrong) > 0 {
			return fmt.Errorf("role %q is no label: %s", p.Role, wrong[0])
		}
		if err := p.check(); err != nil {
			return fmt.Errorf("pool %s: %w", p.Role, err)
		}
		nodes += p.Nodes
		pods += p.Pods
	}
	if nodes == 0 {
		// Without any node the scheduler never stops trying.
		return errors.New("there is no node")
	}
	if pods > maxPods {
		return fmt.Errorf("%d pods are more than the %d that one cluster takes", pods, maxPods)
	}
	return nil
}

func (p Pool) check() error {
	if p.Cordoned > p.Nodes {
		return fmt.Errorf("%d of %d nodes are cordoned", p.Cordoned, p.Nodes)
	}
	for name, value := range map[string]int64{
		"Nodes": p.Nodes, "Cordoned": p.Cordoned, "Pods": p.Pods,
		"Node.AllocatableCPUMillicores": p.Node.AllocatableCPUMillicores,
		"Node.AllocatableMemoryMiB":     p.Node.AllocatableMemoryMiB,
		"Node.MaxPods":                  p.Node.MaxPods, "Node.MaxVolumes": p.Node.MaxVolumes,
		"Node.Daemons.CPUMillicores": p.Node.Daemons.CPUMillicores,
		"Node.Daemons.MemoryMiB":     p.Node.Daemons.MemoryMiB,
		"Node.Daemons.Pods":          p.Node.Daemons.Pods,
		"Pod.CPUMillicores":          p.Pod.CPUMillicores, "Pod.MemoryMiB": p.Pod.MemoryMiB,
		"Pod.Volumes": p.Pod.Volumes,
	} {
		if value < 0 || value > math.MaxInt32 {
			return fmt.Errorf("%s is %d", name, value)
		}
	}
	if p.Node.Daemons.Pods == 0 && (p.Node.Daemons.CPUMillicores > 0 || p.Node.Daemons.MemoryMiB > 0) {
		return fmt.Errorf("no daemon pod requests the daemons' %dm and %d MiB", p.Node.Daemons.CPUMillicores, p.Node.Daemons.MemoryMiB)
	}
	return nil
}
