// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

var _ function.Function = sizingFunction{}

type sizingFunction struct{}

func newSizingFunction() function.Function { return sizingFunction{} }

func (sizingFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "sizing"
}

func (sizingFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	states, err := sizingStates()
	if err != nil {
		resp.Diagnostics.AddError("Unusable Schema", err.Error())
		return
	}
	resp.Definition = function.Definition{
		Summary: "The machines that a Coder deployment needs",
		MarkdownDescription: "Answers as the data source [`refarch_sizing`](../data-sources/sizing.md) does with these arguments and all others left out: " +
			"an object with its arguments and attributes. A function is not deferred by `depends_on`, " +
			"so its counts are known in a plan where its arguments are. Where a warning advises another argument, that is one of the data source.",
		// Unknown arguments are let in, so that what is known is judged already.
		Parameters: []function.Parameter{
			function.NumberParameter{
				Name: "users", AllowUnknownValues: true,
				MarkdownDescription: "People with an account: a whole number of at least 1.",
			},
			function.StringParameter{
				Name: "cloud", AllowUnknownValues: true,
				MarkdownDescription: "The cloud whose machine types are recommended: " + oneOf(cloud.Names()) + ".",
			},
		},
		VariadicParameter: function.StringParameter{
			Name: "edition", AllowUnknownValues: true, AllowNullValue: true,
			MarkdownDescription: "One edition of the reference architecture, or none (or null) for `" + reference.DefaultEdition + "`.",
		},
		Return: function.ObjectReturn{AttributeTypes: typesOf(states.schema.Attributes)},
	}
}

func (sizingFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var users types.Number
	var cloudName types.String
	var editions []types.String
	if resp.Error = req.Arguments.Get(ctx, &users, &cloudName, &editions); resp.Error != nil {
		return
	}
	edition, funcErr := atMostOne("edition", 2, editions)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	result, faults, err := sizingResult(ctx, map[string]attr.Value{"users": users, "cloud": cloudName, "edition": edition})
	if err != nil {
		resp.Error = function.NewFuncError(err.Error())
		return
	}
	if resp.Error = functionError(faults, "users", "cloud", "edition"); resp.Error == nil {
		setPacked(ctx, resp, result)
	}
}

// sizingResult is the state of a data source with these arguments.
func sizingResult(ctx context.Context, arguments map[string]attr.Value) (*tfprotov6.DynamicValue, []sizing.Fault, error) {
	states, err := sizingStates()
	if err != nil {
		return nil, nil, err
	}
	set := settings{}
	for name, argument := range arguments {
		if set[name], err = argument.ToTerraformValue(ctx); err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", name, err)
		}
	}
	answer, faults, err := size(set)
	if err != nil || len(faults) > 0 {
		return nil, faults, err
	}
	result, err := states.encode(set, answer)
	return result, nil, err
}

// sizingStates are those of the data source, whose twin the function is.
var sizingStates = sync.OnceValues(func() (*stateEncoder, error) {
	return sizingStatesOf(newSizingDataSource())
})
