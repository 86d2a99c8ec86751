// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"fmt"
	"math/big"
	"testing"
)

// spec is a stated machine of 8 vCPU and 32 GiB, changed.
func spec(change func(*MachineSpec)) MachineSpec {
	s := MachineSpec{VCPU: Count(8), MemoryGiB: Count(32)}
	if change != nil {
		change(&s)
	}
	return s
}

func specs(name string, s MachineSpec) func(*Request) {
	return func(r *Request) { r.MachineSpecs = Known(map[string]MachineSpec{name: s}) }
}

// A stated type is judged also where nothing names it, by its name.
func TestFaultsOfMachineSpecs(t *testing.T) {
	stated := func(change func(*MachineSpec)) Request { return onGCP(specs("n9-standard-8", spec(change))) }
	const at = `machine_specs["n9-standard-8"]`
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"a null element": {onGCP(specs("n9-standard-8", MachineSpec{})), []string{
			"Incomplete Machine Type | " + at + ".vcpu: " + at + ".vcpu is missing. State the vCPU of the machine type, a whole number from 1 to 10000.",
			"Incomplete Machine Type | " + at + ".memory_gib: " + at + ".memory_gib is missing. State the memory of the machine type in GiB, above 0 and at most 1000000.",
		}},
		"the largest": {stated(func(s *MachineSpec) { s.VCPU, s.MemoryGiB = Count(10_000), Count(1_000_000) }), nil},
		"no name": {onGCP(specs("", MachineSpec{VCPU: Count(8), MemoryGiB: Count(32)})), []string{
			`Invalid Machine Type | machine_specs[""]: machine_specs[""] is no name of a machine type. Write it as the cloud does.`,
		}},
		"a blank name": {onGCP(specs(" ", MachineSpec{VCPU: Count(8), MemoryGiB: Count(32)})), []string{
			`Invalid Machine Type | machine_specs[" "]: machine_specs[" "] is no name of a machine type. Write it as the cloud does.`,
		}},
		"no vCPU":       {stated(func(s *MachineSpec) { s.VCPU = Count(0) }), []string{"Invalid Machine Type | " + at + ".vcpu: " + at + ".vcpu is 0. It must be a whole number from 1 to 10000."}},
		"half a vCPU":   {stated(func(s *MachineSpec) { s.VCPU = Decimal("0.5") }), []string{"Invalid Machine Type | " + at + ".vcpu: " + at + ".vcpu is 0.5. It must be a whole number from 1 to 10000."}},
		"too many vCPU": {stated(func(s *MachineSpec) { s.VCPU = Count(10_001) }), []string{"Invalid Machine Type | " + at + ".vcpu: " + at + ".vcpu is 10001. It must be a whole number from 1 to 10000."}},
		"no memory":     {stated(func(s *MachineSpec) { s.MemoryGiB = Count(0) }), []string{"Invalid Machine Type | " + at + ".memory_gib: " + at + ".memory_gib is 0. It must be above 0 and at most 1000000 GiB; fractions are fine."}},
		"too much memory": {stated(func(s *MachineSpec) { s.MemoryGiB = Decimal("1000000.001") }), []string{
			"Invalid Machine Type | " + at + ".memory_gib: " + at + ".memory_gib is 1000000.001. It must be above 0 and at most 1000000 GiB; fractions are fine.",
		}},
		"infinite memory": {stated(func(s *MachineSpec) { s.MemoryGiB = Known(new(big.Float).SetInf(false)) }), []string{
			"Invalid Machine Type | " + at + ".memory_gib: " + at + ".memory_gib is +Inf. It must be above 0 and at most 1000000 GiB; fractions are fine.",
		}},
		"another architecture": {stated(func(s *MachineSpec) { s.Architecture = Known("x86_64") }), []string{
			"Unknown Architecture | " + at + ".architecture: " + at + `.architecture is "x86_64". It must be "amd64" or "arm64".`,
		}},
		"half a GPU":      {stated(func(s *MachineSpec) { s.GPUs = Decimal("0.5") }), []string{"Invalid Count | " + at + ".gpus: " + at + ".gpus is 0.5. It must be a whole number from 0 to 1000000000."}},
		"fewer than none": {stated(func(s *MachineSpec) { s.MaxVolumes = Count(-1) }), []string{"Invalid Count | " + at + ".max_volumes: " + at + ".max_volumes is -1. It must be a whole number from 0 to 1000000000."}},
		"half a pod":      {stated(func(s *MachineSpec) { s.MaxPods = Decimal("8.5") }), []string{"Invalid Count | " + at + ".max_pods: " + at + ".max_pods is 8.5. It must be a whole number from 1 to 1000000000."}},
		"all of it at once, named or not": {onGCP(func(r *Request) {
			specs("n9-standard-8", MachineSpec{Count(-1), Count(-1), Known(""), Known(true), Count(-1), Count(-1), Count(-1)})(r)
			r.MachineTypes.Workspace = Known("n9-standard-8")
		}), []string{
			"Invalid Machine Type | " + at + ".vcpu: " + at + ".vcpu is -1. It must be a whole number from 1 to 10000.",
			"Invalid Machine Type | " + at + ".memory_gib: " + at + ".memory_gib is -1. It must be above 0 and at most 1000000 GiB; fractions are fine.",
			"Unknown Architecture | " + at + ".architecture: " + at + `.architecture is "". It must be "amd64" or "arm64".`,
			"Invalid Count | " + at + ".gpus: " + at + ".gpus is -1. It must be a whole number from 0 to 1000000000.",
			"Invalid Count | " + at + ".max_volumes: " + at + ".max_volumes is -1. It must be a whole number from 0 to 1000000000.",
			"Invalid Count | " + at + ".max_pods: " + at + ".max_pods is -1. It must be a whole number from 1 to 1000000000.",
		}},
		"the pod limit of a stated machine is the cloud's": {on("aws", "2024-03", 100, func(r *Request) {
			specs("m9i.2xlarge", spec(nil))(r)
			r.MachineTypes.Workspace, r.MaxPodsPerNode = Known("m9i.2xlarge"), Count(111)
		}), []string{
			"Invalid Pod Limit | max_pods_per_node: max_pods_per_node is 111. The pod limit of a node of m9i.2xlarge on EKS can be set from 1 to 110.",
		}},
		"measured above a stated machine": {onGCP(func(r *Request) {
			specs("n9-standard-8", spec(nil))(r)
			r.MachineTypes.Workspace = Known("n9-standard-8")
			r.WorkspaceNodeAllocatable = MeasuredAllocatable{CPUMillicores: Count(8001)}
		}), []string{
			"Measured Node Larger Than Its Machine | workspace_node_allocatable.cpu_millicores: workspace_node_allocatable.cpu_millicores is 8001, and a n9-standard-8 has 8000. Give what a node of this machine type reports as allocatable.",
		}},
		"a stated machine too small for coderd": {on("gcp", "2026-01", 100, func(r *Request) {
			specs("n9-standard-2", MachineSpec{VCPU: Count(2), MemoryGiB: Count(8)})(r)
			r.MachineTypes.Coderd = Known("n9-standard-2")
		}), []string{
			`Pod Fits No Node | machine_types.coderd: machine_types.coderd is "n9-standard-2". A coderd pod needs 2000 millicores and 8192 MiB, more than a node of n9-standard-2 has: beside what GKE keeps and every node runs (node_overhead), there is room for 1689 millicores, 5579 MiB and 105 pods. Choose a larger machine type.`,
		}},
		"a name near a stated one": {onGCP(func(r *Request) {
			specs("n9-standard-8", spec(nil))(r)
			r.MachineTypes.Workspace = Known("n9-standard-9")
		}), []string{
			`Unknown Machine Type | machine_types.workspace: machine_types.workspace is "n9-standard-9", which the catalogue of machine types does not know. The nearest names are "n1-standard-1", "n1-standard-2", "n1-standard-4". If it is a type that the cloud sells, state it in machine_specs.`,
		}},
	} {
		t.Run(name, func(t *testing.T) { checkFaults(t, test.request, test.want) })
	}
}

// The pods that a stated machine may have are the cloud's; while the cloud is
// unknown nothing is said of them.
func TestStatedPods(t *testing.T) {
	for cloud, bounds := range map[string][2]int64{"gcp": {8, 256}, "azure": {10, 250}, "aws": {1, 737}} {
		for pods, allowed := range map[int64]bool{bounds[0]: true, bounds[1]: true, bounds[0] - 1: false, bounds[1] + 1: false} {
			r := on(cloud, "2024-03", 100, specs("x", spec(func(s *MachineSpec) { s.MaxPods = Count(pods) })))
			var want []string
			switch {
			case pods == 0:
				want = []string{`Invalid Count | machine_specs["x"].max_pods: machine_specs["x"].max_pods is 0. It must be a whole number from 1 to 1000000000.`}
			case !allowed:
				want = []string{fmt.Sprintf(`Invalid Machine Type | machine_specs["x"].max_pods: machine_specs["x"].max_pods is %d. It must be a whole number from %d to %d on %s.`, pods, bounds[0], bounds[1], cloud)}
			}
			checkFaults(t, r, want)
			if pods > 0 {
				r.Cloud = Unknown[string]()
				checkFaults(t, r, nil)
			}
		}
	}
}
