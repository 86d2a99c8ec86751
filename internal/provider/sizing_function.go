package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

var _ function.Function = sizingFunction{}

type sizingFunction struct{}

func newSizingFunction() function.Function { return sizingFunction{} }

func (sizingFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "sizing"
}

func (sizingFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	m, err := sizingModel()
	if err != nil {
		resp.Diagnostics.AddError("Unreadable Editions", err.Error())
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
		Return: function.ObjectReturn{AttributeTypes: m.returns.AttrTypes},
	}
}

func (sizingFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	m, err := sizingModel()
	if err != nil {
		resp.Error = function.NewFuncError(err.Error())
		return
	}
	fixed, editions, funcErr := positional(ctx, req.Arguments, 2)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	if resp.Error = atMostOne("edition", 2, editions); resp.Error != nil {
		return
	}
	config := make(map[string]tftypes.Value, len(m.object.AttributeTypes))
	for name, attribute := range m.object.AttributeTypes {
		config[name] = tftypes.NewValue(attribute, nil)
	}
	config["users"], config["cloud"] = fixed[0], fixed[1]
	if len(editions) > 0 {
		config["edition"] = editions[0]
	}
	answer, err := sizingDataSource{}.read(m, tftypes.NewValue(m.object, config))
	if err != nil {
		resp.Error = function.NewFuncError(err.Error())
		return
	}
	if resp.Error = functionError(answer.faults, "users", "cloud", "edition"); resp.Error != nil {
		return
	}
	m.setResult(ctx, resp, answer.state)
}
