package provider

import (
	"context"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// A thousand configurations, so that no cache of one answer flatters.
func benchmarkConfigurations(b *testing.B) []*tfprotov6.DynamicValue {
	b.Helper()
	all := make([]*tfprotov6.DynamicValue, 1000)
	for i := range all {
		all[i] = configuration(b, "refarch_sizing", values{"users": i + 1, "cloud": "gcp"})
	}
	return all
}

// Nothing is behind the shortcut here: what it passed on would panic.
func BenchmarkRead(b *testing.B) { benchmarkRead(b, newShortcut(nil, newSizingDataSource())) }

func BenchmarkReadWithoutShortcut(b *testing.B) { benchmarkRead(b, refarch().plain) }

func benchmarkRead(b *testing.B, s tfprotov6.ProviderServer) {
	b.Helper()
	configurations := benchmarkConfigurations(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		resp, err := s.ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{
			TypeName: "refarch_sizing", Config: configurations[i%len(configurations)],
		})
		if err != nil || len(resp.Diagnostics) > 0 {
			b.Fatal(err, resp)
		}
	}
}

func BenchmarkValidate(b *testing.B) { benchmarkValidate(b, newShortcut(nil, newSizingDataSource())) }

func BenchmarkValidateWithoutShortcut(b *testing.B) { benchmarkValidate(b, refarch().plain) }

func benchmarkValidate(b *testing.B, s tfprotov6.ProviderServer) {
	b.Helper()
	configurations := benchmarkConfigurations(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		resp, err := s.ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{
			TypeName: "refarch_sizing", Config: configurations[i%len(configurations)],
		})
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
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		resp, err := s.CallFunction(context.Background(), calls[i%len(calls)])
		if err != nil || resp.Error != nil {
			b.Fatal(err, resp.Error)
		}
	}
}
