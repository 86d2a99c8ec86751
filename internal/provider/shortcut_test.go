// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

// That the shortcut answers as the framework does is for read and validate,
// which every test calls. What is here is what it has to leave to the framework,
// with a configuration that is known and without fault.

// scratchTwins serve a refarch_sizing of a test's own, and nothing else.
func scratchTwins(sizing datasource.DataSource) twins {
	return newTwins(&scratchProvider{sizing: sizing}, sizing)
}

type scratchProvider struct {
	refarchProvider

	sizing datasource.DataSource
}

func (p *scratchProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return p.sizing }}
}

// withAttribute is refarch_sizing with one more attribute, called scratch.
type withAttribute struct {
	sizingDataSource

	attribute schema.Attribute
}

func (w *withAttribute) Schema(ctx context.Context, req datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	w.sizingDataSource.Schema(ctx, req, resp)
	resp.Schema.Attributes["scratch"] = w.attribute
}

type deprecated struct{ sizingDataSource }

func (d *deprecated) Schema(ctx context.Context, req datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	d.sizingDataSource.Schema(ctx, req, resp)
	resp.Schema.DeprecationMessage = "Use another."
}

type configured struct{ sizingDataSource }

func (*configured) Configure(_ context.Context, _ datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	resp.Diagnostics.AddError("Refused", "By its test.")
}

type validated struct{ sizingDataSource }

func (*validated) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{refusing{}}
}

// refusing is a validator that accepts nothing.
type refusing struct{}

func (refusing) Description(context.Context) string         { return "" }
func (refusing) MarkdownDescription(context.Context) string { return "" }

func (refusing) ValidateDataSource(_ context.Context, _ datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	resp.Diagnostics.AddError("Refused", "By its test.")
}

func (refusing) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	resp.Diagnostics.AddAttributeError(req.Path, "Refused", "By its test.")
}

func (refusing) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	resp.Diagnostics.AddAttributeError(req.Path, "Refused", "By its test.")
}

// refusingType is a type of strings whose values accept themselves nowhere.
type refusingType struct{ basetypes.StringType }

type refusingString struct{ basetypes.StringValue }

func (refusingType) ValueFromTerraform(_ context.Context, value tftypes.Value) (attr.Value, error) {
	var text string
	err := value.As(&text)
	return refusingString{types.StringValue(text)}, err
}

func (refusingString) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	resp.Diagnostics.AddAttributeError(req.Path, "Refused", "By its test.")
}

// The schema as it is leaves nothing to the framework: one attribute that does,
// such as one of whole numbers only, would make every read go there.
func TestShortcutStandsReady(t *testing.T) {
	if newShortcut(nil, newSizingDataSource()).states() == nil {
		t.Error("refarch_sizing has something that only the framework does")
	}
}

func TestShortcutStandsAside(t *testing.T) {
	inner := func(a schema.Attribute) map[string]schema.Attribute { return map[string]schema.Attribute{"inner": a} }
	refused := schema.StringAttribute{Optional: true, Validators: []validator.String{refusing{}}}
	accepted := schema.StringAttribute{Optional: true}
	required := schema.StringAttribute{Required: true}
	objects := []validator.Object{refusing{}}
	object := values{"inner": "x"}
	const noInteger = "error scratch: Configuration Read Error: An unexpected error was encountered trying to convert an attribute value from the configuration. " +
		"This is always an error in the provider. Please report the following to the provider developer:\n\nError: Value %!s(*big.Float=1.5) is not an integer."
	for name, test := range map[string]struct {
		source datasource.DataSource
		given  any
		want   string
	}{
		"validator":   {&withAttribute{attribute: refused}, "x", "error scratch: Refused: By its test."},
		"deprecation": {&withAttribute{attribute: schema.StringAttribute{Optional: true, DeprecationMessage: "Use another."}}, "x", "warning scratch: Attribute Deprecated: Use another."},
		"custom type": {&withAttribute{attribute: schema.StringAttribute{Optional: true, CustomType: refusingType{}}}, "x", "error scratch: Refused: By its test."},
		"type that accepts not every number": {
			&withAttribute{attribute: schema.Int64Attribute{Optional: true}}, 1.5, noInteger,
		},
		"elements that accept not every number": {
			&withAttribute{attribute: schema.ListAttribute{Optional: true, ElementType: types.Int64Type}}, []any{1.5}, noInteger,
		},
		"validator in an object": {
			&withAttribute{attribute: schema.SingleNestedAttribute{Optional: true, Attributes: inner(refused)}},
			object, "error scratch.inner: Refused: By its test.",
		},
		"validator of an object": {
			&withAttribute{attribute: schema.SingleNestedAttribute{Optional: true, Attributes: inner(accepted), Validators: objects}},
			object, "error scratch: Refused: By its test.",
		},
		"validator in a list": {
			&withAttribute{attribute: schema.ListNestedAttribute{Optional: true, NestedObject: schema.NestedAttributeObject{Attributes: inner(refused)}}},
			[]any{object}, "error scratch[0].inner: Refused: By its test.",
		},
		"validator of a list's objects": {
			&withAttribute{attribute: schema.ListNestedAttribute{Optional: true, NestedObject: schema.NestedAttributeObject{Attributes: inner(accepted), Validators: objects}}},
			[]any{object}, "error scratch[0]: Refused: By its test.",
		},
		"validator in a map": {
			&withAttribute{attribute: schema.MapNestedAttribute{Optional: true, NestedObject: schema.NestedAttributeObject{Attributes: inner(refused)}}},
			values{"key": object}, `error scratch["key"].inner: Refused: By its test.`,
		},
		"validator of a map's objects": {
			&withAttribute{attribute: schema.MapNestedAttribute{Optional: true, NestedObject: schema.NestedAttributeObject{Attributes: inner(accepted), Validators: objects}}},
			values{"key": object}, `error scratch["key"]: Refused: By its test.`,
		},
		"required in an object": {
			&withAttribute{attribute: schema.SingleNestedAttribute{Optional: true, Attributes: inner(required)}},
			values{}, missing("scratch.inner"),
		},
		"required in a list": {
			&withAttribute{attribute: schema.ListNestedAttribute{Optional: true, NestedObject: schema.NestedAttributeObject{Attributes: inner(required)}}},
			[]any{object, values{}}, missing("scratch[1].inner"),
		},
		"required in a map": {
			&withAttribute{attribute: schema.MapNestedAttribute{Optional: true, NestedObject: schema.NestedAttributeObject{Attributes: inner(required)}}},
			values{"key": values{}, "other": object}, missing(`scratch["key"].inner`),
		},
		"read-only in an object": {
			&withAttribute{attribute: schema.SingleNestedAttribute{Optional: true, Attributes: inner(schema.StringAttribute{Computed: true})}},
			object, "error scratch.inner" + readOnly,
		},
		"set that holds no value twice": {
			&withAttribute{attribute: schema.SetAttribute{Optional: true, ElementType: types.StringType}}, []any{"x", "x"},
			"error scratch: Duplicate Set Element: This attribute contains duplicate values of: tftypes.String<\"x\">",
		},
		"deprecated data source":      {&deprecated{}, nil, "warning : Deprecated: Use another."},
		"configured data source":      {&configured{}, nil, "error : Refused: By its test."},
		"validators of a data source": {&validated{}, nil, "error : Refused: By its test."},
	} {
		t.Run(name, func(t *testing.T) {
			w := scratchTwins(test.source)
			object := w.schemas(t)["refarch_sizing"].ValueType().(tftypes.Object)
			given := values{"users": 1000, "cloud": "gcp"}
			if test.given != nil {
				given["scratch"] = test.given
			}
			config := dynamic(t, terraformValue(t, object, given))
			got := told(w.validate(t, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: "refarch_sizing", Config: config}))
			checkEqual(t, given, "what validation tells", got, []string{test.want})
			w.read(t, &tfprotov6.ReadDataSourceRequest{TypeName: "refarch_sizing", Config: config})
		})
	}
}

// Attributes of every kind are served with all that is said of them, and read
// back as they are configured.
func TestScratchAttributes(t *testing.T) {
	object := schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{"inner": schema.NumberAttribute{Optional: true}}}
	given := values{"inner": 1}
	for name, test := range map[string]struct {
		attribute schema.Attribute
		given     any
		want      tfprotov6.SchemaAttribute
	}{
		"sensitive":  {schema.StringAttribute{Optional: true, Sensitive: true}, "x", tfprotov6.SchemaAttribute{Type: tftypes.String, Sensitive: true}},
		"deprecated": {schema.BoolAttribute{Optional: true, DeprecationMessage: "Old."}, true, tfprotov6.SchemaAttribute{Type: tftypes.Bool, Deprecated: true, DeprecationMessage: "Old."}},
		"set":        {schema.SetAttribute{Optional: true, ElementType: types.StringType}, []any{"x"}, tfprotov6.SchemaAttribute{Type: tftypes.Set{ElementType: tftypes.String}}},
		"set of objects": {
			schema.SetNestedAttribute{Optional: true, NestedObject: object}, []any{given},
			tfprotov6.SchemaAttribute{NestedType: &tfprotov6.SchemaObject{Nesting: tfprotov6.SchemaObjectNestingModeSet}},
		},
		"map of objects": {
			schema.MapNestedAttribute{Optional: true, NestedObject: object}, values{"key": given},
			tfprotov6.SchemaAttribute{NestedType: &tfprotov6.SchemaObject{Nesting: tfprotov6.SchemaObjectNestingModeMap}},
		},
		"list of objects": {
			schema.ListNestedAttribute{Optional: true, NestedObject: object}, []any{given},
			tfprotov6.SchemaAttribute{NestedType: &tfprotov6.SchemaObject{Nesting: tfprotov6.SchemaObjectNestingModeList}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := scratchTwins(&withAttribute{attribute: test.attribute})
			served := w.schemas(t)["refarch_sizing"]
			test.want.Name, test.want.Optional = "scratch", true
			if test.want.NestedType != nil {
				test.want.NestedType.Attributes = []*tfprotov6.SchemaAttribute{{Name: "inner", Type: tftypes.Number, Optional: true}}
			}
			for _, attribute := range served.Block.Attributes {
				if attribute.Name == "scratch" {
					checkEqual(t, nil, "the attribute", *attribute, test.want)
				}
			}
			object := served.ValueType().(tftypes.Object)
			config := terraformValue(t, object, values{"users": 1000, "cloud": "gcp", "scratch": test.given})
			resp := w.read(t, &tfprotov6.ReadDataSourceRequest{TypeName: "refarch_sizing", Config: dynamic(t, config)})
			checkEqual(t, nil, "the state", unpack(t, object, resp.State)["scratch"], plain(t, config).(values)["scratch"])
		})
	}
}

// A read logs one line, whoever answers, and what it read too where a warning
// or an unknown value makes the framework answer.
func TestReadLogs(t *testing.T) {
	line := func(database string) []map[string]any {
		return []map[string]any{{
			"@level": "debug", "@message": "Sized a deployment", "@module": "provider", "edition": "2024-03", "tier": "3k",
			"coderd": "n1-standard-4", "provisioner": "t2d-standard-8", "workspace": "t2d-standard-8", "database": database,
		}}
	}
	for name, test := range map[string]struct {
		given values
		want  []map[string]any
	}{
		"known":   {values{"users": 3000, "cloud": "gcp"}, line("db-custom-8-30720")},
		"beyond":  {values{"users": 3001, "cloud": "gcp", "beyond_range": "extrapolate"}, line("db-custom-10-38400")},
		"unknown": {values{"users": unknown{}, "cloud": "gcp"}, nil},
		"fault":   {values{"users": 0, "cloud": "gcp"}, nil},
	} {
		for who, server := range map[string]tfprotov6.ProviderServer{"the shortcut": refarch().served, "the framework": refarch().plain} {
			t.Run(name+" by "+who, func(t *testing.T) {
				var log bytes.Buffer
				_, err := server.ReadDataSource(tflogtest.RootLogger(context.Background(), &log), &tfprotov6.ReadDataSourceRequest{
					TypeName: "refarch_sizing", Config: configuration(t, "refarch_sizing", test.given),
				})
				must(t, err)
				lines, err := tflogtest.MultilineJSONDecode(&log)
				must(t, err)
				checkEqual(t, test.given, "the log", lines, test.want)
			})
		}
	}
}
