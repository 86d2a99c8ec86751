// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

var (
	_ datasource.DataSource                   = (*editionsDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*editionsDataSource)(nil)
)

type editionsDataSource struct{}

func newEditionsDataSource() datasource.DataSource { return &editionsDataSource{} }

func (*editionsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_editions"
}

func (*editionsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	clouds := map[string]schema.Attribute{}
	for _, name := range cloud.Names() {
		clouds[name] = text("The machine type in the page's column for " + name + ".")
	}
	machineTypes := map[string]schema.Attribute{
		"machine_types": nested("The page's machine types by cloud; null where it names none.", clouds),
	}
	pool := func(description string) schema.SingleNestedAttribute {
		return nested(description, with(publishedPoolAttributes(), machineTypes))
	}
	tier := with(tierRowAttributes(), map[string]schema.Attribute{
		"coderd":          pool("The page's row for coderd."),
		"provisioner":     pool("The page's row for provisioners."),
		"workspace":       pool("The page's row for workspaces; null where it publishes no workspace nodes."),
		"workspace_proxy": pool("The page's row for workspace proxies; null where it has none."),
		"database":        nested("The page's row for the database.", with(publishedDatabaseAttributes(), machineTypes)),
	})
	resp.Schema = schema.Schema{
		MarkdownDescription: "The published editions of the vendor's validated reference architecture, as they stand on its pages, " +
			"and the one that belongs to a release of Coder.",
		Attributes: map[string]schema.Attribute{
			"coder_version": optionalString("A release of Coder, such as `2.24.1`; a leading `v` is fine, and a pre-release counts as its release."),
			"matching_edition": text("The newest edition whose first release is not above `coder_version`, for `edition` of `refarch_sizing`; " +
				"null without `coder_version`."),
			"editions": nestedList("Every edition, the oldest first.", map[string]schema.Attribute{
				"id":            text("The name of the edition, as the argument `edition` takes it."),
				"first_release": text("The first release of Coder whose documentation carries the edition, with its `v`."),
				"last_release":  text("The last release of Coder whose documentation carries the edition, with its `v`; null while the edition is current."),
				"published":     text("The date on which the edition's page for 1,000 users was published, such as `2024-03-15`."),
				"source_commit": text("The commit of the vendor's repository that introduced that page."),
				"pull_request":  text("The pull request of that commit, such as `coder/coder#12609`."),
				"tiers":         nestedList("The rows of the edition, from the smallest to the largest.", tier),
			}),
		},
	}
}

func (*editionsDataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	_, diags := matchingEdition(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
}

func (*editionsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	matching, diags := matchingEdition(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	editions, err := reference.Editions()
	if err != nil {
		resp.Diagnostics.AddError("Unreadable Editions", err.Error())
	}
	if resp.Diagnostics.HasError() {
		return
	}
	var answer *editionsAnswer // none while coder_version is unknown
	if req.Config.Raw.IsFullyKnown() {
		answer = newEditionsAnswer(editions, matching)
	}
	if err := setState(&resp.State, answer); err != nil {
		resp.Diagnostics.AddError("Unwritable Answer", err.Error())
	}
}

// matchingEdition is the edition for coder_version, nil where that is left
// out or not known yet.
func matchingEdition(ctx context.Context, config tfsdk.Config) (*reference.Edition, diag.Diagnostics) {
	at := path.Root("coder_version")
	var version types.String
	diags := config.GetAttribute(ctx, at, &version)
	if diags.HasError() || version.IsNull() || version.IsUnknown() {
		return nil, diags
	}
	editions, err := reference.Editions()
	if err != nil {
		diags.AddError("Unreadable Editions", err.Error())
		return nil, diags
	}
	edition, err := reference.ForRelease(version.ValueString())
	if err != nil {
		diags.AddAttributeError(at, "Invalid Coder Version",
			err.Error()+". Set coder_version to a release from "+editions[0].Releases.First+" on, or leave it out.")
	}
	return edition, diags
}
