// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"math/big"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The fuzz targets send what a configuration might hold through the calls of
// the protocol. Every argument is a text: "" is null, "?" unknown, else the
// value; what no value of its type can be is null.

func fuzzed(text string, kind tftypes.Type) any {
	switch {
	case text == "":
		return nil
	case text == "?":
		return unknown{}
	case kind.Is(tftypes.String):
		return text
	case kind.Is(tftypes.Bool):
		return text == "true"
	}
	n, _, err := big.ParseFloat(text, 10, numberPrecision, big.ToNearestEven)
	if err != nil || n.IsInf() || n.MantExp(nil) > 5000 || n.MantExp(nil) < -5000 {
		return nil // Terraform has no such number, or takes its time to write it
	}
	return n
}

// fuzzArguments are the arguments of a sizing in the order in which a target
// gets them.
var fuzzArguments = []string{
	"users", "cloud", "edition", "high_availability", "concurrent_workspaces", "concurrent_builds", "api_rps", "zones",
	"workspace_request.cpu", "workspace_request.memory_gib", "workspace_request.volumes",
	"machine_types.coderd", "machine_types.provisioner", "machine_types.workspace",
	"packing", "max_pods_per_node", "node_overhead.cpu_millicores", "node_overhead.memory_mib", "node_overhead.pods",
	"workspace_node_allocatable.cpu_millicores", "workspace_node_allocatable.memory_mib",
	"colocate_provisioners", "proxy_regions", "beyond_range",
}

// fuzzedConfiguration sets arguments by their paths, of which a part may be the
// key of a map. An object or a map is there where one of its parts is.
func fuzzedConfiguration(t testing.TB, dataSource string, paths [][]string, texts []string) values {
	t.Helper()
	given := values{}
	for i, text := range texts {
		var of tftypes.Type = typeOf(t, dataSource)
		for _, step := range paths[i] {
			switch within := of.(type) {
			case tftypes.Object:
				of = within.AttributeTypes[step]
			case tftypes.Map:
				of = within.ElementType
			}
		}
		value := fuzzed(text, of)
		if value == nil {
			continue
		}
		within := given
		for _, step := range paths[i][:len(paths[i])-1] {
			if within[step] == nil {
				within[step] = values{}
			}
			within = within[step].(values)
		}
		within[paths[i][len(paths[i])-1]] = value
	}
	return given
}

// fuzzPaths are the paths of arguments: each * is the next of the keys.
func fuzzPaths(arguments []string, keys map[string]string) [][]string {
	paths := make([][]string, len(arguments))
	for i, argument := range arguments {
		paths[i] = strings.Split(argument, ".")
		for j, step := range paths[i] {
			if step == "*" {
				paths[i][j] = keys[paths[i][0]]
			}
		}
	}
	return paths
}

func hasUnknown(given values) bool {
	for _, value := range given {
		switch value := value.(type) {
		case unknown:
			return true
		case values:
			if hasUnknown(value) {
				return true
			}
		}
	}
	return false
}

// quoted is what a message repeats of the configuration: a user may write
// anything.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// blamesProvider finds the framework's words for a mistake of the provider
// ("Please report this to the provider developers"), and Go's for a format
// that does not fit its arguments.
var blamesProvider = regexp.MustCompile(`[Rr]eport (this|the following) to the provider|%!`)

// checkTold holds what users are told against what they can act on.
func checkTold(t *testing.T, diagnostics []*tfprotov6.Diagnostic) {
	t.Helper()
	for _, d := range diagnostics {
		text := quoted.ReplaceAllString(d.Summary+": "+d.Detail, "")
		if d.Attribute == nil || d.Summary == "" || d.Detail == "" || blamesProvider.MatchString(text) {
			t.Errorf("nobody can act on %q", text)
		}
	}
}

// count is an attribute that is a whole number.
func count(t *testing.T, in any, path ...any) int64 {
	t.Helper()
	text, ok := lookup(t, in, path...).(decimalText)
	n, parsed := new(big.Int).SetString(string(text), 10)
	if !ok || !parsed || !n.IsInt64() || n.Sign() < 0 {
		t.Fatalf("%v is no count: %v", path, lookup(t, in, path...))
	}
	return n.Int64()
}

// checkLaws holds a state against what every answer owes.
func checkLaws(t *testing.T, state values) {
	t.Helper()
	nodes, zones := int64(0), count(t, state, "zones")
	regions := int64(0)
	if state["proxy_regions"] != nil {
		regions = count(t, state, "proxy_regions")
	}
	pools := maps.Clone(state["workspace_pools"].(values))
	for _, role := range []string{"coderd", "provisioner", "workspace"} {
		pools[role] = state[role]
	}
	if state["workspace_proxy"] != nil {
		pools["workspace_proxy"] = state["workspace_proxy"]
	}
	workspaces := int64(0)
	for role, pool := range pools {
		_, isKind := state["workspace_pools"].(values)[role]
		n, each, pods := count(t, pool, "node_count"), count(t, pool, "pods_per_node"), count(t, pool, "pods")
		if n*each < pods {
			t.Errorf("%s: %d nodes of %d do not hold %d pods", role, n, each, pods)
		}
		if least, most := count(t, pool, "min_node_count"), count(t, pool, "max_node_count"); least > n || n > most {
			t.Errorf("%s: %d nodes are not between %d and %d", role, n, least, most)
		}
		if count(t, pool, "node_count_per_zone")*zones < n {
			t.Errorf("%s: the zones do not hold %d nodes", role, n)
		}
		if isKind || role == "workspace" {
			workspaces += pods
		}
		if (isKind || state["packing"] == "schedulable" && role == "workspace") && count(t, pool, "schedulable_pods_per_node") < each {
			t.Errorf("Kubernetes does not place %d workspaces on a node", each)
		}
		if role == "workspace_proxy" {
			n *= regions
		}
		nodes += n
	}
	if got := count(t, state, "totals", "node_count"); got != nodes {
		t.Errorf("totals count %d nodes of %d", got, nodes)
	}
	if peak := count(t, state, "peak", "node_count"); peak < nodes {
		t.Errorf("at its peak there are %d nodes of %d", peak, nodes)
	}
	if running := count(t, state, "concurrent_workspaces"); workspaces < running {
		t.Errorf("%d of %d workspaces have no pool", running-workspaces, running)
	}
	if published, sold := lookup(t, state, "database", "published", "storage_gb"), count(t, state, "database", "storage_gb"); published != nil && sold < count(t, state, "database", "published", "storage_gb") {
		t.Errorf("the database stores %d GB of %v", sold, published)
	}
	for _, line := range strings.Split(state["summary"].(string), "\n") {
		if len([]rune(line)) > 100 {
			t.Errorf("a line of the summary is too long: %q", line)
		}
	}
	seen := map[any]bool{}
	for _, warning := range state["warnings"].([]any) {
		code, message := lookup(t, warning, "code"), lookup(t, warning, "message")
		if seen[code] || message == "" {
			t.Errorf("the warning %v is told twice or says nothing", code)
		}
		seen[code] = true
	}
	if state["in_validated_range"] == seen["beyond_validated_range"] {
		t.Errorf("in_validated_range is %v, the warnings say %v", state["in_validated_range"], seen)
	}
}

func FuzzSizing(f *testing.F) {
	add := func(set map[string]string) {
		a := make([]string, len(fuzzArguments))
		for i, name := range fuzzArguments {
			a[i] = set[name]
		}
		f.Add(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11],
			a[12], a[13], a[14], a[15], a[16], a[17], a[18], a[19], a[20], a[21], a[22], a[23])
	}
	for _, change := range []map[string]string{
		{},
		{"users": "1000", "cloud": "gcp"},
		{"users": "1e30", "cloud": "aws", "zones": "0.5"},
		{"users": "?", "cloud": "gpc", "workspace_request.cpu": "?"},
		{"users": "2500", "cloud": "azure", "edition": "2026-01", "proxy_regions": "2", "zones": "3"},
		{"users": "90", "cloud": "aws", "colocate_provisioners": "true", "high_availability": "true", "concurrent_builds": "10"},
		{"users": "800", "cloud": "gcp", "packing": "schedulable", "machine_types.workspace": "n4-standard-16", "max_pods_per_node": "40"},
		{"users": "5000", "cloud": "azure", "beyond_range": "extrapolate", "api_rps": "700", "concurrent_workspaces": "9000"},
		{"users": "50", "cloud": "aws", "workspace_request.memory_gib": "2.71828", "workspace_request.volumes": "3", "node_overhead.pods": "9"},
		{"users": "50", "cloud": "gcp", "workspace_node_allocatable.memory_mib": "28000", "workspace_node_allocatable.cpu_millicores": "7800"},
	} {
		add(change)
	}
	f.Fuzz(func(t *testing.T, users, cloud, edition, highAvailability, workspaces, builds, rps, zones, cpu, memory, volumes,
		coderd, provisioner, workspace, packing, maxPods, overheadCPU, overheadMemory, overheadPods, measuredCPU, measuredMemory,
		colocate, regions, beyond string,
	) {
		checkSizing(t, fuzzedConfiguration(t, "refarch_sizing", fuzzPaths(fuzzArguments, nil), []string{
			users, cloud, edition, highAvailability, workspaces, builds, rps, zones, cpu, memory, volumes,
			coderd, provisioner, workspace, packing, maxPods, overheadCPU, overheadMemory, overheadPods, measuredCPU, measuredMemory,
			colocate, regions, beyond,
		}))
	})
}

// checkSizing asks a configuration of refarch_sizing both ways and holds an
// answer against its laws.
func checkSizing(t *testing.T, given values) {
	t.Helper()
	if state := checkBothWays(t, "refarch_sizing", given, "users", "cloud"); state != nil {
		checkLaws(t, state)
	}
}

// checkBothWays validates and reads a configuration: faults are the same, and
// what is unknown has no answer. The state is nil unless all is known.
func checkBothWays(t *testing.T, dataSource string, given values, required ...string) values {
	t.Helper()
	faults := validate(t, dataSource, given)
	state, diagnostics := read(t, dataSource, given)
	checkTold(t, faults)
	checkTold(t, diagnostics)
	switch {
	case state == nil:
		for _, argument := range required {
			if given[argument] == nil {
				return nil // told by the framework, at validation only
			}
		}
		if !reflect.DeepEqual(told(faults), told(diagnostics)) {
			t.Errorf("validation tells %q, reading %q", told(faults), told(diagnostics))
		}
	case len(faults) > 0:
		t.Errorf("%q has an answer all the same", told(faults))
	case hasUnknown(given):
		if state["summary"] != (unknown{}) {
			t.Errorf("what is unknown is answered: %v", state["summary"])
		}
	default:
		return state
	}
	return nil
}

func FuzzSizingFunction(f *testing.F) {
	f.Add("1000", "gcp", "")
	f.Add("250", "aws", "2024-03")
	f.Add("?", "azure", "2025-04")
	f.Add("10000", "azure", "2026-01")
	f.Add("-1", "gpc", "?")
	f.Fuzz(func(t *testing.T, users, cloud, edition string) {
		arguments := []any{fuzzed(users, tftypes.Number), fuzzed(cloud, tftypes.String), fuzzed(edition, tftypes.String)}
		got, funcErr := call(t, "sizing", arguments...)
		want, diagnostics := read(t, "refarch_sizing", values{"users": arguments[0], "cloud": arguments[1], "edition": arguments[2]})
		if funcErr == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("the function answers %v, the data source %v", got, want)
		}
		if funcErr != nil && (want != nil || !strings.HasPrefix(diagnostics[0].Detail, strings.Split(funcErr.Text, "\n")[0])) {
			t.Errorf("the function tells %q, the data source %q", funcErr.Text, told(diagnostics))
		}
		if again, _ := call(t, "sizing", arguments...); !reflect.DeepEqual(again, got) {
			t.Errorf("the second answer is %v, the first was %v", again, got)
		}
	})
}

func FuzzNodePacking(f *testing.F) {
	f.Add("gcp", "t2d-standard-8", "500", "2048", "")
	f.Add("aws", "t3.2xlarge", "1", "1", "110")
	f.Add("azure", "Standard_D8s_v3", "100000", "1e9", "250")
	f.Add("gcp", "m5.large", "?", "0.5", "x")
	f.Fuzz(func(t *testing.T, cloud, machineType, cpu, memory, maxPods string) {
		arguments := []any{
			fuzzed(cloud, tftypes.String), fuzzed(machineType, tftypes.String),
			fuzzed(cpu, tftypes.Number), fuzzed(memory, tftypes.Number), fuzzed(maxPods, tftypes.Number),
		}
		got, funcErr := call(t, "node_packing", arguments...)
		switch {
		case funcErr != nil:
			if funcErr.FunctionArgument == nil || funcErr.Text == "" || blamesProvider.MatchString(quoted.ReplaceAllString(funcErr.Text, "")) {
				t.Errorf("nobody can act on %q", funcErr.Text)
			}
			return
		case got["pods"] == unknown{}:
			return
		}
		asked := func(i int) int64 { n, _ := arguments[i].(*big.Float).Int64(); return n }
		fits := func(pods int64) string {
			switch {
			case pods*asked(3) > count(t, got, "schedulable_memory_mib"):
				return "memory"
			case pods*asked(2) > count(t, got, "schedulable_cpu_millicores"):
				return "cpu"
			case pods > count(t, got, "max_pods"):
				return "pods"
			}
			return ""
		}
		pods := count(t, got, "pods")
		if limit := fits(pods); pods > 0 && limit != "" {
			t.Errorf("%d pods do not fit by %s: %v", pods, limit, got)
		}
		if limit := fits(pods + 1); got["limited_by"] != "pods" && limit != got["limited_by"] {
			t.Errorf("one more than %d pods is stopped by %q: %v", pods, limit, got)
		}
		if sum := maps.Clone(got); count(t, sum, "allocatable_cpu_millicores")+count(t, sum, "reserved_cpu_millicores") != count(t, sum, "vcpu")*1000 {
			t.Errorf("CPU is lost: %v", got)
		}
	})
}
