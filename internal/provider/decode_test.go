package provider

import (
	"math/big"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// known is a value for an argument of a type.
func known(t *testing.T, want tftypes.Type) any {
	t.Helper()
	switch {
	case want.Is(tftypes.String):
		return "x"
	case want.Is(tftypes.Bool):
		return true
	case want.Is(tftypes.Number):
		return 1.5
	}
	t.Fatalf("no argument is a %s", want)
	return nil
}

// states tells of every argument of a request whether it is known or unknown,
// by its path; what is left out is not in it. An object has no state of its own.
func states(request reflect.Value, under string, into map[string]string) map[string]string {
	for i := range request.NumField() {
		field, path := request.Field(i), under+request.Type().Field(i).Tag.Get("tfsdk")
		isUnknown := field.MethodByName("IsUnknown")
		switch {
		case !isUnknown.IsValid():
			states(field, path+".", into)
		case isUnknown.Call(nil)[0].Bool():
			into[path] = "unknown"
		case field.MethodByName("Get").Call(nil)[1].Bool():
			into[path] = "known"
		}
	}
	return into
}

// Every argument of the schema arrives in its field of the request, and in no
// other, in each of its states.
func TestDecodeRequest(t *testing.T) {
	object := typeOf(t, "refarch_sizing")
	check := func(given values, want map[string]string) {
		t.Helper()
		request, err := decodeRequest(terraformValue(t, object, given))
		must(t, err)
		if got := states(reflect.ValueOf(request), "", map[string]string{}); !reflect.DeepEqual(got, want) {
			t.Errorf("%v is read as %v, want %v", given, got, want)
		}
	}
	check(values{}, map[string]string{})
	for name, attribute := range attributesOf(t, "refarch_sizing") {
		if attribute.Computed && !attribute.Optional {
			continue
		}
		parts, nested := object.AttributeTypes[name].(tftypes.Object)
		if !nested {
			check(values{name: unknown{}}, map[string]string{name: "unknown"})
			check(values{name: known(t, object.AttributeTypes[name])}, map[string]string{name: "known"})
			continue
		}
		check(values{name: values{}}, map[string]string{})
		all := map[string]string{}
		for inner, kind := range parts.AttributeTypes {
			path := name + "." + inner
			all[path] = "unknown"
			check(values{name: values{inner: unknown{}}}, map[string]string{path: "unknown"})
			check(values{name: values{inner: known(t, kind)}}, map[string]string{path: "known"})
		}
		check(values{name: unknown{}}, all)
	}
}

// Every field of a request is an argument of the schema.
func TestRequestHasNoOtherFields(t *testing.T) {
	attributes := attributesOf(t, "refarch_sizing")
	request := reflect.TypeFor[sizing.Request]()
	for i := range request.NumField() {
		name := request.Field(i).Tag.Get("tfsdk")
		if attribute, ok := attributes[name]; !ok || !attribute.Optional && !attribute.Required {
			t.Errorf("Request.%s is no argument %q", request.Field(i).Name, name)
		}
	}
}

func TestDecodeRequestRefusesAnotherType(t *testing.T) {
	const want = "users: can't unmarshal tftypes.String into *big.Float, expected *big.Float"
	object := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"users": tftypes.String}}
	_, err := decodeRequest(tftypes.NewValue(object, map[string]tftypes.Value{"users": tftypes.NewValue(tftypes.String, "x")}))
	if got := errorText(err); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Maps of objects and objects within objects, each element unknown or left out
// by itself.
func TestDecodeMap(t *testing.T) {
	type part struct {
		Name sizing.Arg[string] `tfsdk:"name"`
	}
	type kind struct {
		CPU  sizing.Number `tfsdk:"cpu"`
		Part part          `tfsdk:"part"`
	}
	type request struct {
		Kinds sizing.Arg[map[string]kind] `tfsdk:"kinds"`
	}
	object := tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"cpu": tftypes.Number, "part": tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String}},
	}}
	config := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"kinds": tftypes.Map{ElementType: object}}}
	allUnknown := kind{sizing.Unknown[*big.Float](), part{sizing.Unknown[string]()}}
	for name, test := range map[string]struct {
		given any
		want  request
	}{
		"left out": {values{}, request{}},
		"unknown":  {values{"kinds": unknown{}}, request{sizing.Unknown[map[string]kind]()}},
		"empty":    {values{"kinds": values{}}, request{sizing.Known(map[string]kind{})}},
		"all at once": {
			values{"kinds": values{
				"null": nil, "unknown": unknown{}, "empty": values{}, "part unknown": values{"part": unknown{}},
				"known": values{"cpu": 2, "part": values{"name": "x"}}, "name unknown": values{"part": values{"name": unknown{}}},
			}},
			request{sizing.Known(map[string]kind{
				"null": {}, "unknown": allUnknown, "empty": {}, "part unknown": {Part: allUnknown.Part},
				"known": {sizing.Count(2), part{sizing.Known("x")}}, "name unknown": {Part: allUnknown.Part},
			})},
		},
		"all unknown": {unknown{}, request{sizing.Unknown[map[string]kind]()}},
	} {
		t.Run(name, func(t *testing.T) {
			decode, err := newDecoder(reflect.TypeFor[request]())
			must(t, err)
			var got request
			must(t, decode(terraformValue(t, config, test.given), reflect.ValueOf(&got).Elem()))
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// A field that no argument can be read into is an error when the decoder is
// built.
func TestDecodeRefuses(t *testing.T) {
	for want, of := range map[string]reflect.Type{
		"a Go string is no argument":       reflect.TypeFor[string](),
		"no argument has a Go int64":       reflect.TypeFor[sizing.Arg[int64]](),
		"no argument has a Go map[int]int": reflect.TypeFor[sizing.Arg[map[int]int]](),
		"the field struct { A sizing.Arg[map[string]string] }.A: a Go string is no argument": reflect.TypeFor[struct {
			A sizing.Arg[map[string]string]
		}](),
	} {
		if _, err := newDecoder(of); errorText(err) != want {
			t.Errorf("got %q, want %q", errorText(err), want)
		}
	}
}
