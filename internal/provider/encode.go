// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
)

// encode writes a Go value of one type as the MessagePack of one Terraform
// type. It is built once; what is left for each value is a walk without a
// question. Values of tftypes, which is how the framework writes, would take
// four times as long, most of it for the paths of errors that cannot occur.
type encode func(*msgpack.Encoder, reflect.Value) error

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
			return fields.encode, err
		}
	case reflect.Map:
		if from.Key().Kind() != reflect.String {
			break
		}
		switch to := to.(type) {
		case tftypes.Object:
			return newColumnsEncoder(from, to)
		case tftypes.Map:
			return newMapEncoder(from, to)
		}
	case reflect.Slice:
		if list, ok := to.(tftypes.List); ok {
			return newListEncoder(from, list)
		}
	case reflect.String:
		if to.Is(tftypes.String) {
			return func(e *msgpack.Encoder, v reflect.Value) error { return e.EncodeString(v.String()) }, nil
		}
	case reflect.Bool:
		if to.Is(tftypes.Bool) {
			return func(e *msgpack.Encoder, v reflect.Value) error { return e.EncodeBool(v.Bool()) }, nil
		}
	case reflect.Int64:
		if to.Is(tftypes.Number) {
			return func(e *msgpack.Encoder, v reflect.Value) error { return e.EncodeInt(v.Int()) }, nil
		}
	case reflect.Float64:
		if to.Is(tftypes.Number) {
			return encodeDecimal, nil
		}
	}
	return nil, fmt.Errorf("a Go %s does not become a Terraform %s", from, to)
}

// encodeDecimal writes the number that a person reads: 0.1, not the nearest
// binary fraction. Terraform compares decimals: with the fraction, an output
// would change on every plan. What a binary fraction is exactly is written as
// one, as tftypes does.
func encodeDecimal(e *msgpack.Encoder, v reflect.Value) error {
	f := v.Float()
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if whole, err := strconv.ParseInt(text, 10, 64); err == nil {
		return e.EncodeInt(whole)
	}
	_, decimals, isFraction := strings.Cut(text, ".")
	scaled := math.Ldexp(f, len(decimals)) // whole where as many binary places as decimals do
	if isFraction && scaled == float64(int64(scaled)) {
		return e.EncodeFloat64(f)
	}
	return e.EncodeString(text)
}

// newPointerEncoder makes null of nil.
func newPointerEncoder(from reflect.Type, to tftypes.Type) (encode, error) {
	element, err := newEncoder(from.Elem(), to)
	return func(e *msgpack.Encoder, v reflect.Value) error {
		if v.IsNil() {
			return e.EncodeNil()
		}
		return element(e, v.Elem())
	}, err
}

// newListEncoder makes a list of a slice, an empty one of nil.
func newListEncoder(from reflect.Type, to tftypes.List) (encode, error) {
	element, err := newEncoder(from.Elem(), to.ElementType)
	return func(e *msgpack.Encoder, v reflect.Value) error {
		if err := e.EncodeArrayLen(v.Len()); err != nil {
			return err
		}
		for i := range v.Len() {
			if err := element(e, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}, err
}

// newMapEncoder makes a map of a map, in the order of its keys, and null of a
// nil map.
func newMapEncoder(from reflect.Type, to tftypes.Map) (encode, error) {
	element, err := newEncoder(from.Elem(), to.ElementType)
	return func(e *msgpack.Encoder, v reflect.Value) error {
		if v.IsNil() {
			return e.EncodeNil()
		}
		if err := e.EncodeMapLen(v.Len()); err != nil {
			return err
		}
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
		for _, key := range keys {
			if err := e.EncodeString(key.String()); err != nil {
				return err
			}
			if err := element(e, v.MapIndex(key)); err != nil {
				return err
			}
		}
		return nil
	}, err
}

// newColumnsEncoder makes an object of a map, with null for a missing key, and
// null of a nil map.
func newColumnsEncoder(from reflect.Type, to tftypes.Object) (encode, error) {
	names := slices.Sorted(maps.Keys(to.AttributeTypes))
	columns := make([]encode, len(names))
	for i, name := range names {
		column, err := newEncoder(from.Elem(), to.AttributeTypes[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		columns[i] = column
	}
	return func(e *msgpack.Encoder, v reflect.Value) error {
		if v.IsNil() {
			return e.EncodeNil()
		}
		if err := e.EncodeMapLen(len(names)); err != nil {
			return err
		}
		for i, name := range names {
			if err := e.EncodeString(name); err != nil {
				return err
			}
			value := v.MapIndex(reflect.ValueOf(name).Convert(from.Key()))
			if !value.IsValid() {
				if err := e.EncodeNil(); err != nil {
					return err
				}
				continue
			}
			if err := columns[i](e, value); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// fieldEncoders are the fields of a struct, in the order of the names of their
// attributes.
type fieldEncoders []fieldEncoder

type fieldEncoder struct {
	name    string
	packed  []byte // the name as MessagePack
	index   []int
	element encode
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
		packed, err := msgpack.Marshal(name)
		if err != nil {
			return nil, fmt.Errorf("writing the name %q: %w", name, err)
		}
		found[name] = true
		fields = append(fields, fieldEncoder{name, packed, field.Index, element})
	}
	for name := range attributes {
		if !found[name] {
			return nil, fmt.Errorf("the attribute %q has no field in %s", name, from)
		}
	}
	slices.SortFunc(fields, func(a, b fieldEncoder) int { return cmp.Compare(a.name, b.name) })
	return fields, nil
}

// encode writes a struct as an object.
func (fields fieldEncoders) encode(e *msgpack.Encoder, v reflect.Value) error {
	if err := e.EncodeMapLen(len(fields)); err != nil {
		return err
	}
	for _, field := range fields {
		if err := field.encode(e, v); err != nil {
			return err
		}
	}
	return nil
}

// encode writes the field of a struct with its name.
func (field fieldEncoder) encode(e *msgpack.Encoder, v reflect.Value) error {
	if _, err := e.Writer().Write(field.packed); err != nil {
		return err
	}
	return field.element(e, v.FieldByIndex(field.index))
}
