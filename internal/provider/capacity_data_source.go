// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

var (
	_ datasource.DataSource                   = (*capacityDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*capacityDataSource)(nil)
)

type capacityDataSource struct{}

func newCapacityDataSource() datasource.DataSource { return &capacityDataSource{} }

func (*capacityDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_capacity"
}

func (*capacityDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	editions, err := reference.IDs()
	if err != nil {
		resp.Diagnostics.AddError("Unreadable Editions", err.Error())
		return
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "How many users a fleet carries that exists: the largest number whose sizing by `refarch_sizing` needs no more than what is given, " +
			"and what ends first. State at least one of `coderd`, `provisioner`, `workspace` and `database`; a part that is left out ends nothing.",
		Attributes: lend(ctx, with(capacityArguments(editions), capacityAnswers())),
	}
}

// ValidateConfig tells every fault of what is known at once.
func (*capacityDataSource) ValidateConfig(_ context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var faults []sizing.Fault
	set, err := settingsOf(req.Config.Raw)
	if err == nil {
		_, faults, err = capacity(set)
	}
	if err != nil {
		resp.Diagnostics.AddError("Unreadable Configuration", err.Error())
		return
	}
	resp.Diagnostics.Append(diagnostics(exceptMissing(faults, set, "cloud"))...)
}

// Read answers a configuration. While something in it is unknown, so is the
// answer, but there may be faults already.
func (*capacityDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var answer *report.CapacityAnswer
	var faults []sizing.Fault
	set, err := settingsOf(req.Config.Raw)
	if err == nil {
		answer, faults, err = capacity(set)
	}
	if err == nil && len(faults) == 0 {
		err = setState(&resp.State, answer)
	}
	if err != nil {
		resp.Diagnostics.AddError("Unreadable Configuration", err.Error())
		return
	}
	resp.Diagnostics.Append(diagnostics(faults)...)
	if answer != nil {
		tflog.Debug(ctx, "Found what a fleet carries", map[string]any{
			"edition": answer.Edition, "users": answer.Users, "limited_by": string(answer.LimitedBy),
		})
	}
}

// capacity is the way from a configuration to its answer. There is none while
// something in the configuration is unknown, or where there are faults.
func capacity(set settings) (*report.CapacityAnswer, []sizing.Fault, error) {
	question, err := decodeCapacity(set)
	if err != nil {
		return nil, nil, err
	}
	carried, faults := sizing.CapacityOf(question)
	if carried == nil || len(faults) > 0 || !set.areKnown() {
		return nil, faults, nil
	}
	return report.OfCapacity(carried), nil, nil
}

// capacityArguments are what a configuration of refarch_capacity may set: what
// exists, and the arguments of refarch_sizing that say how to count it.
func capacityArguments(editions []string) map[string]schema.Attribute {
	pool := func(role string) schema.SingleNestedAttribute {
		return optionalObject("The nodes of "+role+" that exist. Both parts have to be stated.", map[string]schema.Attribute{
			"machine_type": optionalString("The machine type of the nodes."),
			"node_count":   optionalNumber("Number of nodes, at least 1."),
		})
	}
	counted := sizingArguments(editions)
	arguments := map[string]schema.Attribute{
		"cloud":       schema.StringAttribute{Required: true, MarkdownDescription: "The cloud that the fleet runs on: " + oneOf(cloud.Names()) + "."},
		"edition":     counted["edition"],
		"coderd":      pool("coderd"),
		"provisioner": pool("provisioners"),
		"workspace":   pool("workspaces"),
		"database": optionalObject("The database that exists. A part that is left out ends nothing.", map[string]schema.Attribute{
			"vcpu":       optionalNumber("vCPU of the database, at least 1."),
			"memory_gib": optionalNumber("Memory of the database in GiB, above 0; fractions are fine."),
			"storage_gb": optionalNumber("Storage of the database in GB, at least 1."),
		}),
	}
	for _, name := range []string{
		"high_availability", "workspace_request", "packing", "node_overhead", "workspace_node_allocatable", "machine_specs",
		"pod_requests", "colocate_provisioners",
	} {
		arguments[name] = onlyOptional(counted[name])
	}
	arguments["coderd_replicas"] = optionalNumber("Pods of coderd that run instead of the page's, one a node. By default the row's.")
	arguments["max_pods_per_node"] = optionalNumber(podLimit)
	return arguments
}

// onlyOptional is an argument that does not read back the value used.
func onlyOptional(attribute schema.Attribute) schema.Attribute {
	switch a := attribute.(type) {
	case schema.BoolAttribute:
		a.Computed = false
		return a
	case schema.NumberAttribute:
		a.Computed = false
		return a
	case schema.StringAttribute:
		a.Computed = false
		return a
	}
	return attribute
}

func capacityAnswers() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"users":      number("The largest number of users that every part carries; 0 where not even one fits."),
		"limited_by": text("The part that ends it, the first of equals: " + oneOf(sizing.Parts()) + ". `" + string(sizing.PartEdition) + "`: nothing ends it before the edition's largest tier."),
		"users_by_part": nested("The same for each part alone.", map[string]schema.Attribute{
			"coderd":      number("Users that the nodes of coderd carry; null where they are not given."),
			"provisioner": number("Users that the nodes of provisioners carry; null where they are not given."),
			"workspace":   number("Users that the nodes of workspaces carry; null where they are not given."),
			"database":    number("Users that the database carries; null where it is not given."),
		}),
		"next": nested("What one user more would need; null where the edition ends.", map[string]schema.Attribute{
			"users": number("One user more than `users`."),
			"needs": text("What the ending part would need, in words: `workspace: 65 nodes of t2d-standard-8, you have 64`."),
		}),
		"summary": text("What the fleet carries as a text of at most 100 columns. Put it into an output: a plan shows the values of a data source only there."),
	}
}
