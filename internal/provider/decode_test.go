// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
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

// states tells of every argument of a question whether it is known or unknown,
// by its path; what is left out is not in it. An object has no state of its own.
func states(question reflect.Value, under string, into map[string]string) map[string]string {
	for i := range question.NumField() {
		field, path := question.Field(i), under+question.Type().Field(i).Tag.Get("tfsdk")
		isUnknown := field.MethodByName("IsUnknown")
		if isUnknown.IsValid() {
			if value := field.MethodByName("Get").Call(nil)[0]; value.Kind() == reflect.Struct { // an object whose presence counts
				if isUnknown.Call(nil)[0].Bool() {
					for j := range value.NumField() {
						into[path+"."+value.Type().Field(j).Tag.Get("tfsdk")] = "unknown"
					}
				}
				field, isUnknown = value, reflect.Value{}
			}
		}
		switch {
		case !isUnknown.IsValid():
			states(field, path+".", into)
		case isUnknown.Call(nil)[0].Bool():
			into[path] = "unknown"
		case field.MethodByName("Get").Call(nil)[1].Bool():
			into[path] = "known"
			if value := field.MethodByName("Get").Call(nil)[0]; value.Kind() == reflect.Map {
				for _, key := range value.MapKeys() {
					states(value.MapIndex(key), path+"["+key.String()+"].", into)
				}
			}
		}
	}
	return into
}

// arrival is what an argument may be, and how it arrives.
type arrival struct {
	given any
	want  map[string]string
}

// arrivals are an argument of a type in each of its states, and each of its
// parts in each of its own.
func arrivals(t *testing.T, path string, of tftypes.Type) []arrival {
	t.Helper()
	in := func(inner arrival, given any, more map[string]string) arrival {
		want := maps.Clone(inner.want)
		maps.Copy(want, more)
		return arrival{given, want}
	}
	switch of := of.(type) {
	case tftypes.Object:
		all, parts := []arrival{{values{}, map[string]string{}}}, map[string]string{}
		for name, part := range of.AttributeTypes {
			for _, inner := range arrivals(t, path+"."+name, part) {
				all = append(all, in(inner, values{name: inner.given}, nil))
				if inner.given == (unknown{}) {
					maps.Copy(parts, inner.want)
				}
			}
		}
		return append(all, arrival{unknown{}, parts})
	case tftypes.Map:
		itself := map[string]string{path: "known"}
		all := []arrival{{unknown{}, map[string]string{path: "unknown"}}, {values{}, itself}, {values{"key": nil}, itself}}
		for _, inner := range arrivals(t, path+"[key]", of.ElementType) {
			all = append(all, in(inner, values{"key": inner.given, "other": nil}, itself))
		}
		return all
	}
	return []arrival{{unknown{}, map[string]string{path: "unknown"}}, {known(t, of), map[string]string{path: "known"}}}
}

// Every argument of a schema arrives in its field of the question, and in no
// other, in each of its states, and so does each part of objects and maps.
func TestDecodeQuestions(t *testing.T) {
	checkArrivals(t, "refarch_sizing", decodeRequest)
	checkArrivals(t, "refarch_capacity", decodeCapacity)
}

func checkArrivals[Q any](t *testing.T, dataSource string, decode func(settings) (Q, error)) {
	t.Helper()
	object := typeOf(t, dataSource)
	check := func(given values, want map[string]string) {
		t.Helper()
		question, err := decode(settingsFor(t, dataSource, given))
		must(t, err)
		if got := states(reflect.ValueOf(question), "", map[string]string{}); !reflect.DeepEqual(got, want) {
			t.Errorf("%v is read as %v, want %v", given, got, want)
		}
	}
	check(values{}, map[string]string{})
	for name, attribute := range attributesOf(t, dataSource) {
		if !attribute.Optional && !attribute.Required {
			continue
		}
		for _, one := range arrivals(t, name, object.AttributeTypes[name]) {
			check(values{name: one.given}, one.want)
		}
	}
}

// Every field of a question is an argument of its schema.
func TestQuestionsHaveNoOtherFields(t *testing.T) {
	for dataSource, question := range map[string]reflect.Type{
		"refarch_sizing": reflect.TypeFor[sizing.Request](), "refarch_capacity": reflect.TypeFor[sizing.CapacityQuestion](),
	} {
		attributes := attributesOf(t, dataSource)
		for i := range question.NumField() {
			name := question.Field(i).Tag.Get("tfsdk")
			if attribute, ok := attributes[name]; !ok || !attribute.Optional && !attribute.Required {
				t.Errorf("%s.%s is no argument %q of %s", question, question.Field(i).Name, name, dataSource)
			}
		}
	}
}

func TestDecodeRequestRefusesAnotherType(t *testing.T) {
	const want = "users: can't unmarshal tftypes.String into *big.Float, expected *big.Float"
	_, err := decodeRequest(settings{"users": tftypes.NewValue(tftypes.String, "x")})
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
