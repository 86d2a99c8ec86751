package standin

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// address is what the schemas' files call a provider, before its name.
const address = "registry.terraform.io/hashicorp/"

//go:embed schemas/*.json
var schemas embed.FS

// The files of the schemas, in the words of `terraform providers schema -json`.
type (
	documentJSON struct {
		Providers map[string]providerJSON `json:"provider_schemas"`
	}
	providerJSON struct {
		Provider    schemaJSON            `json:"provider"`
		Resources   map[string]schemaJSON `json:"resource_schemas"`
		DataSources map[string]schemaJSON `json:"data_source_schemas"`
	}
	schemaJSON struct {
		Version int64     `json:"version"`
		Block   blockJSON `json:"block"`
	}
	blockJSON struct {
		Attributes map[string]attributeJSON `json:"attributes"`
		Blocks     map[string]nestedJSON    `json:"block_types"`
		Deprecated bool                     `json:"deprecated"`
	}
	nestedJSON struct {
		Nesting string    `json:"nesting_mode"`
		Min     int64     `json:"min_items"`
		Max     int64     `json:"max_items"`
		Block   blockJSON `json:"block"`
	}
	attributeJSON struct {
		Type   json.RawMessage `json:"type"`
		Nested *struct {
			Nesting    string                   `json:"nesting_mode"`
			Attributes map[string]attributeJSON `json:"attributes"`
		} `json:"nested_type"`
		Required   bool `json:"required"`
		Optional   bool `json:"optional"`
		Computed   bool `json:"computed"`
		Sensitive  bool `json:"sensitive"`
		Deprecated bool `json:"deprecated"`
		WriteOnly  bool `json:"write_only"`
	}
)

// habits are what a provider's code does beyond its schema, one entry a resource type: the content of replaces.json and filled-in.json.
type habits struct {
	replaces map[string]struct {
		Paths []string `json:"paths"`
	}
	filledIn map[string]struct {
		Blocks []string `json:"blocks"`
		Later  []string `json:"later"`
	}
}

var (
	blockNestings = map[string]tfprotov6.SchemaNestedBlockNestingMode{
		"single": tfprotov6.SchemaNestedBlockNestingModeSingle,
		"group":  tfprotov6.SchemaNestedBlockNestingModeGroup,
		"list":   tfprotov6.SchemaNestedBlockNestingModeList,
		"set":    tfprotov6.SchemaNestedBlockNestingModeSet,
		"map":    tfprotov6.SchemaNestedBlockNestingModeMap,
	}
	objectNestings = map[string]tfprotov6.SchemaObjectNestingMode{
		"single": tfprotov6.SchemaObjectNestingModeSingle,
		"list":   tfprotov6.SchemaObjectNestingModeList,
		"set":    tfprotov6.SchemaObjectNestingModeSet,
		"map":    tfprotov6.SchemaObjectNestingModeMap,
	}
)

// kind is one type of resources or of data sources.
type kind struct {
	name     string
	schema   *tfprotov6.Schema
	parts    []part
	replaces [][]string // the arguments, step by step, whose change makes a new resource
	legacy   bool       // plans blocks as unknown, which only the older kind of provider may
}

// part is one member of a block or of a nested attribute.
type part struct {
	name      string
	typ       tftypes.Type
	attribute *tfprotov6.SchemaAttribute // nil: a block
	parts     []part                     // what is in the block or in the nested attribute
	one       bool                       // a block that stands there once
	required  bool
	filledIn  bool // left out, the provider fills it in and plans it as unknown
	later     bool // left out, the provider fills it in without having planned it
}

// catalogue is what one provider has.
type catalogue struct {
	schema      *tfprotov6.GetProviderSchemaResponse
	resources   map[string]*kind
	dataSources map[string]*kind
}

var readHabits = sync.OnceValues(func() (habits, error) {
	var known habits

	return known, errors.Join(decode("replaces", &known.replaces), decode("filled-in", &known.filledIn))
})

func decode(name string, into any) error {
	content, err := schemas.ReadFile("schemas/" + name + ".json")
	if err != nil {
		return fmt.Errorf("no schemas for %q: %w", name, err)
	}

	if err := json.Unmarshal(content, into); err != nil {
		return fmt.Errorf("schemas/%s.json: %w", name, err)
	}

	return nil
}

func load(name string) (*catalogue, error) {
	known, err := readHabits()
	if err != nil {
		return nil, err
	}

	var document documentJSON
	if err := decode(name, &document); err != nil {
		return nil, err
	}

	stated, ok := document.Providers[address+name]
	if !ok {
		return nil, fmt.Errorf("schemas/%s.json does not state %s%s", name, address, name)
	}

	own, err := newKind(name, stated.Provider, habits{})
	if err != nil {
		return nil, err
	}

	all := &catalogue{
		schema: &tfprotov6.GetProviderSchemaResponse{
			ServerCapabilities: &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true},
			Provider:           own.schema,
			ResourceSchemas:    map[string]*tfprotov6.Schema{},
			DataSourceSchemas:  map[string]*tfprotov6.Schema{},
		},
	}

	if all.resources, err = newKinds(stated.Resources, known, all.schema.ResourceSchemas); err != nil {
		return nil, err
	}

	if all.dataSources, err = newKinds(stated.DataSources, habits{}, all.schema.DataSourceSchemas); err != nil {
		return nil, err
	}

	return all, nil
}

func newKinds(stated map[string]schemaJSON, known habits, into map[string]*tfprotov6.Schema) (map[string]*kind, error) {
	kinds := make(map[string]*kind, len(stated))

	for name, schema := range stated {
		made, err := newKind(name, schema, known)
		if err != nil {
			return nil, err
		}

		kinds[name], into[name] = made, made.schema
	}

	return kinds, nil
}

func newKind(name string, stated schemaJSON, known habits) (*kind, error) {
	block, err := stated.Block.protocol()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}

	made := &kind{name: name, schema: &tfprotov6.Schema{Version: stated.Version, Block: block}, parts: partsOfBlock(block)}

	for _, path := range known.replaces[name].Paths {
		if _, err := find(made.parts, path); err != nil {
			return nil, fmt.Errorf("replaces.json: %s: %w", name, err)
		}

		made.replaces = append(made.replaces, strings.Split(path, "."))
	}

	for _, path := range known.filledIn[name].Blocks {
		found, err := find(made.parts, path)
		if err != nil {
			return nil, fmt.Errorf("filled-in.json: %s: %w", name, err)
		}

		found.filledIn, made.legacy = true, true
	}

	for _, path := range known.filledIn[name].Later {
		found, err := find(made.parts, path)
		if err != nil {
			return nil, fmt.Errorf("filled-in.json: %s: %w", name, err)
		}

		found.later, made.legacy = true, true
	}

	return made, nil
}

// find follows a path of the data files, `node_config.boot_disk`.
func find(parts []part, path string) (*part, error) {
	first, rest, deeper := strings.Cut(path, ".")

	at := slices.IndexFunc(parts, func(p part) bool { return p.name == first })

	switch {
	case at < 0:
		return nil, fmt.Errorf("the schema has no %s", path)
	case deeper:
		return find(parts[at].parts, rest)
	default:
		return &parts[at], nil
	}
}

func (b blockJSON) protocol() (*tfprotov6.SchemaBlock, error) {
	attributes, err := protocolAttributes(b.Attributes)
	if err != nil {
		return nil, err
	}

	block := &tfprotov6.SchemaBlock{Attributes: attributes, Deprecated: b.Deprecated}

	for _, name := range slices.Sorted(maps.Keys(b.Blocks)) {
		nested := b.Blocks[name]

		inner, err := nested.Block.protocol()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}

		nesting, ok := blockNestings[nested.Nesting]
		if !ok {
			return nil, fmt.Errorf("%s: unknown nesting %q", name, nested.Nesting)
		}

		block.BlockTypes = append(block.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: name, Block: inner, Nesting: nesting, MinItems: nested.Min, MaxItems: nested.Max,
		})
	}

	return block, nil
}

func protocolAttributes(stated map[string]attributeJSON) ([]*tfprotov6.SchemaAttribute, error) {
	attributes := make([]*tfprotov6.SchemaAttribute, 0, len(stated))

	for _, name := range slices.Sorted(maps.Keys(stated)) {
		attribute, err := stated[name].protocol(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}

		attributes = append(attributes, attribute)
	}

	return attributes, nil
}

func (a attributeJSON) protocol(name string) (*tfprotov6.SchemaAttribute, error) {
	attribute := &tfprotov6.SchemaAttribute{
		Name: name, Required: a.Required, Optional: a.Optional, Computed: a.Computed,
		Sensitive: a.Sensitive, Deprecated: a.Deprecated, WriteOnly: a.WriteOnly,
	}

	if a.Nested == nil {
		typ, err := tftypes.ParseJSONType(a.Type) //nolint:staticcheck // deprecated for want of a use outside HashiCorp: this is one
		if err != nil {
			return nil, fmt.Errorf("type: %w", err)
		}

		attribute.Type = typ

		return attribute, nil
	}

	inner, err := protocolAttributes(a.Nested.Attributes)
	if err != nil {
		return nil, err
	}

	nesting, ok := objectNestings[a.Nested.Nesting]
	if !ok {
		return nil, fmt.Errorf("unknown nesting %q", a.Nested.Nesting)
	}

	attribute.NestedType = &tfprotov6.SchemaObject{Attributes: inner, Nesting: nesting}

	return attribute, nil
}

func partsOfBlock(block *tfprotov6.SchemaBlock) []part {
	parts := partsOfAttributes(block.Attributes)

	for _, nested := range block.BlockTypes {
		parts = append(parts, part{
			name: nested.TypeName, typ: nested.ValueType(), parts: partsOfBlock(nested.Block),
			one: nested.MaxItems == 1, required: nested.MinItems > 0,
		})
	}

	return parts
}

func partsOfAttributes(attributes []*tfprotov6.SchemaAttribute) []part {
	parts := make([]part, 0, len(attributes))

	for _, attribute := range attributes {
		made := part{name: attribute.Name, typ: attribute.ValueType(), attribute: attribute, required: attribute.Required}
		if attribute.NestedType != nil {
			made.parts = partsOfAttributes(attribute.NestedType.Attributes)
		}

		parts = append(parts, made)
	}

	return parts
}
