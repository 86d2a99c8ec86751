package provider

import (
	"context"
	"math/big"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The tests of this package speak the protocol to the real server, without a
// Terraform in between: what they see is what Terraform would see.

var sharedServer = sync.OnceValues(func() (tfprotov6.ProviderServer, error) {
	server := NewServer("test")()
	_, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	return server, err
})

func serve(t testing.TB) tfprotov6.ProviderServer {
	t.Helper()
	s, err := sharedServer()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// unknown stands in test configurations for a value not known yet.
type unknown struct{}

// values are attributes by name: nil, unknown{}, int, float64, string, bool,
// *big.Float, or values again for an object.
type values map[string]any

// terraformValue is a Go value of a test as a value of a Terraform type; what
// an object does not name is null.
func terraformValue(t testing.TB, want tftypes.Type, given any) tftypes.Value {
	t.Helper()
	switch given := given.(type) {
	case nil:
		return tftypes.NewValue(want, nil)
	case unknown:
		return tftypes.NewValue(want, tftypes.UnknownValue)
	case tftypes.Value:
		return given
	case values:
		object, ok := want.(tftypes.Object)
		if !ok {
			t.Fatalf("attributes are given for a %s", want)
		}
		attributes := map[string]tftypes.Value{}
		for name, attribute := range object.AttributeTypes {
			attributes[name] = terraformValue(t, attribute, given[name])
		}
		for name := range given {
			if _, ok := attributes[name]; !ok {
				t.Fatalf("there is no attribute %q", name)
			}
		}
		return tftypes.NewValue(want, attributes)
	case int:
		return tftypes.NewValue(want, int64(given))
	default:
		return tftypes.NewValue(want, given)
	}
}

func dynamic(t testing.TB, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	d, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// modelOf is the model behind a data source or a function.
func modelOf(t testing.TB, name string) *model {
	t.Helper()
	builders := map[string]func() (*model, error){
		"refarch_sizing": sizingModel, "refarch_editions": editionsModel, "sizing": sizingModel, "node_packing": nodePackingModel,
	}
	m, err := builders[name]()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// configuration is what Terraform sends for a data block.
func configuration(t testing.TB, dataSource string, given values) *tfprotov6.DynamicValue {
	t.Helper()
	return dynamic(t, terraformValue(t, modelOf(t, dataSource).object, given))
}

// read calls ReadDataSource; the state is nil where there is an error.
func read(t testing.TB, dataSource string, given values) (values, []*tfprotov6.Diagnostic) {
	t.Helper()
	resp, err := serve(t).ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{
		TypeName: dataSource, Config: configuration(t, dataSource, given),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return nil, resp.Diagnostics
		}
	}
	return unpack(t, modelOf(t, dataSource).object, resp.State), resp.Diagnostics
}

// validate calls ValidateDataResourceConfig.
func validate(t testing.TB, dataSource string, given values) []*tfprotov6.Diagnostic {
	t.Helper()
	resp, err := serve(t).ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: dataSource, Config: configuration(t, dataSource, given),
	})
	if err != nil {
		t.Fatal(err)
	}
	return resp.Diagnostics
}

// call calls a function with values of any kind that terraformValue takes.
func call(t testing.TB, function string, given ...any) (values, *tfprotov6.FunctionError) {
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
	resp, err := serve(t).CallFunction(context.Background(), &tfprotov6.CallFunctionRequest{Name: function, Arguments: arguments})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Error != nil {
		return nil, resp.Error
	}
	return unpack(t, definition.Return.Type, resp.Result), nil
}

func definitionOf(t testing.TB, function string) *tfprotov6.Function {
	t.Helper()
	resp, err := serve(t).GetFunctions(context.Background(), &tfprotov6.GetFunctionsRequest{})
	if err != nil {
		t.Fatal(err)
	}
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
	if err != nil {
		t.Fatal(err)
	}
	unpacked, ok := plain(t, value).(values)
	if !ok {
		t.Fatalf("the answer is no object: %s", value)
	}
	return unpacked
}

// numberPrecision is the one in which Terraform reads numbers.
const numberPrecision = 512

// decimalText keeps a number apart from a string.
type decimalText string

func plain(t testing.TB, value tftypes.Value) any {
	t.Helper()
	object, isObject := value.Type().(tftypes.Object)
	switch {
	case !value.IsKnown() && isObject:
		all := values{}
		for name, attribute := range object.AttributeTypes {
			all[name] = plain(t, tftypes.NewValue(attribute, tftypes.UnknownValue))
		}
		return all
	case !value.IsKnown():
		return unknown{}
	case value.IsNull():
		return nil
	}
	switch {
	case isObject:
		var attributes map[string]tftypes.Value
		must(t, value.As(&attributes))
		all := values{}
		for name, attribute := range attributes {
			all[name] = plain(t, attribute)
		}
		return all
	case value.Type().Is(tftypes.String):
		var s string
		must(t, value.As(&s))
		return s
	case value.Type().Is(tftypes.Bool):
		var b bool
		must(t, value.As(&b))
		return b
	case value.Type().Is(tftypes.Number):
		var n big.Float
		must(t, value.As(&n))
		return decimalText(n.Text('f', -1))
	}
	var elements []tftypes.Value
	must(t, value.As(&elements))
	all := make([]any, len(elements))
	for i, element := range elements {
		all[i] = plain(t, element)
	}
	return all
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// told is diagnostics as a test expects them: "error users: Title: Detail".
func told(diagnostics []*tfprotov6.Diagnostic) []string {
	all := []string{}
	for _, d := range diagnostics {
		var steps []string
		for _, step := range d.Attribute.Steps() {
			steps = append(steps, string(step.(tftypes.AttributeName)))
		}
		all = append(all, strings.ToLower(d.Severity.String())+" "+strings.Join(steps, ".")+": "+d.Summary+": "+d.Detail)
	}
	return all
}
