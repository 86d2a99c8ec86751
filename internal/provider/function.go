package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// positional returns the arguments of a call: those of the parameters and,
// apart, those of the variadic one.
func positional(ctx context.Context, arguments function.ArgumentsData, parameters int) (fixed, variadic []tftypes.Value, _ *function.FuncError) {
	values := make([]attr.Value, parameters+1)
	targets := make([]any, len(values))
	for i := range values {
		targets[i] = &values[i]
	}
	if err := arguments.Get(ctx, targets...); err != nil {
		return nil, nil, err
	}
	fixed = make([]tftypes.Value, parameters)
	for i := range fixed {
		value, err := values[i].ToTerraformValue(ctx)
		if err != nil {
			return nil, nil, function.NewArgumentFuncError(int64(i), err.Error())
		}
		fixed[i] = value
	}
	tuple, err := values[parameters].ToTerraformValue(ctx)
	if err == nil {
		err = tuple.As(&variadic)
	}
	if err != nil {
		return nil, nil, function.NewArgumentFuncError(int64(parameters), err.Error())
	}
	return fixed, variadic, nil
}

// atMostOne is an error on the second argument of a variadic parameter that
// is there to be left out.
func atMostOne(name string, position int64, given []tftypes.Value) *function.FuncError {
	if len(given) < 2 {
		return nil
	}
	return function.NewArgumentFuncError(position+1,
		fmt.Sprintf("%d values are given for %s, which takes one or none: leave out all but the first", len(given), name))
}

// packedResult is the key, in the context of a call, to where its result goes
// as the message that Terraform reads. The framework would take it apart and
// put it together again, which takes longer than to calculate it.
type packedResult struct{}

// setResult answers with an object of the model's type. What the framework
// gets to see of it is that there is one.
func (m *model) setResult(ctx context.Context, resp *function.RunResponse, packed *tfprotov6.DynamicValue) {
	target, ok := ctx.Value(packedResult{}).(*tfprotov6.DynamicValue)
	if !ok {
		resp.Error = function.NewFuncError("The function is called past the provider's own server, which takes its result on")
		return
	}
	*target = *packed
	resp.Result = function.NewResultData(basetypes.NewObjectUnknown(m.returns.AttrTypes))
}
