// SPDX-License-Identifier: MPL-2.0

package standin

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

var (
	blockNestings = map[tfjson.SchemaNestingMode]tfprotov6.SchemaNestedBlockNestingMode{
		tfjson.SchemaNestingModeSingle: tfprotov6.SchemaNestedBlockNestingModeSingle,
		tfjson.SchemaNestingModeGroup:  tfprotov6.SchemaNestedBlockNestingModeGroup,
		tfjson.SchemaNestingModeList:   tfprotov6.SchemaNestedBlockNestingModeList,
		tfjson.SchemaNestingModeSet:    tfprotov6.SchemaNestedBlockNestingModeSet,
		tfjson.SchemaNestingModeMap:    tfprotov6.SchemaNestedBlockNestingModeMap,
	}
	objectNestings = map[tfjson.SchemaNestingMode]tfprotov6.SchemaObjectNestingMode{
		tfjson.SchemaNestingModeSingle: tfprotov6.SchemaObjectNestingModeSingle,
		tfjson.SchemaNestingModeList:   tfprotov6.SchemaObjectNestingModeList,
		tfjson.SchemaNestingModeSet:    tfprotov6.SchemaObjectNestingModeSet,
		tfjson.SchemaNestingModeMap:    tfprotov6.SchemaObjectNestingModeMap,
	}
)

// protocolSchema is a schema as a provider sends it, without its words.
func protocolSchema(stated *tfjson.Schema) *tfprotov6.Schema {
	return &tfprotov6.Schema{Version: int64(stated.Version), Block: protocolBlock(stated.Block)}
}

func protocolBlock(stated *tfjson.SchemaBlock) *tfprotov6.SchemaBlock {
	block := &tfprotov6.SchemaBlock{Attributes: protocolAttributes(stated.Attributes), Deprecated: stated.Deprecated}
	for _, name := range slices.Sorted(maps.Keys(stated.NestedBlocks)) {
		nested := stated.NestedBlocks[name]
		block.BlockTypes = append(block.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: name, Block: protocolBlock(nested.Block), Nesting: blockNestings[nested.NestingMode],
			MinItems: int64(nested.MinItems), MaxItems: int64(nested.MaxItems),
		})
	}
	return block
}

func protocolAttributes(stated map[string]*tfjson.SchemaAttribute) []*tfprotov6.SchemaAttribute {
	var attributes []*tfprotov6.SchemaAttribute
	for _, name := range slices.Sorted(maps.Keys(stated)) {
		a := stated[name]
		attribute := &tfprotov6.SchemaAttribute{
			Name: name, Required: a.Required, Optional: a.Optional, Computed: a.Computed,
			Sensitive: a.Sensitive, Deprecated: a.Deprecated, WriteOnly: a.WriteOnly,
		}
		if nested := a.AttributeNestedType; nested != nil {
			attribute.NestedType = &tfprotov6.SchemaObject{
				Attributes: protocolAttributes(nested.Attributes), Nesting: objectNestings[nested.NestingMode],
			}
		} else {
			attribute.Type = protocolType(a.AttributeType)
		}
		attributes = append(attributes, attribute)
	}
	return attributes
}

// protocolType takes a type by the way of JSON, which both libraries write alike.
func protocolType(of cty.Type) tftypes.Type {
	text, err := json.Marshal(of)
	if err != nil {
		panic(fmt.Sprintf("the type %#v: %v", of, err))
	}
	typ, err := tftypes.ParseJSONType(text) //nolint:staticcheck // deprecated for want of a use outside HashiCorp: this is one
	if err != nil {
		panic(fmt.Sprintf("the type %s: %v", text, err))
	}
	return typ
}
