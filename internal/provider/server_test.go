// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func TestMetadata(t *testing.T) {
	resp, err := served().GetMetadata(context.Background(), &tfprotov6.GetMetadataRequest{})
	must(t, err)
	names := map[string]bool{}
	for _, source := range resp.DataSources {
		names[source.TypeName] = true
	}
	want := map[string]bool{"refarch_editions": true, "refarch_sizing": true, "refarch_capacity": true}
	if !reflect.DeepEqual(names, want) || len(resp.Resources) > 0 || len(resp.Functions) != 3 {
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
	resp, err := served().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	must(t, err)
	if len(resp.Provider.Block.Attributes) > 0 || len(resp.Provider.Block.BlockTypes) > 0 || resp.Provider.Block.Description == "" {
		t.Errorf("got %+v", resp.Provider.Block)
	}
	if len(resp.ResourceSchemas) > 0 || len(resp.DataSourceSchemas) != 3 || len(resp.Functions) != 3 {
		t.Errorf("%d resources, %d data sources, %d functions", len(resp.ResourceSchemas), len(resp.DataSourceSchemas), len(resp.Functions))
	}
}

// A name is lent for as long as the framework refuses it, and only for that.
// When this fails, lend and GetProviderSchema have nothing left to do.
func TestFrameworkRefusesTheReservedName(t *testing.T) {
	framework := providerserver.NewProtocol6(&refarchProvider{})()
	resp, err := framework.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	must(t, err)
	want := []string{"error : Reserved Root Attribute/Block Name: When validating the resource or data source schema, an implementation issue was found. " +
		"This is always an issue with the provider and should be reported to the provider developers.\n\n" +
		`"provisioner" is a reserved root attribute/block name. This is to prevent practitioners from needing special Terraform configuration syntax.`}
	checkEqual(t, nil, "what the framework tells", told(resp.Diagnostics), want)
}

// What was lent a name has its own again, in its place, and the framework's
// other calls never see the other one.
func TestReservedNameIsGivenBack(t *testing.T) {
	for name, source := range map[string]datasource.DataSource{"refarch_sizing": newSizingDataSource(), "refarch_capacity": newCapacityDataSource()} {
		var names []string
		for _, attribute := range schemas(t)[name].Block.Attributes {
			names = append(names, attribute.Name)
		}
		if !slices.IsSorted(names) || !slices.Contains(names, reservedName) || slices.Contains(names, lentName) {
			t.Errorf("the attributes of %s are %q", name, names)
		}
		if _, ok := dataSourceSchema(t, source).Attributes[reservedName]; !ok {
			t.Errorf("there is no provisioner of %s outside of GetProviderSchema", name)
		}
	}
}

// What is no data source of ours is the framework's to refuse.
func TestAnotherDataSource(t *testing.T) {
	config := dynamic(t, tftypes.NewValue(tftypes.Object{}, map[string]tftypes.Value{}))
	want := []string{`error : Data Source Type Not Found: No data source type named "refarch_other" was found in the provider.`}
	read, err := served().ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{TypeName: "refarch_other", Config: config})
	must(t, err)
	checkEqual(t, nil, "what reading tells", told(read.Diagnostics), want)
	validated, err := served().ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: "refarch_other", Config: config})
	must(t, err)
	checkEqual(t, nil, "what validation tells", told(validated.Diagnostics), want)
}

// A configuration that is none of the schema's type is an error, not a panic.
func TestMalformedConfiguration(t *testing.T) {
	for name, s := range schemas(t) {
		whole := configuration(t, name, values{})
		others := typeOf(t, name)
		others.AttributeTypes = maps.Clone(others.AttributeTypes)
		delete(others.AttributeTypes, s.Block.Attributes[0].Name)
		fewer := dynamic(t, terraformValue(t, others, values{}))
		others.AttributeTypes["another"] = tftypes.String
		for _, packed := range []*tfprotov6.DynamicValue{
			{}, {MsgPack: []byte{0xc1}}, dynamic(t, tftypes.NewValue(tftypes.String, "x")),
			fewer, dynamic(t, terraformValue(t, others, values{})), {MsgPack: whole.MsgPack[:len(whole.MsgPack)-1]}, {MsgPack: whole.MsgPack[:len(whole.MsgPack)-3]},
		} {
			read, err := served().ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: packed})
			if err == nil && !hasError(read.Diagnostics) {
				t.Errorf("%s is read from %v", name, packed)
			}
			validated, err := served().ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: name, Config: packed})
			if err == nil && !hasError(validated.Diagnostics) {
				t.Errorf("%s validates %v", name, packed)
			}
		}
	}
}
