// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// atMostOne is the one value that is given for a variadic parameter that is
// there to be left out, null where none is, and an error on the second.
func atMostOne[T any](name string, position int64, given []T) (T, *function.FuncError) {
	var none T
	switch len(given) {
	case 0:
		return none, nil
	case 1:
		return given[0], nil
	}
	return none, function.NewArgumentFuncError(position+1,
		fmt.Sprintf("%d values are given for %s, which takes one or none: leave out all but the first", len(given), name))
}

func stringArgument(given types.String) sizing.Arg[string] {
	switch {
	case given.IsUnknown():
		return sizing.Unknown[string]()
	case given.IsNull():
		return sizing.Arg[string]{}
	}
	return sizing.Known(given.ValueString())
}

func numberArgument(given types.Number) sizing.Number {
	switch {
	case given.IsUnknown():
		return sizing.Unknown[*big.Float]()
	case given.IsNull():
		return sizing.Number{}
	}
	return sizing.Known(given.ValueBigFloat())
}

// packedResult is the key, in the context of a call, to where a large result
// goes as the message that Terraform reads. The framework would take it apart
// and put it together again, which takes longer than to calculate it.
type packedResult struct{}

// setPacked answers with a packed result. Where it goes out past the framework,
// that sees no more of it than its type.
func setPacked(ctx context.Context, resp *function.RunResponse, packed *tfprotov6.DynamicValue) {
	if target, ok := ctx.Value(packedResult{}).(*tfprotov6.DynamicValue); ok {
		*target = *packed
		return
	}
	returns := resp.Result.Value().Type(ctx)
	raw, err := packed.Unmarshal(returns.TerraformType(ctx))
	if err != nil {
		resp.Error = function.NewFuncError(err.Error())
		return
	}
	value, err := returns.ValueFromTerraform(ctx, raw)
	if err != nil {
		resp.Error = function.NewFuncError(err.Error())
		return
	}
	resp.Result = function.NewResultData(value)
}
