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
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// model is a schema with what turns an answer into its state: what Terraform
// asks for thousands of times, built once.
type model struct {
	schema   schema.Schema
	returns  basetypes.ObjectType // of a function with the same answer
	object   tftypes.Object
	answered fieldEncoders // the computed attributes
	asked    []string      // all others
	readOnly []string
}

// newModel joins a schema with the Go type of its answer: the fields of the
// type are the computed attributes of the schema, all of them and no others.
func newModel(s schema.Schema, answer reflect.Type) (*model, error) {
	m := &model{
		schema:  s,
		returns: basetypes.ObjectType{AttrTypes: make(map[string]attr.Type, len(s.Attributes))},
		object:  tftypes.Object{AttributeTypes: make(map[string]tftypes.Type, len(s.Attributes))},
	}
	computed := map[string]tftypes.Type{}
	for _, name := range slices.Sorted(maps.Keys(s.Attributes)) {
		attribute := s.Attributes[name]
		m.returns.AttrTypes[name] = attribute.GetType()
		m.object.AttributeTypes[name] = attribute.GetType().TerraformType(context.Background())
		if attribute.IsComputed() {
			computed[name] = m.object.AttributeTypes[name]
		} else {
			m.asked = append(m.asked, name)
		}
		if attribute.IsComputed() && !attribute.IsOptional() {
			m.readOnly = append(m.readOnly, name)
		}
	}
	var err error
	m.answered, err = newFieldEncoders(answer, computed)
	return m, err
}

// state is a configuration with the attributes of an answer, a pointer to a
// struct. Without one, those that are not configured are unknown.
func (m *model) state(config tftypes.Value, answer any) (*tfprotov6.DynamicValue, error) {
	var attributes map[string]tftypes.Value
	if err := config.As(&attributes); err != nil {
		return nil, fmt.Errorf("reading a configuration: %w", err)
	}
	if answer != nil {
		return m.pack(attributes, answer)
	}
	for _, field := range m.answered {
		if attributes[field.name].IsNull() {
			attributes[field.name] = tftypes.NewValue(m.object.AttributeTypes[field.name], tftypes.UnknownValue)
		}
	}
	state, err := tfprotov6.NewDynamicValue(m.object, tftypes.NewValue(m.object, attributes))
	return &state, err
}

// pack is an object of what was asked and of an answer, a pointer to a struct.
func (m *model) pack(asked map[string]tftypes.Value, answer any) (*tfprotov6.DynamicValue, error) {
	var packed bytes.Buffer
	e := msgpack.NewEncoder(&packed)
	err := e.EncodeMapLen(len(m.asked) + len(m.answered))
	for _, name := range m.asked {
		err = errors.Join(err, e.EncodeString(name))
		if asked[name].IsNull() {
			err = errors.Join(err, e.EncodeNil())
			continue
		}
		value, failed := tfprotov6.NewDynamicValue(m.object.AttributeTypes[name], asked[name])
		packed.Write(value.MsgPack)
		err = errors.Join(err, failed)
	}
	for _, field := range m.answered {
		err = errors.Join(err, field.encode(e, reflect.ValueOf(answer).Elem()))
	}
	if err != nil {
		return nil, fmt.Errorf("writing an answer: %w", err)
	}
	return &tfprotov6.DynamicValue{MsgPack: packed.Bytes()}, nil
}

// judgeReadOnly refuses what a configuration sets and only an answer can set.
// Terraform leaves that to the provider.
func (m *model) judgeReadOnly(config tftypes.Value) []sizing.Fault {
	var attributes map[string]tftypes.Value
	if err := config.As(&attributes); err != nil {
		return nil
	}
	var faults []sizing.Fault
	for _, name := range m.readOnly {
		if !attributes[name].IsNull() {
			faults = append(faults, sizing.Fault{
				Path: sizing.Path{{Name: name}}, Title: "Read-Only Attribute",
				Detail: name + " is answered by the provider and cannot be set. Remove it from the configuration.",
			})
		}
	}
	return faults
}

// protocolSchema is a schema as Terraform asks for it.
func protocolSchema(s schema.Schema) *tfprotov6.Schema {
	return &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{
		Description: s.MarkdownDescription, DescriptionKind: tfprotov6.StringKindMarkdown,
		Attributes: protocolAttributes(s.Attributes),
	}}
}

func protocolAttributes(attributes map[string]schema.Attribute) []*tfprotov6.SchemaAttribute {
	all := make([]*tfprotov6.SchemaAttribute, 0, len(attributes))
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		attribute := attributes[name]
		a := &tfprotov6.SchemaAttribute{
			Name: name, Description: attribute.GetMarkdownDescription(), DescriptionKind: tfprotov6.StringKindMarkdown,
			Required: attribute.IsRequired(), Optional: attribute.IsOptional(), Computed: attribute.IsComputed(),
		}
		switch nested := attribute.(type) {
		case schema.SingleNestedAttribute:
			a.NestedType = &tfprotov6.SchemaObject{Nesting: tfprotov6.SchemaObjectNestingModeSingle, Attributes: protocolAttributes(nested.Attributes)}
		case schema.ListNestedAttribute:
			a.NestedType = &tfprotov6.SchemaObject{Nesting: tfprotov6.SchemaObjectNestingModeList, Attributes: protocolAttributes(nested.NestedObject.Attributes)}
		default:
			a.Type = attribute.GetType().TerraformType(context.Background())
		}
		all = append(all, a)
	}
	return all
}
