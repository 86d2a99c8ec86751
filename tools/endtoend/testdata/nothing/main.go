// Command nothing is a provider without a single data source: what it asks of the system is what any
// plugin written in Go asks. The provider of this repository is compared with it.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

type nothing struct{}

func (nothing) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "refarch"
}

func (nothing) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (nothing) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (nothing) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (nothing) Resources(context.Context) []func() resource.Resource { return nil }

func main() {
	options := providerserver.ServeOpts{Address: "registry.terraform.io/refarch/refarch"}
	if err := providerserver.Serve(context.Background(), func() provider.Provider { return nothing{} }, options); err != nil {
		log.Fatal(err)
	}
}
