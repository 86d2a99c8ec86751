// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
)

func TestEncode(t *testing.T) {
	type word string
	type inner struct {
		Name string `tfsdk:"name"`
	}
	type embedding struct {
		inner

		Count int64 `tfsdk:"count"`
	}
	object := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String}}
	larger := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String, "count": tftypes.Number}}
	list := tftypes.List{ElementType: tftypes.String}
	columns := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"gcp": tftypes.String, "aws": tftypes.String}}
	tests := map[string]struct {
		from any
		to   tftypes.Type
		want any
	}{
		"string":            {"a", tftypes.String, "a"},
		"bool":              {true, tftypes.Bool, true},
		"int64":             {int64(math.MaxInt64), tftypes.Number, decimalText("9223372036854775807")},
		"float64":           {0.1, tftypes.Number, decimalText("0.1")},
		"whole float64":     {2048.0, tftypes.Number, decimalText("2048")},
		"nil pointer":       {(*int64)(nil), tftypes.Number, nil},
		"pointer":           {new(int64), tftypes.Number, decimalText("0")},
		"nil struct":        {(*inner)(nil), object, nil},
		"struct":            {inner{"a"}, object, values{"name": "a"}},
		"embedded struct":   {embedding{inner{"a"}, 2}, larger, values{"name": "a", "count": decimalText("2")}},
		"nil slice":         {[]string(nil), list, []any{}},
		"slice":             {[]string{"b", "a"}, list, []any{"b", "a"}},
		"nil map":           {map[string]string(nil), columns, nil},
		"map without a key": {map[string]string{"gcp": "n4"}, columns, values{"gcp": "n4", "aws": nil}},
		"map of objects":    {map[string]inner{"b": {"x"}, "a": {"y"}}, tftypes.Map{ElementType: object}, values{"a": values{"name": "y"}, "b": values{"name": "x"}}},
		"empty map":         {map[string]inner{}, tftypes.Map{ElementType: object}, values{}},
		"nil map of a map":  {map[string]inner(nil), tftypes.Map{ElementType: object}, nil},
		"keys of a type":    {map[word]word{"gcp": "n4"}, columns, values{"gcp": "n4", "aws": nil}},
		"string of a type":  {word("a"), tftypes.String, "a"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			element, err := newEncoder(reflect.TypeOf(test.from), test.to)
			must(t, err)
			var packed bytes.Buffer
			must(t, element(msgpack.NewEncoder(&packed), reflect.ValueOf(test.from)))
			got, err := tfprotov6.DynamicValue{MsgPack: packed.Bytes()}.Unmarshal(test.to)
			must(t, err)
			if !got.Type().Is(test.to) || !reflect.DeepEqual(plain(t, got), test.want) {
				t.Errorf("got %s, want %v", got, test.want)
			}
		})
	}
}

func TestEncodeRefuses(t *testing.T) {
	type inner struct {
		Name int64 `tfsdk:"name"`
	}
	object := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String}}
	tests := map[string]struct {
		from any
		to   tftypes.Type
		want string
	}{
		"number for string": {int64(1), tftypes.String, "a Go int64 does not become a Terraform tftypes.String"},
		"string for bool":   {"a", tftypes.Bool, "a Go string does not become a Terraform tftypes.Bool"},
		"float for string":  {0.5, tftypes.String, "a Go float64 does not become a Terraform tftypes.String"},
		"bool for number":   {true, tftypes.Number, "a Go bool does not become a Terraform tftypes.Number"},
		"another integer":   {int32(1), tftypes.Number, "a Go int32 does not become a Terraform tftypes.Number"},
		"slice for string":  {[]string{}, tftypes.String, "a Go []string does not become a Terraform tftypes.String"},
		"struct for string": {inner{}, tftypes.String, "a Go provider.inner does not become a Terraform tftypes.String"},
		"map for string":    {map[string]string{}, tftypes.String, "a Go map[string]string does not become a Terraform tftypes.String"},
		"keys of numbers":   {map[int]string{}, object, "a Go map[int]string does not become a Terraform tftypes.Object[\"name\":tftypes.String]"},
		"field":             {inner{}, object, "name: a Go int64 does not become a Terraform tftypes.String"},
		"pointer to field":  {&inner{}, object, "name: a Go int64 does not become a Terraform tftypes.String"},
		"map of numbers":    {map[string]int64{}, object, "name: a Go int64 does not become a Terraform tftypes.String"},
		"map of a map":      {map[string]int64{}, tftypes.Map{ElementType: tftypes.String}, "a Go int64 does not become a Terraform tftypes.String"},
		"list of numbers":   {[]int64{}, tftypes.List{ElementType: tftypes.String}, "a Go int64 does not become a Terraform tftypes.String"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := newEncoder(reflect.TypeOf(test.from), test.to)
			if got := errorText(err); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Terraform reads 2119.47 of a configuration or a state file as the decimal
// with 512 bits. Sent as the nearest binary fraction it would differ from both.
// The bytes are those that tftypes writes for that decimal.
func TestDecimalIsWhatTerraformReads(t *testing.T) {
	for _, written := range []string{
		"0", "7.5", "0.01", "2119.47", "0.1", "1234567.89", "2119.5", "-0.5", "-3", "0.25", "0.125", "0.3", "2048",
		"9007199254740993.5", "9223372036854774784", "1e20", "123456789012345678901234567890",
	} {
		f, err := strconv.ParseFloat(written, 64)
		must(t, err)
		var packed bytes.Buffer
		must(t, encodeDecimal(msgpack.NewEncoder(&packed), reflect.ValueOf(f)))

		decimal, _, err := big.ParseFloat(strconv.FormatFloat(f, 'f', -1, 64), 10, numberPrecision, big.ToNearestEven)
		must(t, err)
		if want := dynamic(t, tftypes.NewValue(tftypes.Number, decimal)).MsgPack; !bytes.Equal(packed.Bytes(), want) {
			t.Errorf("%s became %q, want %q", written, packed.Bytes(), want)
		}
	}
}

// The keys of a map stand in their order, so that the same answer has the same
// bytes.
func TestMapsAreSorted(t *testing.T) {
	m := map[string]bool{"c": true, "a": true, "d": true, "b": true}
	element, err := newEncoder(reflect.TypeOf(m), tftypes.Map{ElementType: tftypes.Bool})
	must(t, err)
	var packed bytes.Buffer
	must(t, element(msgpack.NewEncoder(&packed), reflect.ValueOf(m)))
	if want := "\x84\xa1a\xc3\xa1b\xc3\xa1c\xc3\xa1d\xc3"; packed.String() != want {
		t.Errorf("got %q, want %q", packed.String(), want)
	}
}
