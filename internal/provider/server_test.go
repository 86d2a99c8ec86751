package provider

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

func TestMetadata(t *testing.T) {
	resp, err := serve(t).GetMetadata(context.Background(), &tfprotov6.GetMetadataRequest{})
	must(t, err)
	want := []tfprotov6.DataSourceMetadata{{TypeName: "refarch_editions"}, {TypeName: "refarch_sizing"}}
	if !reflect.DeepEqual(resp.DataSources, want) || len(resp.Resources) > 0 || len(resp.Functions) != 2 {
		t.Errorf("got %+v", resp)
	}
	metadata := &provider.MetadataResponse{}
	(&refarchProvider{version: "1.2.3"}).Metadata(context.Background(), provider.MetadataRequest{}, metadata)
	if metadata.TypeName != "refarch" || metadata.Version != "1.2.3" {
		t.Errorf("got %+v", metadata)
	}
}

// There is nothing to configure.
func TestProviderSchemaIsEmpty(t *testing.T) {
	resp, err := serve(t).GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	must(t, err)
	if len(resp.Provider.Block.Attributes) > 0 || len(resp.Provider.Block.BlockTypes) > 0 || resp.Provider.Block.Description == "" {
		t.Errorf("got %+v", resp.Provider.Block)
	}
	if len(resp.ResourceSchemas) > 0 || len(resp.DataSourceSchemas) != 2 || len(resp.Functions) != 2 {
		t.Errorf("%d resources, %d data sources, %d functions", len(resp.ResourceSchemas), len(resp.DataSourceSchemas), len(resp.Functions))
	}
}

// What is no data source of ours is the framework's to refuse.
func TestAnotherDataSource(t *testing.T) {
	config := dynamic(t, tftypes.NewValue(tftypes.Object{}, map[string]tftypes.Value{}))
	want := []string{`error : Data Source Type Not Found: No data source type named "refarch_other" was found in the provider.`}
	read, err := serve(t).ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{TypeName: "refarch_other", Config: config})
	must(t, err)
	if got := told(read.Diagnostics); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	validated, err := serve(t).ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: "refarch_other", Config: config})
	must(t, err)
	if got := told(validated.Diagnostics); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A configuration that is none of the schema's type is an error of the call,
// not a panic.
func TestMalformedConfiguration(t *testing.T) {
	for _, name := range []string{"refarch_sizing", "refarch_editions"} {
		for _, packed := range []*tfprotov6.DynamicValue{nil, {}, {MsgPack: []byte{0xc1}}, dynamic(t, tftypes.NewValue(tftypes.String, "x"))} {
			if _, err := serve(t).ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: packed}); err == nil {
				t.Errorf("%s is read from %v", name, packed)
			}
			if _, err := serve(t).ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: name, Config: packed}); err == nil {
				t.Errorf("%s validates %v", name, packed)
			}
		}
	}
}

var errFaulty = errors.New("faulty")

// faultyDataSource fails in one of its steps.
type faultyDataSource struct{ inModel bool }

func (f faultyDataSource) model() (*model, error) {
	if f.inModel {
		return nil, errFaulty
	}
	return editionsModel()
}

func (faultyDataSource) validate(*model, tftypes.Value) ([]sizing.Fault, error) {
	return nil, errFaulty
}
func (faultyDataSource) read(*model, tftypes.Value) (answer, error) { return answer{}, errFaulty }

// What no configuration can cause is an error of the call.
func TestFaultyDataSource(t *testing.T) {
	config := configuration(t, "refarch_editions", values{})
	for _, source := range []dataSource{faultyDataSource{}, faultyDataSource{inModel: true}} {
		s := server{ProviderServer: serve(t), dataSources: map[string]dataSource{"refarch_faulty": source}}
		if _, err := s.ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{TypeName: "refarch_faulty", Config: config}); !errors.Is(err, errFaulty) {
			t.Errorf("got %v", err)
		}
		if _, err := s.ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: "refarch_faulty", Config: config}); !errors.Is(err, errFaulty) {
			t.Errorf("got %v", err)
		}
	}
	s := server{ProviderServer: serve(t), dataSources: map[string]dataSource{"refarch_faulty": faultyDataSource{inModel: true}}}
	if _, err := s.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{}); errorText(err) != "the schema of refarch_faulty: faulty" {
		t.Errorf("got %v", err)
	}
}
