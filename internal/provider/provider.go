// SPDX-License-Identifier: MPL-2.0

// Package provider is Terraform's face of the sizing: schemas, validation, a
// configuration in and a fleet out. It calculates nothing.
package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

var (
	_ provider.Provider              = (*refarchProvider)(nil)
	_ provider.ProviderWithFunctions = (*refarchProvider)(nil)
)

type refarchProvider struct {
	version string
}

func (p *refarchProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "refarch"
	resp.Version = p.version
}

func (p *refarchProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sizes the machines of a Coder deployment by the vendor's validated reference architecture. " +
			"It works offline: there is nothing to configure, it needs no credentials and it contacts nothing.",
	}
}

// Configure has nothing to do: there is no configuration.
func (p *refarchProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (p *refarchProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{newSizingDataSource, newEditionsDataSource, newCapacityDataSource}
}

// Resources returns none: a sizing is read, never created.
func (p *refarchProvider) Resources(context.Context) []func() resource.Resource { return nil }

func (p *refarchProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{newSizingFunction, newNodePackingFunction, newMachineTypeAlternativesFunction}
}
