// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
)

// packing asks for pods of half a vCPU and 2 GiB on a machine.
func packing(cloudName, machine string) PackingQuestion {
	return PackingQuestion{Known(cloudName), Known(machine), Count(500), Count(2048), Number{}}
}

func TestAlternatives(t *testing.T) {
	for _, test := range []struct {
		cloud, machine string
		with, without  []string
	}{
		{"aws", "m5.2xlarge", []string{"m6i.2xlarge", "m7i.2xlarge"}, []string{"m5.2xlarge", "t3.2xlarge", "m7g.2xlarge", "c5.2xlarge", "m5.4xlarge"}},
		{"gcp", "n2-standard-8", []string{"n2d-standard-8"}, []string{"n2-standard-8", "n2-standard-16", "n2-highmem-8", "t2a-standard-8"}},
		{"azure", "Standard_D8s_v5", []string{"Standard_D8as_v5"}, []string{"Standard_D8s_v5", "Standard_B8ms", "Standard_D8ps_v5", "Standard_E8s_v5"}},
		{"aws", "t3.2xlarge", []string{"m5.2xlarge"}, []string{"t3.2xlarge"}}, // burstable only where it is
	} {
		types, known, faults := MachineTypeAlternatives(packing(test.cloud, test.machine))
		if !known || len(faults) > 0 {
			t.Fatal(faults)
		}
		for _, name := range test.with {
			if !slices.Contains(types, name) {
				t.Errorf("%s: %s is missing in %v", test.machine, name, types)
			}
		}
		for _, name := range test.without {
			if slices.Contains(types, name) {
				t.Errorf("%s: %s is in %v", test.machine, name, types)
			}
		}
	}
	question := packing("gcp", "n2-standard-8")
	question.MemoryMiB = Unknown[*big.Float]()
	if types, known, faults := MachineTypeAlternatives(question); types != nil || known || len(faults) > 0 {
		t.Errorf("an unknown request is answered %v, %v", types, faults)
	}
	_, _, faults := MachineTypeAlternatives(packing("gcp", "n2-standard-9"))
	if len(faults) != 1 || faults[0].Error() != `machine_type: machine_type is "n2-standard-9", which the catalogue of machine types does not know. The nearest names are "n2-standard-2", "n2-standard-4", "n2-standard-8".` {
		t.Errorf("got %v", faults)
	}
}

// By memory, then name, each once.
func TestAlternativesAreInOrder(t *testing.T) {
	types, _, _ := MachineTypeAlternatives(packing("aws", "m5.2xlarge"))
	last := &cloud.Machine{}
	for _, name := range types {
		m, ok := cloud.FindMachine(cloud.AWS, name)
		if !ok || m.MemoryMiB < last.MemoryMiB || m.MemoryMiB == last.MemoryMiB && m.Name <= last.Name {
			t.Errorf("%s after %s", name, last.Name)
		}
		last = m
	}
	if len(types) < 2 {
		t.Errorf("got %v", types)
	}
}

// With any alternative in the type's place and the same request no count grows.
func TestNoCountGrowsWithAnAlternative(t *testing.T) {
	for _, edition := range everyEdition(t) {
		t.Run(edition.ID, func(t *testing.T) {
			compared := 0
			rapid.Check(t, func(t *rapid.T) {
				r := anyLoads(t, edition).of(anyRequest(t, edition))
				if r.WorkspaceRequest.CPU.IsLeftOut() {
					r.WorkspaceRequest = WorkspaceRequest{CPU: Decimal("0.5"), MemoryGiB: Count(2)}
				}
				machine := rapid.SampledFrom(typesOf()[r.Cloud.value].all).Draw(t, "machine")
				r.MachineTypes.Workspace, r.NodeOverhead = Known(machine), NodeOverhead{}
				f, _ := Size(r)
				if f == nil {
					return
				}
				pod := f.Workspace.PodRequest
				types, _, faults := MachineTypeAlternatives(PackingQuestion{r.Cloud, Known(machine), Count(pod.CPUMillicores), Count(pod.MemoryMiB), r.MaxPodsPerNode})
				if len(faults) > 0 || len(types) == 0 {
					return
				}
				r.MachineTypes.Workspace = Known(rapid.SampledFrom(types).Draw(t, "alternative"))
				g, faults := Size(r)
				if g == nil {
					t.Fatalf("%s is no alternative of %s: %v", r.MachineTypes.Workspace.value, machine, faults)
				}
				compared++
				if w, instead := f.Workspace, g.Workspace; instead.NodeCount > w.NodeCount || instead.MaxNodeCount > w.MaxNodeCount || instead.MinNodeCount > w.MinNodeCount {
					t.Fatalf("%s instead of %s", poolLine(instead), poolLine(w))
				}
			})
			if compared < 5 {
				t.Errorf("only %d were compared", compared)
			}
		})
	}
}
