// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
)

// setState adds an answer, a pointer to a struct, to a state that holds the
// configuration. While there is no answer, its attributes are unknown.
func setState(state *tfsdk.State, answer any) error {
	s, ok := state.Schema.(schema.Schema)
	if !ok {
		return fmt.Errorf("the schema of the state is a %T", state.Schema)
	}
	states, err := newStateEncoder(s, reflect.TypeOf(answer).Elem())
	if err != nil {
		return err
	}
	set, err := settingsOf(state.Raw)
	if err != nil {
		return err
	}
	packed, err := states.encode(set, answer)
	if err != nil {
		return err
	}
	state.Raw, err = packed.Unmarshal(states.object)
	return err
}

// stateEncoder writes the states of one data source: the attributes of a
// configuration with those of an answer.
type stateEncoder struct {
	schema     schema.Schema
	object     tftypes.Object
	attributes []stateAttribute // by name
}

// stateAttribute is an attribute of the answer, or else of the configuration.
type stateAttribute struct {
	name   string
	answer *fieldEncoder
}

// newStateEncoder joins a schema with the Go type of its answers: the fields
// of the type are the computed attributes of the schema, all of them and no
// others.
func newStateEncoder(s schema.Schema, answer reflect.Type) (*stateEncoder, error) {
	object := tftypes.Object{AttributeTypes: make(map[string]tftypes.Type, len(s.Attributes))}
	computed := map[string]tftypes.Type{}
	for name, attribute := range s.Attributes {
		object.AttributeTypes[name] = attribute.GetType().TerraformType(context.Background())
		if attribute.IsComputed() {
			computed[name] = object.AttributeTypes[name]
		}
	}
	fields, err := newFieldEncoders(answer, computed)
	if err != nil {
		return nil, err
	}
	states := &stateEncoder{schema: s, object: object}
	for _, name := range slices.Sorted(maps.Keys(s.Attributes)) {
		attribute := stateAttribute{name: name}
		if i := slices.IndexFunc(fields, func(f fieldEncoder) bool { return f.name == name }); i >= 0 {
			attribute.answer = &fields[i]
		}
		states.attributes = append(states.attributes, attribute)
	}
	return states, nil
}

// encode writes the state for a configuration and its answer, a pointer to a
// struct. Without one, those of its attributes that are not configured are
// unknown.
func (s *stateEncoder) encode(set settings, answer any) (*tfprotov6.DynamicValue, error) {
	answered := reflect.ValueOf(answer).Elem()
	if !answered.IsValid() {
		return s.encodeUnknown(set)
	}
	packed := bytes.NewBuffer(make([]byte, 0, 8<<10)) // a sizing is about 5 KiB, and does not make it grow
	e := msgpack.NewEncoder(packed)
	err := e.EncodeMapLen(len(s.attributes))
	for _, attribute := range s.attributes {
		switch {
		case attribute.answer != nil:
			err = errors.Join(err, attribute.answer.encode(e, answered))
		case set[attribute.name].IsNull():
			err = errors.Join(err, e.EncodeString(attribute.name), e.EncodeNil())
		default:
			value, failed := tfprotov6.NewDynamicValue(s.object.AttributeTypes[attribute.name], set[attribute.name])
			err = errors.Join(err, failed, e.EncodeString(attribute.name))
			packed.Write(value.MsgPack)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("writing an answer: %w", err)
	}
	return &tfprotov6.DynamicValue{MsgPack: packed.Bytes()}, nil
}

func (s *stateEncoder) encodeUnknown(set settings) (*tfprotov6.DynamicValue, error) {
	all := make(map[string]tftypes.Value, len(s.attributes))
	for _, attribute := range s.attributes {
		value, of := set[attribute.name], s.object.AttributeTypes[attribute.name]
		switch {
		case !value.IsNull():
			all[attribute.name] = value
		case attribute.answer != nil:
			all[attribute.name] = tftypes.NewValue(of, tftypes.UnknownValue)
		default:
			all[attribute.name] = tftypes.NewValue(of, nil)
		}
	}
	state, err := tfprotov6.NewDynamicValue(s.object, tftypes.NewValue(s.object, all))
	if err != nil {
		return nil, fmt.Errorf("writing what is not known yet: %w", err)
	}
	return &state, nil
}

// typesOf are the types of attributes, for a function that returns them.
func typesOf(attributes map[string]schema.Attribute) map[string]attr.Type {
	types := make(map[string]attr.Type, len(attributes))
	for name, attribute := range attributes {
		types[name] = attribute.GetType()
	}
	return types
}
