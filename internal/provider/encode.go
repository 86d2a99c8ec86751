package provider

import (
	"fmt"
	"math/big"
	"reflect"
	"strconv"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// encode turns a Go value of one type into a Terraform value of one type. It
// is built once; what is left for each value is a walk without a question.
type encode func(reflect.Value) tftypes.Value

// newEncoder joins a Go type with a Terraform type by the `tfsdk` tags of its
// structs. A field without an attribute, an attribute without a field and
// types that do not fit are errors.
func newEncoder(from reflect.Type, to tftypes.Type) (encode, error) {
	switch from.Kind() {
	case reflect.Pointer:
		return newPointerEncoder(from, to)
	case reflect.Struct:
		if object, ok := to.(tftypes.Object); ok {
			fields, err := newFieldEncoders(from, object.AttributeTypes)
			return func(v reflect.Value) tftypes.Value {
				attributes := make(map[string]tftypes.Value, len(fields))
				fields.write(v, attributes)
				return tftypes.NewValue(to, attributes)
			}, err
		}
	case reflect.Map:
		if object, ok := to.(tftypes.Object); ok && from.Key().Kind() == reflect.String {
			return newMapEncoder(from, object)
		}
	case reflect.Slice:
		if list, ok := to.(tftypes.List); ok {
			return newListEncoder(from, list)
		}
	case reflect.String:
		if to.Is(tftypes.String) {
			return func(v reflect.Value) tftypes.Value { return tftypes.NewValue(to, v.String()) }, nil
		}
	case reflect.Bool:
		if to.Is(tftypes.Bool) {
			return func(v reflect.Value) tftypes.Value { return tftypes.NewValue(to, v.Bool()) }, nil
		}
	case reflect.Int64:
		if to.Is(tftypes.Number) {
			return func(v reflect.Value) tftypes.Value { return tftypes.NewValue(to, v.Int()) }, nil
		}
	case reflect.Float64:
		if to.Is(tftypes.Number) {
			return func(v reflect.Value) tftypes.Value { return tftypes.NewValue(to, decimal(v.Float())) }, nil
		}
	}
	return nil, fmt.Errorf("a Go %s does not become a Terraform %s", from, to)
}

// newPointerEncoder makes null of nil.
func newPointerEncoder(from reflect.Type, to tftypes.Type) (encode, error) {
	element, err := newEncoder(from.Elem(), to)
	null := tftypes.NewValue(to, nil)
	return func(v reflect.Value) tftypes.Value {
		if v.IsNil() {
			return null
		}
		return element(v.Elem())
	}, err
}

// newListEncoder makes a list of a slice, an empty one of nil.
func newListEncoder(from reflect.Type, to tftypes.List) (encode, error) {
	element, err := newEncoder(from.Elem(), to.ElementType)
	return func(v reflect.Value) tftypes.Value {
		elements := make([]tftypes.Value, v.Len())
		for i := range elements {
			elements[i] = element(v.Index(i))
		}
		return tftypes.NewValue(to, elements)
	}, err
}

// newMapEncoder makes an object of a map, with null for a missing key, and
// null of a nil map.
func newMapEncoder(from reflect.Type, to tftypes.Object) (encode, error) {
	elements := make(map[string]encode, len(to.AttributeTypes))
	for name, attribute := range to.AttributeTypes {
		element, err := newEncoder(from.Elem(), attribute)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		elements[name] = element
	}
	return func(v reflect.Value) tftypes.Value {
		if v.IsNil() {
			return tftypes.NewValue(to, nil)
		}
		attributes := make(map[string]tftypes.Value, len(elements))
		for name, element := range elements {
			if value := v.MapIndex(reflect.ValueOf(name)); value.IsValid() {
				attributes[name] = element(value)
			} else {
				attributes[name] = tftypes.NewValue(to.AttributeTypes[name], nil)
			}
		}
		return tftypes.NewValue(to, attributes)
	}, nil
}

// fieldEncoders are the fields of a struct, by the names of their attributes.
type fieldEncoders []fieldEncoder

type fieldEncoder struct {
	name  string
	index []int
	encode
}

// newFieldEncoders holds the tagged fields of a struct, those of embedded
// structs among them, against the attributes of an object.
func newFieldEncoders(from reflect.Type, attributes map[string]tftypes.Type) (fieldEncoders, error) {
	var fields fieldEncoders
	found := make(map[string]bool, len(attributes))
	for _, field := range reflect.VisibleFields(from) {
		name := field.Tag.Get("tfsdk")
		if name == "-" || field.Anonymous {
			continue
		}
		attribute, ok := attributes[name]
		if !ok {
			return nil, fmt.Errorf("the field %s.%s has no attribute %q", from, field.Name, name)
		}
		element, err := newEncoder(field.Type, attribute)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		found[name] = true
		fields = append(fields, fieldEncoder{name, field.Index, element})
	}
	for name := range attributes {
		if !found[name] {
			return nil, fmt.Errorf("the attribute %q has no field in %s", name, from)
		}
	}
	return fields, nil
}

// write puts the fields of a struct into the attributes of an object.
func (fields fieldEncoders) write(v reflect.Value, attributes map[string]tftypes.Value) {
	for _, field := range fields {
		attributes[field.name] = field.encode(v.FieldByIndex(field.index))
	}
}

// numberPrecision is the one in which Terraform reads numbers.
const numberPrecision = 512

// decimal is the number that a person reads: 0.1, not the nearest binary
// fraction. Terraform compares decimals: with the fraction, an output would
// change on every plan.
func decimal(f float64) *big.Float {
	n, _ := new(big.Float).SetPrec(numberPrecision).SetString(strconv.FormatFloat(f, 'f', -1, 64))
	return n
}
