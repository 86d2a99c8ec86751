package provider

import (
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
	m := modelOf(t, "refarch_sizing")
	check := func(given values, want map[string]string) {
		t.Helper()
		request, err := decodeRequest(terraformValue(t, m.object, given))
		must(t, err)
		if got := states(reflect.ValueOf(request), "", map[string]string{}); !reflect.DeepEqual(got, want) {
			t.Errorf("%v is read as %v, want %v", given, got, want)
		}
	}
	check(values{}, map[string]string{})
	for name, attribute := range m.schema.Attributes {
		if attribute.IsComputed() && !attribute.IsOptional() {
			continue
		}
		object, nested := m.object.AttributeTypes[name].(tftypes.Object)
		if !nested {
			check(values{name: unknown{}}, map[string]string{name: "unknown"})
			check(values{name: known(t, m.object.AttributeTypes[name])}, map[string]string{name: "known"})
			continue
		}
		check(values{name: values{}}, map[string]string{})
		all := map[string]string{}
		for inner, kind := range object.AttributeTypes {
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
	attributes := modelOf(t, "refarch_sizing").schema.Attributes
	request := reflect.TypeFor[sizing.Request]()
	for i := range request.NumField() {
		name := request.Field(i).Tag.Get("tfsdk")
		if attribute, ok := attributes[name]; !ok || !attribute.IsOptional() && !attribute.IsRequired() {
			t.Errorf("Request.%s is no argument %q", request.Field(i).Name, name)
		}
	}
}

func TestDecodeRequestRefusesAnotherType(t *testing.T) {
	const want = "can't unmarshal tftypes.String into *big.Float, expected *big.Float"
	object := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"users": tftypes.String}}
	_, err := decodeRequest(tftypes.NewValue(object, map[string]tftypes.Value{"users": tftypes.NewValue(tftypes.String, "x")}))
	if got := errorText(err); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
