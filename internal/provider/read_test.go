package provider

import (
	"context"
	"fmt"
	"maps"
	"reflect"
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
	request, err := decodeRequest(terraformValue(t, typeOf(t, "refarch_sizing"), given))
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
		"argument left out":              {values{}, []any{"max_pods_per_node"}, true},
		"object left out":                {values{}, []any{"workspace_request"}, true},
		"part of an object left out":     {values{"workspace_request": values{"volumes": 2}}, []any{"workspace_request", "cpu"}, true},
		"value used":                     {values{}, []any{"concurrent_workspaces"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			given := values{"users": 1000, "cloud": "gcp"}
			maps.Copy(given, test.given)
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
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("%v is answered otherwise in parallel: %v", given, err)
				}
			})
		}
		running.Wait()
	}
}
