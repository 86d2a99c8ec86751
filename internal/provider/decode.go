// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"math/big"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// These read a configuration as Terraform sent it. They keep apart what is left
// out, what is not known yet and what is known, in objects for each of their
// attributes. An error means that the schema and the question disagree.
var (
	decodeRequest  = decoderOf[sizing.Request]()
	decodeCapacity = decoderOf[sizing.CapacityQuestion]()
)

// decoderOf reads configurations into questions of one type, whose decoder is
// built on first use.
func decoderOf[Q any]() func(settings) (Q, error) {
	build := sync.OnceValues(func() (fieldDecoders, error) { return newFieldDecoders(reflect.TypeFor[Q]()) })
	return func(set settings) (Q, error) {
		var question Q
		fields, err := build()
		if err == nil {
			err = fields.decodeEach(set, reflect.ValueOf(&question).Elem())
		}
		return question, err
	}
}

// decode reads a Terraform value into a Go value of one type. It is built once
// from the `tfsdk` tags of the type, as encode is.
type decode func(tftypes.Value, reflect.Value) error

// argument is a pointer to a sizing.Arg of any type.
type argument interface {
	Set() any
	SetUnknown()
}

// newDecoder reads what a question is made of: arguments of scalars, structs of
// arguments for objects, arguments of such where it counts that the object is
// there, and arguments of maps for maps.
func newDecoder(to reflect.Type) (decode, error) {
	a, isArgument := reflect.New(to).Interface().(argument)
	if !isArgument {
		if to.Kind() == reflect.Struct {
			fields, err := newFieldDecoders(to)
			return fields.decode, err
		}
		return nil, fmt.Errorf("a Go %s is no argument", to)
	}
	switch value := reflect.TypeOf(a.Set()).Elem(); {
	case value.Kind() == reflect.Map && value.Key() == reflect.TypeFor[string]():
		return newMapDecoder(value)
	case value.Kind() == reflect.Struct && value != reflect.TypeFor[big.Float]():
		return newPresentDecoder(value)
	case value == reflect.TypeFor[string](), value == reflect.TypeFor[bool](), value == reflect.TypeFor[*big.Float]():
		return decodeScalar, nil
	default:
		return nil, fmt.Errorf("no argument has a Go %s", value)
	}
}

func decodeScalar(from tftypes.Value, to reflect.Value) error {
	if into := begin(from, to); into != nil {
		return from.As(into)
	}
	return nil
}

// begin is where the value of an argument goes, nil where there is none.
func begin(from tftypes.Value, to reflect.Value) any {
	a, ok := to.Addr().Interface().(argument)
	switch {
	case !ok || from.IsNull():
		return nil
	case !from.IsKnown():
		a.SetUnknown()
		return nil
	}
	return a.Set()
}

// fieldDecoders make a struct of an object, a field of each attribute.
type fieldDecoders []fieldDecoder

type fieldDecoder struct {
	name   string
	decode decode
}

func newFieldDecoders(to reflect.Type) (fieldDecoders, error) {
	fields := make(fieldDecoders, to.NumField())
	for i := range fields {
		element, err := newDecoder(to.Field(i).Type)
		if err != nil {
			return nil, fmt.Errorf("the field %s.%s: %w", to, to.Field(i).Name, err)
		}
		fields[i] = fieldDecoder{to.Field(i).Tag.Get("tfsdk"), element}
	}
	return fields, nil
}

// decode leaves each part out, or unknown, where the object is.
func (fields fieldDecoders) decode(from tftypes.Value, to reflect.Value) error {
	if from.IsNull() {
		return nil
	}
	if from.IsKnown() {
		var attributes map[string]tftypes.Value
		if err := from.As(&attributes); err != nil {
			return err
		}
		return fields.decodeEach(attributes, to)
	}
	for i, field := range fields {
		if err := field.decode(unknownPart, to.Field(i)); err != nil {
			return fmt.Errorf("%s: %w", field.name, err)
		}
	}
	return nil
}

func (fields fieldDecoders) decodeEach(attributes map[string]tftypes.Value, to reflect.Value) error {
	for i, field := range fields {
		attribute, ok := attributes[field.name]
		if !ok {
			continue
		}
		if err := field.decode(attribute, to.Field(i)); err != nil {
			return fmt.Errorf("%s: %w", field.name, err)
		}
	}
	return nil
}

// unknownPart is any attribute of an unknown object.
var unknownPart = tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue)

// newPresentDecoder makes a struct of an object whose presence counts: it may
// be there without a part.
func newPresentDecoder(to reflect.Type) (decode, error) {
	parts, err := newFieldDecoders(to)
	return func(from tftypes.Value, argument reflect.Value) error {
		if into := begin(from, argument); into != nil {
			return parts.decode(from, reflect.ValueOf(into).Elem())
		}
		return nil
	}, err
}

// newMapDecoder makes a map of structs of a map of objects, of which each may
// be left out or unknown by itself.
func newMapDecoder(to reflect.Type) (decode, error) {
	element, err := newDecoder(to.Elem())
	return func(from tftypes.Value, argument reflect.Value) error {
		into := begin(from, argument)
		if into == nil {
			return nil
		}
		var elements map[string]tftypes.Value
		if err := from.As(&elements); err != nil {
			return err
		}
		all := reflect.MakeMapWithSize(to, len(elements))
		for key, value := range elements {
			one := reflect.New(to.Elem()).Elem()
			if err := element(value, one); err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
			all.SetMapIndex(reflect.ValueOf(key), one)
		}
		reflect.ValueOf(into).Elem().Set(all)
		return nil
	}, err
}
