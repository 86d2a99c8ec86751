// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// unknown stands in test configurations for a value not known yet.
type unknown struct{}

// values are attributes by name: nil, unknown{}, int, float64, string, bool,
// *big.Float, []any, or values again for an object or a map.
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
	case values:
		attributes := map[string]tftypes.Value{}
		if of, ok := want.(tftypes.Map); ok {
			for key, element := range given {
				attributes[key] = terraformValue(t, of.ElementType, element)
			}
			return tftypes.NewValue(want, attributes)
		}
		object, ok := want.(tftypes.Object)
		if !ok {
			t.Fatalf("attributes are given for a %s", want)
		}
		for name, attribute := range object.AttributeTypes {
			attributes[name] = terraformValue(t, attribute, given[name])
		}
		for name := range given {
			if _, ok := attributes[name]; !ok {
				t.Fatalf("there is no attribute %q", name)
			}
		}
		return tftypes.NewValue(want, attributes)
	case []any:
		elements := make([]tftypes.Value, len(given))
		for i, element := range given {
			elements[i] = terraformValue(t, elementOf(t, want), element)
		}
		return tftypes.NewValue(want, elements)
	case int:
		return tftypes.NewValue(want, int64(given))
	default:
		return tftypes.NewValue(want, given)
	}
}

func elementOf(t testing.TB, of tftypes.Type) tftypes.Type {
	t.Helper()
	switch of := of.(type) {
	case tftypes.List:
		return of.ElementType
	case tftypes.Set:
		return of.ElementType
	}
	t.Fatalf("elements are given for a %s", of)
	return nil
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
	case isObject, value.Type().Is(tftypes.Map{}):
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

// lookup is an attribute by its path; a number in it is an index.
func lookup(t testing.TB, in any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch at := in.(type) {
		case values:
			in = at[step.(string)]
		case []any:
			in = at[step.(int)]
		default:
			t.Fatalf("%v leads nowhere", path)
		}
	}
	return in
}
