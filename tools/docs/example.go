// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	ctyjson "github.com/zclconf/go-cty/cty/json"
	ctymsgpack "github.com/zclconf/go-cty/cty/msgpack"

	"github.com/refarch/terraform-provider-refarch/internal/provider"
	"github.com/refarch/terraform-provider-refarch/tools/markdown"
)

// dataSource is a data source of the provider, by its name.
type dataSource string

const (
	sizingSource   dataSource = "refarch_sizing"
	capacitySource dataSource = "refarch_capacity"
)

// exampleFigure is an example of a guide: a configuration of a data source and,
// after a blank line, what it answers, an attribute a line:
//
//	users = 1000
//	cloud = "gcp"
//
//	workspace.node_count == ceil(1024 / 16)
//
// The provider answers it, and the arithmetic is worked out: where the two
// differ there is no page. The right-hand side may be left out, and may name
// attributes of the answer. A configuration alone is answered by its summary.
func (of dataSource) exampleFigure(text string) (string, error) {
	configuration, claims, _ := strings.Cut(strings.TrimSpace(text), "\n\n")
	state, err := of.answer(configuration)
	if err != nil {
		return "", err
	}
	shown := "```terraform\n" + configuration + "\n```\n\n"
	if claims == "" {
		return shown + summary(state), nil
	}
	scope := &hcl.EvalContext{Variables: state.AsValueMap(), Functions: map[string]function.Function{
		"ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc, "log": stdlib.LogFunc, "max": stdlib.MaxFunc, "min": stdlib.MinFunc, "pow": stdlib.PowFunc,
	}}
	t := markdown.NewTable("attribute", "answer")
	if strings.Contains(claims, "==") {
		t = markdown.NewTable("attribute", "answer", "worked out")
	}
	for line := range strings.Lines(claims) {
		attribute, answer, arithmetic, err := claim(strings.TrimSpace(line), scope)
		if err != nil {
			return "", err
		}
		cells := []string{code(attribute), answer}
		if arithmetic != "" {
			cells = append(cells, arithmetic)
		}
		t.Add(cells...)
	}
	return shown + t.String(), nil
}

// answer is what a configuration without fault is answered.
func (of dataSource) answer(configuration string) (cty.Value, error) {
	state, faults, err := of.ask(configuration)
	if err == nil && len(faults) > 0 {
		err = errors.New(faults[0].Summary + ": " + faults[0].Detail)
	}
	return state, err
}

// summaryFigure is the summary of a configuration as Terraform prints it.
func (of dataSource) summaryFigure(configuration string) (string, error) {
	state, err := of.answer(configuration)
	if err != nil {
		return "", err
	}
	return summary(state), nil
}

func summary(state cty.Value) string {
	return "```text\n" + state.GetAttr("summary").AsString() + "\n```\n"
}

// refusalFigure is what a configuration that is refused is told.
func refusalFigure(text string) (string, error) {
	configuration := strings.TrimSpace(text)
	_, faults, err := sizingSource.ask(configuration)
	if err != nil {
		return "", err
	}
	if len(faults) == 0 {
		return "", fmt.Errorf("is not refused: %s", configuration)
	}
	var told []string
	for _, f := range faults {
		told = append(told, "Error: "+f.Summary+"\n\n"+f.Detail+"\n")
	}
	return "```terraform\n" + configuration + "\n```\n\n```text\n" + strings.Join(told, "\n") + "```\n", nil
}

// claim is a line of an example: the attribute, or arithmetic with some, what it
// is in the answer, and the arithmetic that comes to the same.
func claim(line string, scope *hcl.EvalContext) (attribute, answer, arithmetic string, err error) {
	expression, diagnostics := hclsyntax.ParseExpression([]byte(line), "claim", hcl.InitialPos)
	if diagnostics.HasErrors() {
		return "", "", "", diagnostics
	}
	left := expression
	equation, isEquation := expression.(*hclsyntax.BinaryOpExpr)
	if isEquation = isEquation && equation.Op == hclsyntax.OpEqual; isEquation {
		left = equation.LHS
		arithmetic = code(multiplied(source(line, equation.RHS)))
	}
	value, diagnostics := left.Value(scope)
	if diagnostics.HasErrors() {
		return "", "", "", diagnostics
	}
	if isComparison := !isEquation && value.Type() == cty.Bool && equation != nil; isComparison {
		return "", "", "", fmt.Errorf("%s is no equation", line)
	}
	if isEquation {
		worked, diagnostics := equation.RHS.Value(scope)
		if diagnostics.HasErrors() {
			return "", "", "", diagnostics
		}
		if !value.RawEquals(worked) {
			return "", "", "", fmt.Errorf("%s: the answer is %s, worked out it is %s", line, worded(value), worded(worked))
		}
	}
	return multiplied(source(line, left)), worded(value), arithmetic, nil
}

// multiplied writes arithmetic as people do, but for warnings[*].
func multiplied(arithmetic string) string {
	return strings.NewReplacer(" * ", " × ", " - ", " − ").Replace(arithmetic)
}

func source(line string, expression hclsyntax.Expression) string {
	return string(expression.Range().SliceBytes([]byte(line)))
}

// worded writes a value of an answer for people.
func worded(value cty.Value) string {
	switch {
	case value.IsNull():
		return "null"
	case value.Type() == cty.Number:
		n := value.AsBigFloat()
		if whole, exact := n.Int64(); exact == 0 {
			return count(whole)
		}
		return n.Text('g', 12)
	case value.Type() == cty.Bool:
		return fmt.Sprint(value.True())
	case value.Type() == cty.String:
		return code(value.AsString())
	case value.CanIterateElements():
		var all []string
		for _, element := range value.AsValueSlice() {
			all = append(all, worded(element))
		}
		if len(all) == 0 {
			return "none"
		}
		return strings.Join(all, ", ")
	}
	return value.GoString()
}

// ask puts a configuration to the provider as Terraform does.
func (of dataSource) ask(configuration string) (state cty.Value, faults []*tfprotov6.Diagnostic, err error) {
	ctx, server := context.Background(), provider.NewServer("docs")()
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return cty.NilVal, nil, fmt.Errorf("asking for the schema: %w", err)
	}
	written, err := schemas.DataSourceSchemas[string(of)].ValueType().MarshalJSON() //nolint:staticcheck // the way from one library's types to the other's
	if err != nil {
		return cty.NilVal, nil, fmt.Errorf("reading the schema: %w", err)
	}
	typ, err := ctyjson.UnmarshalType(written)
	if err != nil {
		return cty.NilVal, nil, fmt.Errorf("reading the schema: %w", err)
	}
	config, err := dynamicValue(configuration, typ)
	if err != nil {
		return cty.NilVal, nil, err
	}
	read, err := server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: string(of), Config: config})
	if err != nil {
		return cty.NilVal, nil, fmt.Errorf("asking for an answer: %w", err)
	}
	for _, d := range read.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			faults = append(faults, d)
		}
	}
	if len(faults) > 0 {
		return cty.NilVal, faults, nil
	}
	state, err = ctymsgpack.Unmarshal(read.State.MsgPack, typ)
	if err != nil {
		return cty.NilVal, nil, fmt.Errorf("reading an answer: %w", err)
	}
	return state, nil, nil
}

// dynamicValue reads a configuration as it stands in a data block; what it
// leaves out is null.
func dynamicValue(configuration string, of cty.Type) (*tfprotov6.DynamicValue, error) {
	expression, diagnostics := hclsyntax.ParseExpression([]byte("{\n"+configuration+"\n}"), "example", hcl.InitialPos)
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	value, diagnostics := expression.Value(nil)
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	// JSON may leave attributes out, which a conversion may not.
	written, err := ctyjson.Marshal(value, value.Type())
	if err != nil {
		return nil, fmt.Errorf("writing a configuration: %w", err)
	}
	config, err := ctyjson.Unmarshal(written, of)
	if err != nil {
		return nil, fmt.Errorf("reading a configuration: %w", err)
	}
	packed, err := ctymsgpack.Marshal(config, of)
	if err != nil {
		return nil, fmt.Errorf("writing a configuration: %w", err)
	}
	return &tfprotov6.DynamicValue{MsgPack: packed}, nil
}
