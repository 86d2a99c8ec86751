// SPDX-License-Identifier: MPL-2.0

package cloud

// Node is what Kubernetes leaves of a machine:
// allocatable = nominal - kernel - reserved - eviction.
type Node struct {
	Machine                  Machine
	ReservedCPUMillicores    int64
	ReservedMemoryMiB        int64 // eviction threshold included
	AllocatableCPUMillicores int64
	AllocatableMemoryMiB     int64
	MaxPods                  int64
}

// NodeOf is a node of the machine type in the cloud's managed Kubernetes, with
// the given pod limit. Figures never fall below 0.
//
// GKE's t2d-standard-8 of 8 vCPU and 32768 MiB keeps 90m and 3706 MiB and
// loses 674 MiB to the kernel: 7910m and 28388 MiB are allocatable.
func NodeOf(c Cloud, m *Machine, maxPods int64) Node {
	reserved := c.Reserved(m, maxPods)
	kept := reserved.MemoryMiB + reserved.EvictionMiB
	return Node{
		Machine:                  *m,
		ReservedCPUMillicores:    reserved.CPUMillicores,
		ReservedMemoryMiB:        kept,
		AllocatableCPUMillicores: max(m.VCPU*1000-reserved.CPUMillicores, 0),
		AllocatableMemoryMiB:     max(m.MemoryMiB-c.KernelMiB(m)-kept, 0),
		MaxPods:                  maxPods,
	}
}

// ceilDiv is a/b rounded up, for whole numbers of at least 0.
func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }

// bracket is one step of a progressive rule: so many per hundred of what lies
// below upTo.
type bracket struct{ upTo, perHundred int64 }

// progressive adds up the brackets like a tax, in hundredths.
func progressive(amount int64, brackets []bracket) int64 {
	var sum, from int64
	for _, b := range brackets {
		if amount <= from {
			break
		}
		sum += (min(amount, b.upTo) - from) * b.perHundred
		from = b.upTo
	}
	return sum
}
