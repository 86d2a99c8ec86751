// SPDX-License-Identifier: MPL-2.0

// Command small is about the smallest provider that the plugin framework can make: one data source of one argument.
// What it costs to start and to plan is what any provider on the framework costs.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	debug := flag.Bool("debug", false, "print how Terraform reaches this process, and stay")
	flag.Parse()

	options := providerserver.ServeOpts{Address: "registry.terraform.io/refarch/small", Debug: *debug}
	if err := providerserver.Serve(context.Background(), func() provider.Provider { return smallProvider{} }, options); err != nil {
		log.Fatal(err)
	}
}

type smallProvider struct{}

func (smallProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "small"
}

func (smallProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{}
}

func (smallProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (smallProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return name{} }}
}

func (smallProvider) Resources(context.Context) []func() resource.Resource { return nil }

// name is the one data source.
type name struct{}

type nameModel struct {
	Name types.String `tfsdk:"name"`
}

func (name) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_name"
}

func (name) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = dataschema.Schema{Attributes: map[string]dataschema.Attribute{
		"name": dataschema.StringAttribute{Required: true},
	}}
}

// Read knows nothing beyond the name.
func (name) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model nameModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
	}
}
