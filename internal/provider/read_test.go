// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// matrix are configurations that have an answer: every edition, cloud, packing
// and tier, the loads at and around its edges, and each other argument once.
func matrix(t testing.TB) []values {
	t.Helper()
	editions, err := reference.Editions()
	must(t, err)
	var all []values
	add := func(base values, more values) {
		merged := maps.Clone(base)
		maps.Copy(merged, more)
		all = append(all, merged)
	}
	for _, edition := range editions {
		for _, name := range cloud.Names() {
			base := values{"cloud": name, "edition": edition.ID}
			for _, tier := range edition.Tiers {
				users := int(tier.Limits.Users)
				for _, n := range []int{1, users/2 + 1, users} {
					for _, packing := range texts(sizing.Packings()) {
						add(base, values{"users": n, "packing": packing})
					}
				}
			}
			base["users"] = 600
			for _, more := range []values{
				{"high_availability": true},
				{"concurrent_workspaces": 77},
				{"concurrent_builds": 31},
				{"zones": 3},
				{"workspace_request": values{"cpu": 0.25, "memory_gib": 2.5, "volumes": 0}},
				{"workspace_request": values{"memory_gib": 3}},
				{"workspace_request": values{}},
				{"max_pods_per_node": 60},
				{"node_overhead": values{"cpu_millicores": 500, "memory_mib": 900, "pods": 12}},
				{"beyond_range": string(sizing.BeyondRangeError)},
				{"users": 80, "colocate_provisioners": true},
				{"proxy_regions": 0},
			} {
				add(base, more)
			}
		}
	}
	all = append(all,
		values{"users": 2500, "cloud": "gcp", "edition": "2026-01", "proxy_regions": 2},
		values{"users": 500, "cloud": "gcp", "edition": "2024-03", "api_rps": 299},
		values{"users": 4000, "cloud": "gcp", "beyond_range": string(sizing.BeyondRangeExtrapolate)},
		values{"users": 700, "cloud": "aws", "machine_types": values{"coderd": "m7g.large", "workspace": "m7i.4xlarge"}},
		values{
			"users": 1000, "cloud": "gcp", "edition": "2025-04", "packing": "schedulable", "zones": 3, "other_nodes": 4,
			"workspace_limits": values{"cpu": 2, "memory_gib": 4},
			"workspace_kinds": values{
				"large": values{"percent": 20, "requests": values{"cpu": 2, "memory_gib": 8}, "limits": values{"cpu": 8, "memory_gib": 16}, "machine_type": "n2-standard-16"},
				"gpu":   values{"workspaces": 20, "requests": values{"cpu": 3, "memory_gib": 12, "gpus": 1}, "machine_type": "g2-standard-4"},
				"none":  values{"workspaces": 0, "requests": values{"cpu": 0.5, "memory_gib": 0.25, "volumes": 0}, "node_allocatable": values{"memory_mib": 28000}},
			},
		},
		values{"users": 1000, "cloud": "azure", "workspace_kinds": values{}, "machine_specs": values{}},
		values{
			"users": 300, "cloud": "aws", "edition": "2026-01", "coderd_replicas": 1, "zones": 2,
			"pod_requests":  values{"coderd": values{"cpu": 1.5}, "provisioner": values{"cpu": 0.5, "memory_gib": 1}},
			"machine_specs": values{"m99.2xlarge": values{"vcpu": 8, "memory_gib": 32, "architecture": "arm64", "max_pods": 58, "max_volumes": 30}},
			"machine_types": values{"workspace": "m99.2xlarge"},
		},
		values{
			"users": 700, "cloud": "azure", "machine_types": values{"workspace": "Standard_D16s_v5"},
			"workspace_node_allocatable": values{"cpu_millicores": 15740, "memory_mib": 58000},
		},
	)
	return all
}

// fleetByFramework is a fleet as the framework's own reflection encodes it: it
// knows nothing of our encoder.
func fleetByFramework(t testing.TB, fleet *report.Answer) values {
	t.Helper()
	states, err := sizingStates()
	must(t, err)
	computed := map[string]attr.Type{}
	for name, attribute := range states.schema.Attributes {
		if attribute.IsComputed() {
			computed[name] = attribute.GetType()
		}
	}
	object, diags := basetypes.NewObjectValueFrom(context.Background(), computed, fleet)
	if diags.HasError() {
		t.Fatal(diags)
	}
	value, err := object.ToTerraformValue(context.Background())
	must(t, err)
	return plain(t, value).(values)
}

// requestOf reads a configuration into a request; that it does so rightly is
// for TestDecodeRequest.
func requestOf(t testing.TB, given values) sizing.Request {
	t.Helper()
	request, err := decodeRequest(settingsFor(t, "refarch_sizing", given))
	must(t, err)
	return request
}

// Every attribute of a state is what is configured, and else the fleet's.
func TestReadIsTheFleet(t *testing.T) {
	for _, given := range matrix(t) {
		fleet, faults := sizing.Size(requestOf(t, given))
		if len(faults) > 0 {
			t.Errorf("%v has no answer: %v", given, faults)
			continue
		}
		config := plain(t, terraformValue(t, typeOf(t, "refarch_sizing"), given)).(values)
		want := maps.Clone(config)
		maps.Copy(want, fleetByFramework(t, report.Of(fleet)))
		for name, value := range config {
			if value != nil {
				want[name] = value
			}
		}
		got, _ := read(t, "refarch_sizing", given)
		for _, name := range slices.Sorted(maps.Keys(want)) {
			checkEqual(t, given, name, got[name], want[name])
		}
		checkEqual(t, given, "the number of attributes", len(got), len(want))
		checkEqual(t, given, "the validation", told(validate(t, "refarch_sizing", given)), []string{})
	}
}

// What is promised to be null is null, and nothing else.
func TestReadNulls(t *testing.T) {
	kinds := values{"large": values{"percent": 10, "requests": values{"cpu": 2, "memory_gib": 8}}}
	tests := map[string]struct {
		given values
		path  []any
		null  bool
	}{
		"proxy without regions":          {values{"users": 2500, "edition": "2026-01"}, []any{"workspace_proxy"}, true},
		"proxy with regions":             {values{"users": 2500, "edition": "2026-01", "proxy_regions": 1}, []any{"workspace_proxy"}, false},
		"request limit":                  {values{"edition": "2024-03"}, []any{"tier", "api_rps"}, false},
		"no request limit":               {values{"edition": "2026-01"}, []any{"tier", "api_rps"}, true},
		"published workspaces":           {values{"edition": "2024-03"}, []any{"workspace", "published"}, false},
		"no published workspaces":        {values{"edition": "2026-01"}, []any{"workspace", "published"}, true},
		"published provisioners":         {values{"edition": "2026-01"}, []any{"provisioner", "published"}, false},
		"no published provisioner nodes": {values{"edition": "2026-01"}, []any{"provisioner", "published", "min_node_count"}, true},
		"published coderd nodes":         {values{"edition": "2026-01"}, []any{"coderd", "published", "max_node_count"}, false},
		"no published coderd each":       {values{"edition": "2026-01"}, []any{"coderd", "published", "pods_per_node"}, true},
		"no published storage":           {values{"edition": "2026-01"}, []any{"database", "published", "storage_gb"}, true},
		"Cloud SQL":                      {values{"cloud": "gcp"}, []any{"database", "cloud_sql_edition"}, false},
		"no Cloud SQL":                   {values{"cloud": "aws"}, []any{"database", "cloud_sql_edition"}, true},
		"provisioner chart":              {values{}, []any{"helm_values", "provisioner"}, false},
		"no provisioner chart":           {values{"users": 50, "colocate_provisioners": true}, []any{"helm_values", "provisioner"}, true},
		"coder chart":                    {values{"users": 50, "colocate_provisioners": true}, []any{"helm_values", "coder"}, false},
		"argument without a default":     {values{}, []any{"api_rps"}, true},
		"map left out":                   {values{}, []any{"workspace_kinds"}, true},
		"pools without kinds":            {values{}, []any{"workspace_pools"}, false},
		"a limit of a workspace":         {values{"workspace_limits": values{"memory_gib": 4}}, []any{"workspace", "pod_limits", "memory_mib"}, false},
		"overcommit by that limit":       {values{"workspace_limits": values{"memory_gib": 4}}, []any{"workspace", "overcommit", "memory"}, false},
		"no other limit":                 {values{"workspace_limits": values{"memory_gib": 4}}, []any{"workspace", "pod_limits", "cpu_millicores"}, true},
		"no other overcommit":            {values{"workspace_limits": values{"memory_gib": 4}}, []any{"workspace", "overcommit", "cpu"}, true},
		"no quota of that limit":         {values{"workspace_limits": values{"memory_gib": 4}}, []any{"resource_quota", "limits.cpu"}, true},
		"quota of a limit":               {values{"workspace_limits": values{"memory_gib": 4}}, []any{"resource_quota", "limits.memory"}, false},
		"kind's published":               {values{"workspace_kinds": kinds}, []any{"workspace_pools", "large", "published"}, true},
		"kind's part left out":           {values{"workspace_kinds": kinds}, []any{"workspace_kinds", "large", "limits"}, true},
		"pod addresses":                  {values{}, []any{"addresses", "pod_prefix_length"}, false},
		"no pod addresses of their own":  {values{"cloud": "aws"}, []any{"addresses", "pod_prefix_length"}, true},
		"object left out":                {values{}, []any{"workspace_request"}, true},
		"part of an object left out":     {values{"workspace_request": values{"volumes": 2}}, []any{"workspace_request", "cpu"}, true},
		"value used":                     {values{}, []any{"concurrent_workspaces"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			given := values{"users": 1000, "cloud": "gcp"}
			maps.Copy(given, test.given)
			checkEqual(t, given, "the validation", told(validate(t, "refarch_sizing", given)), []string{})
			got, _ := read(t, "refarch_sizing", given)
			if value := lookup(t, got, test.path...); (value == nil) != test.null {
				t.Errorf("%v is %v", test.path, value)
			}
		})
	}
}

// The one warning of Terraform's own is told once, on the argument that
// exceeds its limit most, in the words of `warnings`.
func TestReadWarnsOfExtrapolation(t *testing.T) {
	for argument, value := range map[string]int{"users": 4000, "concurrent_workspaces": 9000, "concurrent_builds": 500, "api_rps": 2000} {
		given := values{"users": 1000, "cloud": "gcp", "beyond_range": "extrapolate"}
		given[argument] = value
		state, diagnostics := read(t, "refarch_sizing", given)
		checkEqual(t, given, "in_validated_range", state["in_validated_range"], false)
		checkEqual(t, given, "the first warning", lookup(t, state, "warnings", 0, "code"), string(sizing.WarnBeyondValidatedRange))
		want := fmt.Sprintf("warning %s: Answer Beyond the Validated Range: %s", argument, lookup(t, state, "warnings", 0, "message"))
		checkEqual(t, given, "the diagnostics", told(diagnostics), []string{want})
	}
	given := values{"users": 3000, "cloud": "gcp", "beyond_range": "extrapolate"}
	state, diagnostics := read(t, "refarch_sizing", given)
	checkEqual(t, given, "in_validated_range", state["in_validated_range"], true)
	checkEqual(t, given, "the diagnostics", told(diagnostics), []string{})
}

// Terraform reads many data sources at once; the race detector watches.
func TestReadInParallel(t *testing.T) {
	for i, given := range matrix(t) {
		if i%20 > 0 {
			continue
		}
		req := &tfprotov6.ReadDataSourceRequest{TypeName: "refarch_sizing", Config: configuration(t, "refarch_sizing", given)}
		want := refarch().read(t, req)
		var running sync.WaitGroup
		for _, server := range []tfprotov6.ProviderServer{served(), served(), refarch().plain, refarch().plain} {
			running.Go(func() {
				got, err := server.ReadDataSource(context.Background(), req)
				if err != nil || !refarch().sameButForOrder(t, "refarch_sizing", got.State, want.State) {
					t.Errorf("%v is answered otherwise in parallel: %v", given, err)
				}
			})
		}
		running.Wait()
	}
}
