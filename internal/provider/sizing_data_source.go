// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

var (
	_ datasource.DataSource                   = (*sizingDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*sizingDataSource)(nil)
)

type sizingDataSource struct{}

func newSizingDataSource() datasource.DataSource { return &sizingDataSource{} }

func (*sizingDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sizing"
}

func (*sizingDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	editions, err := reference.IDs()
	if err != nil {
		resp.Diagnostics.AddError("Unreadable Editions", err.Error())
		return
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The machines that a Coder deployment needs, by an edition of the vendor's validated reference architecture: " +
			"node pools for coderd, provisioners and workspaces, and the database. " +
			"Every count that a configuration sets is a whole number of at most 1,000,000,000.",
		Attributes: lend(ctx, with(sizingArguments(editions), sizingAnswers())),
	}
}

// ValidateConfig tells every fault of what is known at once.
func (*sizingDataSource) ValidateConfig(_ context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var faults []sizing.Fault
	set, err := settingsOf(req.Config.Raw)
	if err == nil {
		faults, err = check(set)
	}
	if err != nil {
		resp.Diagnostics.AddError("Unreadable Configuration", err.Error())
		return
	}
	resp.Diagnostics.Append(diagnostics(exceptMissing(faults, set, "users", "cloud"))...)
}

// Read answers a configuration. While something in it is unknown, so is the
// answer, but there may be faults already.
func (*sizingDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var answer *report.Answer
	var faults []sizing.Fault
	set, err := settingsOf(req.Config.Raw)
	if err == nil {
		answer, faults, err = size(set)
	}
	if err == nil && len(faults) == 0 {
		err = setState(&resp.State, answer)
	}
	if err != nil {
		resp.Diagnostics.AddError("Unreadable Configuration", err.Error())
		return
	}
	resp.Diagnostics.Append(diagnostics(faults)...)
	resp.Diagnostics.Append(extrapolationWarning(answer)...)
	logAnswer(ctx, answer)
}

// check judges what is known of a configuration.
func check(set settings) ([]sizing.Fault, error) {
	request, err := decodeRequest(set)
	if err != nil {
		return nil, err
	}
	return sizing.Check(request), nil
}

// size is the one way from a configuration to its answer. There is none while
// something in the configuration is unknown, or where there are faults.
func size(set settings) (*report.Answer, []sizing.Fault, error) {
	request, err := decodeRequest(set)
	if err != nil {
		return nil, nil, err
	}
	if !set.areKnown() {
		return nil, sizing.Check(request), nil
	}
	fleet, faults := sizing.Size(request)
	if len(faults) > 0 {
		return nil, faults, nil
	}
	return report.Of(fleet), nil, nil
}

// extrapolationWarning is the one warning that Terraform itself prints: it is
// the only one that questions the answer as a whole. All are in `warnings`.
func extrapolationWarning(answer *report.Answer) diag.Diagnostics {
	if answer == nil || answer.Beyond == nil {
		return nil
	}
	var told diag.Diagnostics
	for _, warning := range answer.Warnings {
		if warning.Code == sizing.WarnBeyondValidatedRange {
			told.AddAttributeWarning(path.Root(answer.Beyond.Quantity), "Answer Beyond the Validated Range", warning.Message)
		}
	}
	return told
}

// sizingStatesOf joins the schema of a refarch_sizing with its answers.
func sizingStatesOf(source datasource.DataSource) (*stateEncoder, error) {
	var resp datasource.SchemaResponse
	source.Schema(context.Background(), datasource.SchemaRequest{}, &resp)
	for _, d := range resp.Diagnostics.Errors() {
		return nil, fmt.Errorf("%s: %s", d.Summary(), d.Detail())
	}
	return newStateEncoder(resp.Schema, reflect.TypeFor[report.Answer]())
}

// logAnswer says in one line of the log, at the level debug, what was answered.
func logAnswer(ctx context.Context, answer *report.Answer) {
	if answer == nil {
		return
	}
	tflog.Debug(ctx, "Sized a deployment", map[string]any{
		"edition": answer.Edition, "tier": answer.Tier.Name,
		"coderd": answer.Coderd.MachineType, "provisioner": answer.Provisioner.MachineType,
		"workspace": answer.Workspace.MachineType, "database": answer.Database.MachineType,
	})
}
