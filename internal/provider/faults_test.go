// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"math/big"
	"reflect"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// kind is a kind of workspaces without fault.
var kind = values{"percent": 20, "requests": values{"cpu": 2, "memory_gib": 8}}

// mistakes are configurations with the arguments at fault, one of every kind.
var mistakes = map[string]struct {
	given values
	at    []string
}{
	"no users":                  {values{"users": 0}, []string{"users"}},
	"negative users":            {values{"users": -5}, []string{"users"}},
	"a fraction of a user":      {values{"users": 1.5}, []string{"users"}},
	"astronomically many":       {values{"users": new(big.Float).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil))}, []string{"users"}},
	"an unknown cloud":          {values{"cloud": "gpc"}, []string{"cloud"}},
	"an unknown edition":        {values{"edition": "2030-01"}, []string{"edition"}},
	"an unknown packing":        {values{"packing": "tight"}, []string{"packing"}},
	"an unknown range":          {values{"beyond_range": "guess"}, []string{"beyond_range"}},
	"an unknown machine":        {values{"machine_types": values{"coderd": "n1-standard-3"}}, []string{"machine_types.coderd"}},
	"a machine of another one":  {values{"machine_types": values{"workspace": "t3.large"}}, []string{"machine_types.workspace"}},
	"too little memory":         {values{"workspace_request": values{"memory_gib": 0.1}}, []string{"workspace_request.memory_gib"}},
	"no CPU":                    {values{"workspace_request": values{"cpu": 0}}, []string{"workspace_request.cpu"}},
	"a workspace too large":     {values{"workspace_request": values{"cpu": 100}}, []string{"workspace_request"}},
	"a coderd too large":        {values{"edition": "2026-01", "users": 2000, "machine_types": values{"coderd": "n4-standard-2"}}, []string{"machine_types.coderd"}},
	"too much overhead":         {values{"node_overhead": values{"memory_mib": 30000}}, []string{"workspace_request", "node_overhead", "node_overhead"}},
	"too many pods":             {values{"max_pods_per_node": 300}, []string{"max_pods_per_node"}},
	"fewer pods than daemons":   {values{"max_pods_per_node": 20, "node_overhead": values{"pods": 20}}, []string{"max_pods_per_node"}},
	"a node above its machine":  {values{"workspace_node_allocatable": values{"memory_mib": 40000}}, []string{"workspace_node_allocatable.memory_mib"}},
	"a node without a machine":  {values{"edition": "2026-01", "workspace_node_allocatable": values{"memory_mib": 4000}}, []string{"workspace_node_allocatable"}},
	"colocated too large":       {values{"users": 101, "colocate_provisioners": true}, []string{"colocate_provisioners"}},
	"requests unpublished":      {values{"edition": "2026-01", "api_rps": 10}, []string{"api_rps"}},
	"proxies unpublished":       {values{"proxy_regions": 1}, []string{"proxy_regions"}},
	"beyond the largest tier":   {values{"users": 3001}, []string{"users"}},
	"beyond by builds":          {values{"users": 3001, "concurrent_builds": 5000}, []string{"concurrent_builds"}},
	"beyond what is sold":       {values{"users": 5000, "cloud": "aws", "beyond_range": "extrapolate"}, []string{"users"}},
	"a limit below the request": {values{"workspace_limits": values{"memory_gib": 1}}, []string{"workspace_limits.memory_gib"}},
	"a kind without requests":   {values{"workspace_kinds": values{"large": values{"percent": 10}}}, []string{`workspace_kinds["large"].requests`}},
	"a kind that is null":       {values{"workspace_kinds": values{"large": nil}}, []string{`workspace_kinds["large"].requests`, `workspace_kinds["large"]`}},
	"a kind of no pool's name":  {values{"workspace_kinds": values{"Large one": kind}}, []string{`workspace_kinds["Large one"]`}},
	"parts of kinds": {
		values{"workspace_kinds": values{
			"a": values{"percent": 0, "requests": values{"cpu": 0, "memory_gib": 8, "volumes": -1}, "machine_type": "t3.large"},
			"b": values{"workspaces": 1.5, "requests": values{"cpu": 1, "memory_gib": 0.1, "gpus": -1}, "node_allocatable": values{"memory_mib": 0}},
		}},
		[]string{
			`workspace_kinds["a"].percent`, `workspace_kinds["a"].requests.cpu`, `workspace_kinds["a"].requests.volumes`, `workspace_kinds["a"].machine_type`,
			`workspace_kinds["b"].workspaces`, `workspace_kinds["b"].requests.memory_gib`, `workspace_kinds["b"].requests.gpus`, `workspace_kinds["b"].node_allocatable.memory_mib`,
		},
	},
	"more percent than all": {values{"workspace_kinds": values{"a": kind, "b": values{"percent": 81, "requests": kind["requests"]}}}, []string{"workspace_kinds"}},
	"a stated machine": {
		values{"machine_specs": values{`n9 "x"`: values{"vcpu": 0, "memory_gib": 4, "architecture": "x86", "max_pods": 7}, "null": nil}},
		[]string{
			`machine_specs["n9 \"x\""].vcpu`, `machine_specs["n9 \"x\""].architecture`, `machine_specs["n9 \"x\""].max_pods`,
			`machine_specs["null"].vcpu`, `machine_specs["null"].memory_gib`,
		},
	},
	"own figures": {
		values{"coderd_replicas": 0, "other_nodes": -1, "pod_requests": values{"coderd": values{"cpu": 0}, "provisioner": values{"memory_gib": -1}}},
		[]string{"coderd_replicas", "pod_requests.coderd.cpu", "pod_requests.provisioner.memory_gib", "other_nodes"},
	},
	"a provisioner too large": {values{"pod_requests": values{"provisioner": values{"cpu": 100}}}, []string{"pod_requests.provisioner"}},
	"many at once": {
		values{
			"users": -1, "cloud": "gpc", "edition": "x", "concurrent_workspaces": 0, "concurrent_builds": 0, "api_rps": 0, "zones": 0,
			"workspace_request": values{"cpu": -1, "memory_gib": -1, "volumes": -1}, "packing": "x", "max_pods_per_node": 0,
			"node_overhead":              values{"cpu_millicores": -1, "memory_mib": -1, "pods": -1},
			"workspace_node_allocatable": values{"cpu_millicores": 0, "memory_mib": 0},
			"proxy_regions":              -1, "beyond_range": "x",
		},
		[]string{
			"users", "cloud", "edition", "concurrent_workspaces", "concurrent_builds", "api_rps", "zones",
			"workspace_request.cpu", "workspace_request.memory_gib", "workspace_request.volumes", "packing", "max_pods_per_node",
			"node_overhead.cpu_millicores", "node_overhead.memory_mib", "node_overhead.pods",
			"workspace_node_allocatable.cpu_millicores", "workspace_node_allocatable.memory_mib", "proxy_regions", "beyond_range",
		},
	},
}

// Every fault of the calculation reaches Terraform word for word, on its
// attribute, at validation and where Terraform reads without it. What the
// words are is for the tests of package sizing.
func TestFaultsReachTerraform(t *testing.T) {
	for name, mistake := range mistakes {
		t.Run(name, func(t *testing.T) {
			given := values{"users": 1000, "cloud": "gcp"}
			maps.Copy(given, mistake.given)
			var at, want []string
			for _, fault := range sizing.Check(requestOf(t, given)) {
				at = append(at, fault.Path.String())
				want = append(want, "error "+fault.Path.String()+": "+fault.Title+": "+fault.Detail)
			}
			if !reflect.DeepEqual(at, mistake.at) {
				t.Errorf("the faults are at %q, want %q", at, mistake.at)
			}
			if got := told(validate(t, "refarch_sizing", given)); !reflect.DeepEqual(got, want) {
				t.Errorf("validation tells %q, want %q", got, want)
			}
			state, diagnostics := read(t, "refarch_sizing", given)
			if got := told(diagnostics); !reflect.DeepEqual(got, want) || state != nil {
				t.Errorf("reading tells %q and answers %v, want %q", got, state, want)
			}
		})
	}
}

// readOnly and missing are what the framework tells of an attribute that only
// an answer can set, and of a required one that is left out.
const readOnly = ": Invalid Configuration for Read-Only Attribute: Cannot set value for this attribute as the provider has marked it as read-only. " +
	"Remove the configuration line setting the value.\n\n" +
	"Refer to the provider documentation or contact the provider developers for additional information about configurable and read-only attributes that are supported."

func missing(attribute string) string {
	return "error " + attribute + ": Missing Configuration for Required Attribute: Must set a configuration value for the " + attribute +
		" attribute as the provider has marked it as required.\n\n" +
		"Refer to the provider documentation or contact the provider developers for additional information about configurable attributes that are required."
}

// What the framework tells itself it tells once, in its own words: what only
// the provider can answer, and what is required.
func TestFrameworkTells(t *testing.T) {
	for name, test := range map[string]struct {
		dataSource string
		given      values
		want       []string
	}{
		"read-only attributes": {
			"refarch_sizing",
			values{"users": 0, "cloud": "gcp", "summary": "x", "workspace_proxy": values{"node_count": 1}, "in_validated_range": unknown{}},
			[]string{
				"error in_validated_range" + readOnly, "error summary" + readOnly,
				"error users: Invalid Count: users is 0. It must be a whole number from 1 to 1000000000.",
				"error workspace_proxy" + readOnly,
			},
		},
		"one read-only attribute": {"refarch_sizing", values{"users": 1, "cloud": "gcp", "summary": "x"}, []string{"error summary" + readOnly}},
		"a read-only edition":     {"refarch_editions", values{"matching_edition": "2024-03"}, []string{"error matching_edition" + readOnly}},
		"null users":              {"refarch_sizing", values{"cloud": "gcp"}, []string{missing("users")}},
		"null cloud":              {"refarch_sizing", values{"users": 1}, []string{missing("cloud")}},
		"nothing but a bad zone":  {"refarch_sizing", values{"zones": 0}, []string{missing("cloud"), missing("users"), "error zones: Invalid Count: zones is 0. It must be a whole number from 1 to 1000000000."}},
	} {
		t.Run(name, func(t *testing.T) {
			got := told(validate(t, test.dataSource, test.given))
			slices.Sort(got)
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// One error of a function carries all faults, on the first parameter at fault.
func TestFunctionError(t *testing.T) {
	users := sizing.Fault{Path: sizing.Path{{Name: "users"}}, Title: "Title", Detail: "users is 0."}
	cloud := sizing.Fault{Path: sizing.Path{{Name: "cloud"}}, Title: "Title", Detail: "cloud is x."}
	aside := sizing.Fault{Path: sizing.Path{{Name: "node_overhead"}, {Name: "pods"}}, Title: "Title", Detail: "node_overhead.pods is 0."}
	nowhere := sizing.Fault{Title: "Title", Detail: "Nothing works."}
	tests := map[string]struct {
		faults []sizing.Fault
		want   *function.FuncError
	}{
		"none":                {nil, nil},
		"first parameter":     {[]sizing.Fault{users}, function.NewArgumentFuncError(0, "users is 0")},
		"second parameter":    {[]sizing.Fault{cloud}, function.NewArgumentFuncError(1, "cloud is x")},
		"both":                {[]sizing.Fault{users, cloud}, function.NewArgumentFuncError(0, "users is 0.\ncloud is x")},
		"no parameter":        {[]sizing.Fault{aside}, function.NewFuncError("node_overhead.pods is 0")},
		"no path":             {[]sizing.Fault{nowhere}, function.NewFuncError("Nothing works")},
		"no parameter, first": {[]sizing.Fault{aside, cloud}, function.NewArgumentFuncError(1, "cloud is x.\nnode_overhead.pods is 0")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := functionError(test.faults, "users", "cloud"); !got.Equal(test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
