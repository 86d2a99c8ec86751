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

// result is an object that is made already. The framework would take it apart
// and put it together again, which takes longer than to calculate it; all that
// it asks of a result is its type and its value.
type result struct {
	basetypes.ObjectValue

	made tftypes.Value
}

func (r result) ToTerraformValue(context.Context) (tftypes.Value, error) { return r.made, nil }

// setResult answers with an object of the model's type.
func (m *model) setResult(resp *function.RunResponse, packed *tfprotov6.DynamicValue) {
	made, err := packed.Unmarshal(m.object)
	if err != nil {
		resp.Error = function.NewFuncError(err.Error())
		return
	}
	resp.Result = function.NewResultData(result{basetypes.NewObjectUnknown(m.returns.AttrTypes), made})
}
