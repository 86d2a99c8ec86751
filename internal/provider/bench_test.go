// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// asServed has a benchmark run as the process does that serves Terraform.
func asServed(b *testing.B) {
	b.Helper()
	restoreTuning(b)
	must(b, tune())
	b.ReportAllocs()
}

// A thousand configurations, so that no cache of one answer flatters.
func benchmarkConfigurations(b *testing.B, more values) []*tfprotov6.DynamicValue {
	b.Helper()
	all := make([]*tfprotov6.DynamicValue, 1000)
	for i := range all {
		given := values{"users": i + 1, "cloud": "gcp"}
		maps.Copy(given, more)
		all[i] = configuration(b, "refarch_sizing", given)
	}
	return all
}

// threeKinds are what a sizing with kinds of workspaces costs.
var threeKinds = values{"workspace_kinds": values{
	"large": values{"percent": 20, "requests": values{"cpu": 2, "memory_gib": 8}, "limits": values{"cpu": 8, "memory_gib": 16}, "machine_type": "n2-standard-16"},
	"small": kind,
	"gpu":   values{"percent": 5, "requests": values{"cpu": 3, "memory_gib": 12, "gpus": 1}, "machine_type": "g2-standard-4"},
}}

// Nothing is behind the shortcut here: what it passed on would panic.
func BenchmarkRead(b *testing.B) { benchmarkRead(b, newShortcut(nil, newSizingDataSource()), nil) }

func BenchmarkReadKinds(b *testing.B) {
	benchmarkRead(b, newShortcut(nil, newSizingDataSource()), threeKinds)
}

func BenchmarkReadWithoutShortcut(b *testing.B) { benchmarkRead(b, refarch().plain, nil) }

func benchmarkRead(b *testing.B, s tfprotov6.ProviderServer, more values) {
	b.Helper()
	configurations := benchmarkConfigurations(b, more)
	asServed(b)
	for i := 0; b.Loop(); i++ {
		resp, err := s.ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{
			TypeName: "refarch_sizing", Config: configurations[i%len(configurations)],
		})
		if err != nil || len(resp.Diagnostics) > 0 {
			b.Fatal(err, resp)
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	benchmarkValidate(b, newShortcut(nil, newSizingDataSource()), nil)
}

func BenchmarkValidateKinds(b *testing.B) {
	benchmarkValidate(b, newShortcut(nil, newSizingDataSource()), threeKinds)
}

func BenchmarkValidateWithoutShortcut(b *testing.B) { benchmarkValidate(b, refarch().plain, nil) }

func benchmarkValidate(b *testing.B, s tfprotov6.ProviderServer, more values) {
	b.Helper()
	configurations := benchmarkConfigurations(b, more)
	asServed(b)
	for i := 0; b.Loop(); i++ {
		resp, err := s.ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{
			TypeName: "refarch_sizing", Config: configurations[i%len(configurations)],
		})
		if err != nil || len(resp.Diagnostics) > 0 {
			b.Fatal(err, resp)
		}
	}
}

// A capacity is some thirty sizings, and goes through the framework.
func BenchmarkReadCapacity(b *testing.B) {
	fleet := configuration(b, "refarch_capacity", fleets["every part"].given)
	asServed(b)
	for b.Loop() {
		resp, err := served().ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{TypeName: "refarch_capacity", Config: fleet})
		if err != nil || len(resp.Diagnostics) > 0 {
			b.Fatal(err, resp)
		}
	}
}

func BenchmarkSizing(b *testing.B) {
	benchmarkFunction(b, "sizing", func(i int) []tftypes.Value {
		return []tftypes.Value{tftypes.NewValue(tftypes.Number, i+1), tftypes.NewValue(tftypes.String, "gcp")}
	})
}

func BenchmarkNodePacking(b *testing.B) {
	benchmarkFunction(b, "node_packing", func(i int) []tftypes.Value {
		return []tftypes.Value{
			tftypes.NewValue(tftypes.String, "gcp"), tftypes.NewValue(tftypes.String, fmt.Sprintf("t2d-standard-%d", 8<<(i%3))),
			tftypes.NewValue(tftypes.Number, 500+i), tftypes.NewValue(tftypes.Number, 2048),
		}
	})
}

func benchmarkFunction(b *testing.B, name string, arguments func(i int) []tftypes.Value) {
	b.Helper()
	calls := make([]*tfprotov6.CallFunctionRequest, 1000)
	for i := range calls {
		calls[i] = &tfprotov6.CallFunctionRequest{Name: name}
		for _, value := range arguments(i) {
			calls[i].Arguments = append(calls[i].Arguments, dynamic(b, value))
		}
	}
	s := served()
	asServed(b)
	for i := 0; b.Loop(); i++ {
		resp, err := s.CallFunction(context.Background(), calls[i%len(calls)])
		if err != nil || resp.Error != nil {
			b.Fatal(err, resp.Error)
		}
	}
}
