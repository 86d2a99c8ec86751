// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

// A field without an attribute, an attribute without a field, or types that do
// not fit, are found when the encoder of states is built.
func TestStatesAgreeWithTheirAnswers(t *testing.T) {
	type answer struct {
		Kept  string `tfsdk:"kept"`
		Aside string `tfsdk:"-"`
	}
	kept := map[string]schema.Attribute{"kept": text("Kept."), "argument": optionalNumber("Not answered.")}
	tests := map[string]struct {
		attributes map[string]schema.Attribute
		want       string
	}{
		"agreed":             {kept, ""},
		"without a field":    {with(maps.Clone(kept), map[string]schema.Attribute{"more": text("More.")}), `the attribute "more" has no field in provider.answer`},
		"without attributes": {nil, `the field provider.answer.Kept has no attribute "kept"`},
		"of another type":    {map[string]schema.Attribute{"kept": number("A number.")}, `kept: a Go string does not become a Terraform tftypes.Number`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := newStateEncoder(schema.Schema{Attributes: test.attributes}, reflect.TypeFor[answer]())
			if got := errorText(err); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
