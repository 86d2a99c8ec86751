// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"fmt"
	"maps"
	"math/big"
	"testing"
)

// oneKind is a request for 100 users on gcp with one kind.
func oneKind(name string, k WorkspaceKind) Request {
	return onGCP(kinds(map[string]WorkspaceKind{name: k}))
}

// plain is what the kinds request where that is not the matter.
func plain() KindRequests { return kindRequests("1", "4") }

func TestFaultsOfKinds(t *testing.T) {
	alter := func(change func(*WorkspaceKind)) WorkspaceKind {
		k := share("20", plain())
		change(&k)
		return k
	}
	many := map[string]WorkspaceKind{}
	for i := range 21 {
		many[fmt.Sprintf("kind%d", i)] = fixed(1, plain())
	}
	fewer := maps.Clone(many)
	delete(fewer, "kind0")
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"21 kinds": {onGCP(kinds(many)), []string{
			"Too Many Kinds of Workspaces | workspace_kinds: workspace_kinds has 21 kinds. At most 20 are sized: each is a node pool of its own. Put alike ones together.",
		}},
		"a null element": {oneKind("large", WorkspaceKind{}), []string{
			`Incomplete Kind of Workspaces | workspace_kinds["large"].requests: workspace_kinds["large"].requests is missing. State what one workspace of this kind requests: cpu in vCPU and memory_gib in GiB.`,
			`Share of a Kind | workspace_kinds["large"]: workspace_kinds["large"] states neither workspaces nor percent. State one of them: how many run at once, or their share of the rest.`,
		}},
		"request where requests is meant, which Terraform drops": {oneKind("large", share("20", KindRequests{})), []string{
			`Incomplete Kind of Workspaces | workspace_kinds["large"].requests: workspace_kinds["large"].requests is missing. State what one workspace of this kind requests: cpu in vCPU and memory_gib in GiB.`,
		}},
		"requests without cpu": {oneKind("large", share("20", KindRequests{MemoryGiB: Count(4)})), []string{
			`Incomplete Kind of Workspaces | workspace_kinds["large"].requests: workspace_kinds["large"].requests.cpu is missing. State what one workspace of this kind requests, in vCPU.`,
		}},
		"requests without memory_gib": {oneKind("large", share("20", KindRequests{CPU: Count(1), GPUs: Count(0)})), []string{
			`Incomplete Kind of Workspaces | workspace_kinds["large"].requests: workspace_kinds["large"].requests.memory_gib is missing. State what one workspace of this kind requests, in GiB.`,
		}},
		"requests of volumes alone": {oneKind("large", share("20", KindRequests{Volumes: Count(1)})), []string{
			`Incomplete Kind of Workspaces | workspace_kinds["large"].requests: workspace_kinds["large"].requests.cpu is missing. State what one workspace of this kind requests, in vCPU.`,
			`Incomplete Kind of Workspaces | workspace_kinds["large"].requests: workspace_kinds["large"].requests.memory_gib is missing. State what one workspace of this kind requests, in GiB.`,
		}},
		"neither workspaces nor percent": {oneKind("large", WorkspaceKind{Requests: plain()}), []string{
			`Share of a Kind | workspace_kinds["large"]: workspace_kinds["large"] states neither workspaces nor percent. State one of them: how many run at once, or their share of the rest.`,
		}},
		"both, and nothing is told that only follows": {
			onGCP(kinds(map[string]WorkspaceKind{
				"large": alter(func(k *WorkspaceKind) { k.Workspaces, k.Percent = Count(1000), Count(60) }), "rest": share("60", plain()),
			})), []string{
				`Share of a Kind | workspace_kinds["large"]: workspace_kinds["large"] states both workspaces and percent. State one of them: how many run at once, or their share of the rest.`,
			},
		},
		"numbers": {oneKind("large", WorkspaceKind{
			Workspaces: Count(-1), Requests: KindRequests{Count(0), Decimal("0.1"), Decimal("0.5"), Count(-1)},
			Limits: WorkspaceLimits{Count(0), Count(-1)}, NodeAllocatable: MeasuredAllocatable{Count(0), Count(0)},
		}), []string{
			`Invalid Count | workspace_kinds["large"].workspaces: workspace_kinds["large"].workspaces is -1. It must be a whole number from 0 to 1000000000.`,
			`Invalid Amount | workspace_kinds["large"].requests.cpu: workspace_kinds["large"].requests.cpu is 0. It must be above 0 and at most 1000000000 vCPU; fractions are fine.`,
			`Workspace Memory Below the Agent's Own | workspace_kinds["large"].requests.memory_gib: workspace_kinds["large"].requests.memory_gib is 0.1, and the agent in a workspace needs 0.125 GiB by itself. Set it to 0.125 or more.`,
			`Invalid Count | workspace_kinds["large"].requests.volumes: workspace_kinds["large"].requests.volumes is 0.5. It must be a whole number from 0 to 1000000000.`,
			`Invalid Count | workspace_kinds["large"].requests.gpus: workspace_kinds["large"].requests.gpus is -1. It must be a whole number from 0 to 1000000000.`,
			`Invalid Amount | workspace_kinds["large"].limits.cpu: workspace_kinds["large"].limits.cpu is 0. It must be above 0 and at most 1000000000 vCPU; fractions are fine.`,
			`Invalid Amount | workspace_kinds["large"].limits.memory_gib: workspace_kinds["large"].limits.memory_gib is -1. It must be above 0 and at most 1000000000 GiB; fractions are fine.`,
			`Invalid Count | workspace_kinds["large"].node_allocatable.cpu_millicores: workspace_kinds["large"].node_allocatable.cpu_millicores is 0. It must be a whole number from 1 to 1000000000.`,
			`Invalid Count | workspace_kinds["large"].node_allocatable.memory_mib: workspace_kinds["large"].node_allocatable.memory_mib is 0. It must be a whole number from 1 to 1000000000.`,
		}},
		"20 kinds": {onGCP(kinds(fewer)), nil},
		"no percent": {oneKind("large", share("0", plain())), []string{
			`Invalid Percentage | workspace_kinds["large"].percent: workspace_kinds["large"].percent is 0. It must be above 0 and at most 100; fractions are fine, to six decimals.`,
		}},
		"a percentage that rounds to none": {oneKind("large", share("0.0000004", plain())), []string{
			`Invalid Percentage | workspace_kinds["large"].percent: workspace_kinds["large"].percent is 4e-07. It must be above 0 and at most 100; fractions are fine, to six decimals.`,
		}},
		"a percentage that rounds to more than all": {oneKind("large", share("100.0000005", plain())), []string{
			`Invalid Percentage | workspace_kinds["large"].percent: workspace_kinds["large"].percent is 100.0000005. It must be above 0 and at most 100; fractions are fine, to six decimals.`,
		}},
		"a negative percentage": {oneKind("large", share("-20", plain())), []string{
			`Invalid Percentage | workspace_kinds["large"].percent: workspace_kinds["large"].percent is -20. It must be above 0 and at most 100; fractions are fine, to six decimals.`,
		}},
		"infinitely many percent": {oneKind("large", alter(func(k *WorkspaceKind) { k.Percent = Known(new(big.Float).SetInf(false)) })), []string{
			`Invalid Percentage | workspace_kinds["large"].percent: workspace_kinds["large"].percent is +Inf. It must be above 0 and at most 100; fractions are fine, to six decimals.`,
		}},
		"more percent than all": {onGCP(kinds(map[string]WorkspaceKind{"a": share("60", plain()), "b": share("40.001001", plain())})), []string{
			"More Than Everybody | workspace_kinds: The percent of all kinds in workspace_kinds add up to 100.001001. They must be at most 100: lower some.",
		}},
		"more workspaces than run": {onGCP(kinds(map[string]WorkspaceKind{"a": fixed(60, plain()), "b": fixed(41, plain())})), []string{
			"More Workspaces Than Run | workspace_kinds: The workspaces of all kinds in workspace_kinds add up to 101, and fewer run at once. Lower some, or raise concurrent_workspaces.",
		}},
		"more workspaces than stated": {
			onGCP(func(r *Request) {
				kinds(map[string]WorkspaceKind{"a": fixed(60, plain())})(r)
				r.ConcurrentWorkspaces = Count(50)
			}), []string{
				"More Workspaces Than Run | workspace_kinds: The workspaces of all kinds in workspace_kinds add up to 60, and 50 run at once. Lower some, or raise concurrent_workspaces.",
			},
		},
		"more workspaces than 60 percent": {on("gcp", "2026-01", 100, kinds(map[string]WorkspaceKind{"a": fixed(61, plain())})), []string{
			"More Workspaces Than Run | workspace_kinds: The workspaces of all kinds in workspace_kinds add up to 61, and fewer run at once. Lower some, or raise concurrent_workspaces.",
		}},
		"GPUs of no machine": {oneKind("gpu", alter(func(k *WorkspaceKind) { k.Requests.GPUs = Count(1) })), []string{
			`GPUs Without Machine Type | workspace_kinds["gpu"].requests.gpus: workspace_kinds["gpu"].requests.gpus is 1, and machine_type is left out: no edition names a machine with GPUs. Set machine_type to one that has them.`,
		}},
		"GPUs of no machine of the kind's own": {onGCP(func(r *Request) {
			r.MachineTypes.Workspace = Known("g2-standard-4")
			r.WorkspaceKinds = Known(map[string]WorkspaceKind{"gpu": alter(func(k *WorkspaceKind) { k.Requests.GPUs = Count(1) })})
		}), []string{
			`GPUs Without Machine Type | workspace_kinds["gpu"].requests.gpus: workspace_kinds["gpu"].requests.gpus is 1, and machine_type is left out: no edition names a machine with GPUs. Set machine_type to one that has them.`,
		}},
		"more GPUs than the machine has": {oneKind("gpu", alter(func(k *WorkspaceKind) {
			k.Requests.GPUs, k.MachineType = Count(2), Known("g2-standard-4")
		})), []string{
			`Too Few GPUs | workspace_kinds["gpu"].requests.gpus: workspace_kinds["gpu"].requests.gpus is 2, and a g2-standard-4 has 1. Choose a machine_type with more, or lower it.`,
		}},
		"a machine without GPUs": {oneKind("gpu", alter(func(k *WorkspaceKind) {
			k.Requests.GPUs, k.MachineType = Count(1), Known("n2-standard-8")
		})), []string{
			`Too Few GPUs | workspace_kinds["gpu"].requests.gpus: workspace_kinds["gpu"].requests.gpus is 1, and a n2-standard-8 has 0. Choose a machine_type with more, or lower it.`,
		}},
		"a machine nobody sells": {oneKind("large", alter(func(k *WorkspaceKind) { k.MachineType = Known("n2-standard-9") })), []string{
			`Unknown Machine Type | workspace_kinds["large"].machine_type: workspace_kinds["large"].machine_type is "n2-standard-9", which the catalogue of machine types does not know. The nearest names are "n2-standard-2", "n2-standard-4", "n2-standard-8". If it is a type that the cloud sells, state it in machine_specs.`,
		}},
		"a machine of another cloud": {oneKind("large", alter(func(k *WorkspaceKind) { k.MachineType = Known("m5.2xlarge") })), []string{
			`Machine Type of Another Cloud | workspace_kinds["large"].machine_type: workspace_kinds["large"].machine_type is "m5.2xlarge", a machine type of aws, and cloud is "gcp". Choose a machine type of gcp, such as "e2-standard-8".`,
		}},
		"limits below the requests": {oneKind("large", alter(func(k *WorkspaceKind) { k.Limits = WorkspaceLimits{Decimal("0.9995"), Decimal("3.5")} })), []string{
			`Limit Below Its Request | workspace_kinds["large"].limits.memory_gib: workspace_kinds["large"].limits.memory_gib comes to 3584 MiB, and a workspace requests 4096. Set it to what is requested or more, or leave it out.`,
		}},
		"limits below what a workspace requests by default": {onGCP(func(r *Request) {
			r.WorkspaceLimits = WorkspaceLimits{Decimal("0.499"), Decimal("1.999")}
		}), []string{
			"Limit Below Its Request | workspace_limits.cpu: workspace_limits.cpu comes to 499 millicores, and a workspace requests 500. Set it to what is requested or more, or leave it out.",
			"Limit Below Its Request | workspace_limits.memory_gib: workspace_limits.memory_gib comes to 2047 MiB, and a workspace requests 2048. Set it to what is requested or more, or leave it out.",
		}},
		"limits of nothing": {onGCP(func(r *Request) { r.WorkspaceLimits = WorkspaceLimits{Count(0), Count(1_000_000_001)} }), []string{
			"Invalid Amount | workspace_limits.cpu: workspace_limits.cpu is 0. It must be above 0 and at most 1000000000 vCPU; fractions are fine.",
			"Invalid Amount | workspace_limits.memory_gib: workspace_limits.memory_gib is 1000000001. It must be above 0 and at most 1000000000 GiB; fractions are fine.",
		}},
		"measured above the machine": {oneKind("large", alter(func(k *WorkspaceKind) {
			k.MachineType, k.NodeAllocatable = Known("n2-standard-8"), MeasuredAllocatable{Count(8001), Count(32_769)}
		})), []string{
			`Measured Node Larger Than Its Machine | workspace_kinds["large"].node_allocatable.cpu_millicores: workspace_kinds["large"].node_allocatable.cpu_millicores is 8001, and a n2-standard-8 has 8000. Give what a node of this machine type reports as allocatable.`,
			`Measured Node Larger Than Its Machine | workspace_kinds["large"].node_allocatable.memory_mib: workspace_kinds["large"].node_allocatable.memory_mib is 32769, and a n2-standard-8 has 32768 MiB. Give what a node of this machine type reports as allocatable: its Ki divided by 1024, rounded down.`,
		}},
		"measured without a type": {on("gcp", "2026-01", 100, kinds(map[string]WorkspaceKind{
			"large": alter(func(k *WorkspaceKind) { k.NodeAllocatable.MemoryMiB = Count(28_000) }),
		})), []string{
			`Measured Node Without Machine Type | workspace_kinds["large"].node_allocatable: workspace_kinds["large"].node_allocatable describes a node of one machine type, and edition 2026-01 names none for workspaces. Set workspace_kinds["large"].machine_type to the type of the measured node.`,
		}},
		"every kind by its name, in order": {onGCP(kinds(map[string]WorkspaceKind{
			"b": share("0", plain()), "a": share("101", plain()), "c": fixed(1, plain()),
		})), []string{
			`Invalid Percentage | workspace_kinds["a"].percent: workspace_kinds["a"].percent is 101. It must be above 0 and at most 100; fractions are fine, to six decimals.`,
			`Invalid Percentage | workspace_kinds["b"].percent: workspace_kinds["b"].percent is 0. It must be above 0 and at most 100; fractions are fine, to six decimals.`,
		}},
	} {
		t.Run(name, func(t *testing.T) { checkFaults(t, test.request, test.want) })
	}
}

// The key of a kind names a node pool, by the cloud's own rule; while the cloud
// is unknown by what any cloud takes.
func TestNamesOfKinds(t *testing.T) {
	const rule, azureRule = "lower-case letters, digits and hyphens, not at the end, at most 20 characters", "lower-case letters and digits, at most 12 characters"
	for _, test := range []struct {
		name           string
		allowed, azure bool
	}{
		{"l", true, true},
		{"gpu2", true, true},
		{"a23456789012", true, true},
		{"a234567890123", true, false},
		{"a2345678901234567890", true, false},
		{"a23456789012345678901", false, false},
		{"large-1", true, false},
		{"large-", false, false},
		{"", false, false},
		{"Large", false, false},
		{"1large", false, false},
		{"-large", false, false},
		{"large_1", false, false},
		{"größer", false, false},
	} {
		for _, cloud := range []string{"gcp", "aws", "azure", ""} {
			allowed, allows := test.allowed, rule
			if cloud == "azure" {
				allowed, allows = test.azure, azureRule
			}
			var want []string
			if path := fmt.Sprintf("workspace_kinds[%q]", test.name); !allowed {
				want = []string{"Invalid Name of a Kind | " + path + ": " + path + " names a node pool: a lower-case letter, then " + allows + ". Choose such a name."}
			}
			checkFaults(t, kindOn(cloud, test.name), want)
		}
	}
	for _, name := range []string{"coderd", "provisioner", "workspace", "workspace-proxy", "system"} {
		for _, cloud := range []string{"gcp", "aws", "azure", ""} {
			path := fmt.Sprintf("workspace_kinds[%q]", name)
			checkFaults(t, kindOn(cloud, name), []string{
				"Invalid Name of a Kind | " + path + ": " + path + " has the name of a pool that a fleet has anyway. Choose another name.",
			})
		}
	}
}

// kindOn is a request with a kind of this name, on an unknown cloud where none
// is given.
func kindOn(cloud, name string) Request {
	r := oneKind(name, share("20", plain()))
	r.Cloud = Known(cloud)
	if cloud == "" {
		r.Cloud = Unknown[string]()
	}
	return r
}
