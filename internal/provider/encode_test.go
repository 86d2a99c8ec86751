package provider

import (
	"bytes"
	"math"
	"math/big"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
)

func TestEncode(t *testing.T) {
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
func TestDecimalIsWhatTerraformReads(t *testing.T) {
	for _, written := range []string{"7.5", "0.01", "2119.47", "0.1", "1234567.89"} {
		want, _, err := big.ParseFloat(written, 10, numberPrecision, big.ToNearestEven)
		must(t, err)
		f, _ := want.Float64()
		var packed bytes.Buffer
		must(t, encodeDecimal(msgpack.NewEncoder(&packed), reflect.ValueOf(f)))
		value, err := tfprotov6.DynamicValue{MsgPack: packed.Bytes()}.Unmarshal(tftypes.Number)
		must(t, err)
		var got *big.Float
		must(t, value.As(&got))
		if got.Cmp(want) != 0 {
			t.Errorf("%s became %s", written, got.Text('f', -1))
		}
	}
}
