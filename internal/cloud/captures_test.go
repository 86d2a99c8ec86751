// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// capture is a real node as Kubernetes reported it.
type capture struct {
	ID             string `yaml:"id"`
	Cluster        string `yaml:"cluster"`
	Machine        string `yaml:"machine"`
	NominalMiB     int64  `yaml:"nominal_memory_mib"`
	VCPU           int64  `yaml:"vcpu"` // as the node sees them
	CapacityKi     int64  `yaml:"capacity_memory_ki"`
	AllocatableKi  int64  `yaml:"allocatable_memory_ki"`
	AllocatableCPU int64  `yaml:"allocatable_cpu_m"`
	Pods           int64  `yaml:"pods"`
	ReservedMiB    int64  `yaml:"reserved_and_eviction_mib"`
	Precision      string `yaml:"precision"` // empty: exact to the KiB, else to the MiB
}

func captures(t *testing.T) []capture {
	t.Helper()
	text, err := os.ReadFile("testdata/captures.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all []capture
	if err := yaml.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != 146 {
		t.Fatalf("there are %d captured nodes, not 146", len(all))
	}
	return all
}

func (c capture) cloud() Cloud {
	switch {
	case strings.HasPrefix(c.Cluster, "gke"):
		return gcp{}
	case strings.HasPrefix(c.Cluster, "eks"):
		return aws{}
	}
	return azure{}
}

// history is the rule of AKS before Kubernetes 1.29, which some captured nodes
// still follow: progressive shares of the nominal memory, and 750 MiB.
func (c capture) history() int64 {
	return progressive(c.NominalMiB, []bracket{{4096, 25}, {8192, 20}, {16_384, 10}, {131_072, 6}, {1 << 40, 2}})/100 + 750
}

// interfacePods is what the network interfaces have addresses for, which the
// node shows unless its pod limit was overridden.
func (c capture) interfacePods() int64 {
	if m, ok := FindMachine(AWS, c.Machine); ok {
		return m.InterfacePods
	}
	return c.Pods
}

// The nodes that keep another amount of CPU than the rule gives, each for the
// reason that its row states.
var cpuExceptions = map[string]int64{
	"aks-hb120-96rs_v3-1.29": 1299, "gke-e2-medium-1.26": 1060, "gke-e2-small-1.29": 1060,
	"gke-h3-standard-88-1.31": 180, "gke-h3-standard-88-1.32": 180,
}

func TestReservedAsRealNodesShow(t *testing.T) {
	named := 0
	for _, c := range captures(t) {
		t.Run(c.ID, func(t *testing.T) {
			of := c.cloud()
			m := &Machine{VCPU: c.VCPU, MemoryMiB: c.NominalMiB, InterfacePods: c.interfacePods()}
			got := of.Reserved(m, c.Pods)
			memory := got.MemoryMiB + got.EvictionMiB
			if c.Cluster == "aks_before_1_29" {
				memory = c.history()
			}
			if memory != c.ReservedMiB {
				t.Errorf("memory: the rule keeps %d MiB, the node %d", memory, c.ReservedMiB)
			}
			if kept := ceilDiv(c.CapacityKi-c.AllocatableKi, 1024); kept != c.ReservedMiB && (c.Precision == "" || kept != c.ReservedMiB+1) {
				t.Errorf("the row says %d MiB, its own figures %d", c.ReservedMiB, kept)
			}
			kept := c.VCPU*1000 - c.AllocatableCPU
			if want, exception := cpuExceptions[c.ID]; exception {
				named++
				if kept != want {
					t.Errorf("CPU: the node keeps %dm, its exception says %dm", kept, want)
				}
				return
			}
			if kept != got.CPUMillicores {
				t.Errorf("CPU: the rule keeps %dm, the node %dm", got.CPUMillicores, kept)
			}
		})
	}
	if named != len(cpuExceptions) {
		t.Errorf("%d of %d exceptions are captured nodes", named, len(cpuExceptions))
	}
}

// What a node really allocates must not be less than what is counted on, and
// not so much more that nodes are bought for nothing.
func TestAllocatableMemoryOfTheCatalogue(t *testing.T) {
	held := 0
	for _, c := range captures(t) {
		m, ok := FindMachine(c.cloud().Name(), c.Machine)
		if !ok || c.Cluster == "aks_before_1_29" {
			continue
		}
		held++
		t.Run(c.ID, func(t *testing.T) {
			ours, theirs := NodeOf(c.cloud(), m, c.Pods).AllocatableMemoryMiB, c.AllocatableKi/1024
			below := max(614, theirs*14/1000)
			if ours > theirs+1 || ours < theirs-below {
				t.Errorf("ours is %d MiB, the node's %d", ours, theirs)
			}
		})
	}
	if held != 133 {
		t.Errorf("%d captured nodes are of the catalogue, not 133", held)
	}
}
