// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// The tests of this package speak the protocol to the real server, without a
// Terraform in between: what they see is what Terraform would see. Each call for
// a data source is made twice, with the shortcut and without.

// twins are a provider as it is served and the same without the shortcut.
type twins struct {
	served, plain tfprotov6.ProviderServer
}

func newTwins(p provider.Provider, sizing datasource.DataSource) twins {
	return twins{newServer(p, sizing)(), server{providerserver.NewProtocol6(p)()}}
}

var refarch = sync.OnceValue(func() twins { return newTwins(&refarchProvider{version: "test"}, newSizingDataSource()) })

// served is what Terraform would talk to.
func served() tfprotov6.ProviderServer { return refarch().served }

func dynamic(t testing.TB, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	d, err := tfprotov6.NewDynamicValue(value.Type(), value)
	must(t, err)
	return &d
}

// dataSourceSchema is the schema of a data source as the framework knows it.
func dataSourceSchema(t testing.TB, source datasource.DataSource) schema.Schema {
	t.Helper()
	var resp datasource.SchemaResponse
	source.Schema(context.Background(), datasource.SchemaRequest{}, &resp)
	if resp.Diagnostics.HasError() {
		t.Fatal(resp.Diagnostics)
	}
	return resp.Schema
}

// schemas are those of the data sources, as Terraform asks for them.
func (w twins) schemas(t testing.TB) map[string]*tfprotov6.Schema {
	t.Helper()
	resp, err := w.served.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	must(t, err)
	checkEqual(t, nil, "what the schema tells", told(resp.Diagnostics), []string{})
	return resp.DataSourceSchemas
}

var refarchSchemas map[string]*tfprotov6.Schema

func schemas(t testing.TB) map[string]*tfprotov6.Schema {
	t.Helper()
	if refarchSchemas == nil {
		refarchSchemas = refarch().schemas(t)
	}
	return refarchSchemas
}

// attributesOf are the attributes of a data source by name.
func attributesOf(t testing.TB, dataSource string) map[string]*tfprotov6.SchemaAttribute {
	t.Helper()
	all := map[string]*tfprotov6.SchemaAttribute{}
	for _, attribute := range schemas(t)[dataSource].Block.Attributes {
		all[attribute.Name] = attribute
	}
	return all
}

// typeOf is the type of a data source's configuration and state.
func typeOf(t testing.TB, dataSource string) tftypes.Object {
	t.Helper()
	return schemas(t)[dataSource].ValueType().(tftypes.Object)
}

// configuration is what Terraform sends for a data block.
func configuration(t testing.TB, dataSource string, given values) *tfprotov6.DynamicValue {
	t.Helper()
	return dynamic(t, terraformValue(t, typeOf(t, dataSource), given))
}

// settingsFor are what a data block sets.
func settingsFor(t testing.TB, dataSource string, given values) settings {
	t.Helper()
	set, err := settingsOf(terraformValue(t, typeOf(t, dataSource), given))
	must(t, err)
	return set
}

// read calls ReadDataSource; the state is nil where there is an error. With the
// shortcut and without, answers are byte by byte the same.
func (w twins) read(t testing.TB, req *tfprotov6.ReadDataSourceRequest) *tfprotov6.ReadDataSourceResponse {
	t.Helper()
	got, err := w.served.ReadDataSource(context.Background(), req)
	must(t, err)
	want, err := w.plain.ReadDataSource(context.Background(), req)
	must(t, err)
	checkEqual(t, nil, "what reading tells with the shortcut", told(got.Diagnostics), told(want.Diagnostics))
	if !reflect.DeepEqual(got.State, want.State) && !w.sameButForOrder(t, req.TypeName, got.State, want.State) {
		t.Errorf("with the shortcut the state is\n%q, without it\n%q", got.State, want.State)
	}
	return got
}

// sameButForOrder compares states with maps, whose keys tftypes writes in any
// order.
func (w twins) sameButForOrder(t testing.TB, dataSource string, a, b *tfprotov6.DynamicValue) bool {
	t.Helper()
	object := w.schemas(t)[dataSource].ValueType()
	if a == nil || b == nil || !strings.Contains(object.String(), "tftypes.Map") {
		return false
	}
	first, err := a.Unmarshal(object)
	must(t, err)
	second, err := b.Unmarshal(object)
	must(t, err)
	return first.Equal(second)
}

func read(t testing.TB, dataSource string, given values) (values, []*tfprotov6.Diagnostic) {
	t.Helper()
	resp := refarch().read(t, &tfprotov6.ReadDataSourceRequest{TypeName: dataSource, Config: configuration(t, dataSource, given)})
	if hasError(resp.Diagnostics) {
		return nil, resp.Diagnostics
	}
	return unpack(t, typeOf(t, dataSource), resp.State), resp.Diagnostics
}

// validate calls ValidateDataResourceConfig. With the shortcut and without, the
// same is told, whose order the framework leaves to chance.
func (w twins) validate(t testing.TB, req *tfprotov6.ValidateDataResourceConfigRequest) []*tfprotov6.Diagnostic {
	t.Helper()
	got, err := w.served.ValidateDataResourceConfig(context.Background(), req)
	must(t, err)
	want, err := w.plain.ValidateDataResourceConfig(context.Background(), req)
	must(t, err)
	if !reflect.DeepEqual(slices.Sorted(slices.Values(told(got.Diagnostics))), slices.Sorted(slices.Values(told(want.Diagnostics)))) {
		t.Errorf("with the shortcut validation tells %q, without it %q", told(got.Diagnostics), told(want.Diagnostics))
	}
	return got.Diagnostics
}

func validate(t testing.TB, dataSource string, given values) []*tfprotov6.Diagnostic {
	t.Helper()
	return refarch().validate(t, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: dataSource, Config: configuration(t, dataSource, given)})
}

func hasError(diagnostics []*tfprotov6.Diagnostic) bool {
	return slices.ContainsFunc(diagnostics, func(d *tfprotov6.Diagnostic) bool {
		return d.Severity == tfprotov6.DiagnosticSeverityError
	})
}

// call calls a function that returns an object, with values of any kind that
// terraformValue takes.
func call(t testing.TB, function string, given ...any) (values, *tfprotov6.FunctionError) {
	t.Helper()
	result, funcErr := callAny(t, function, given...)
	if funcErr != nil {
		return nil, funcErr
	}
	object, ok := result.(values)
	if !ok {
		t.Fatalf("the result is no object: %v", result)
	}
	return object, nil
}

// callAny calls a function, whatever it returns.
func callAny(t testing.TB, function string, given ...any) (any, *tfprotov6.FunctionError) {
	t.Helper()
	definition := definitionOf(t, function)
	arguments := make([]*tfprotov6.DynamicValue, len(given))
	for i, value := range given {
		parameter := definition.VariadicParameter
		if i < len(definition.Parameters) {
			parameter = definition.Parameters[i]
		}
		arguments[i] = dynamic(t, terraformValue(t, parameter.Type, value))
	}
	resp, err := served().CallFunction(context.Background(), &tfprotov6.CallFunctionRequest{Name: function, Arguments: arguments})
	must(t, err)
	if resp.Error != nil {
		return nil, resp.Error
	}
	result, err := resp.Result.Unmarshal(definition.Return.Type)
	must(t, err)
	return plain(t, result), nil
}

func definitionOf(t testing.TB, function string) *tfprotov6.Function {
	t.Helper()
	resp, err := served().GetFunctions(context.Background(), &tfprotov6.GetFunctionsRequest{})
	must(t, err)
	definition, ok := resp.Functions[function]
	if !ok {
		t.Fatalf("there is no function %q", function)
	}
	return definition
}

// unpack is an object as a test reads it: nil, unknown{}, string, bool, a
// number as its shortest decimal, []any, values. An unknown object has an
// unknown of each of its attributes.
func unpack(t testing.TB, want tftypes.Type, packed *tfprotov6.DynamicValue) values {
	t.Helper()
	value, err := packed.Unmarshal(want)
	must(t, err)
	unpacked, ok := plain(t, value).(values)
	if !ok {
		t.Fatalf("the answer is no object: %s", value)
	}
	return unpacked
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// checkEqual holds something of the answer to a configuration against what it
// shall be.
func checkEqual(t testing.TB, given values, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v: %s is %v, want %v", given, what, got, want)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// quotedEditions are the editions as a fault lists them.
func quotedEditions(t testing.TB) string {
	t.Helper()
	ids, err := reference.IDs()
	must(t, err)
	return words.Or(words.Quoted(ids))
}

// told is diagnostics as a test expects them: "error users: Title: Detail".
func told(diagnostics []*tfprotov6.Diagnostic) []string {
	all := []string{}
	for _, d := range diagnostics {
		var at strings.Builder
		for i, step := range d.Attribute.Steps() {
			switch step := step.(type) {
			case tftypes.AttributeName:
				at.WriteString(strings.Repeat(".", min(i, 1)) + string(step))
			case tftypes.ElementKeyString:
				fmt.Fprintf(&at, "[%q]", string(step))
			default:
				fmt.Fprintf(&at, "[%v]", step)
			}
		}
		all = append(all, strings.ToLower(d.Severity.String())+" "+at.String()+": "+d.Summary+": "+d.Detail)
	}
	return all
}
