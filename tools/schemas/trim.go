// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-config-inspect/tfconfig"
	tfjson "github.com/hashicorp/terraform-json"
)

// need is what some configurations use.
type need struct {
	resources, dataSources map[string]bool
	pins                   map[string]string // releases, by the name of the provider
}

// scan reads the configurations below some folders.
func scan(folders []string) (need, error) {
	needed := need{map[string]bool{}, map[string]bool{}, map[string]string{}}
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.IsDir() || !tfconfig.IsModuleDir(path) {
				return err
			}
			return needed.add(path)
		})
		if err != nil {
			return need{}, fmt.Errorf("scanning %s: %w", folder, err)
		}
	}
	if len(needed.pins) == 0 {
		return need{}, errors.New("no configuration requires a provider")
	}
	return needed, nil
}

// add reads one configuration. All of them pin a provider alike or not at all.
func (n need) add(folder string) error {
	module, diagnostics := tfconfig.LoadModule(folder)
	if diagnostics.HasErrors() {
		return diagnostics.Err()
	}
	for _, resource := range module.ManagedResources {
		n.resources[resource.Type] = true
	}
	for _, resource := range module.DataResources {
		n.dataSources[resource.Type] = true
	}
	for name, required := range module.RequiredProviders {
		if required.Source != "hashicorp/"+name || len(required.VersionConstraints) == 0 {
			continue
		}
		pin := strings.Join(required.VersionConstraints, ", ")
		if other, ok := n.pins[name]; ok && other != pin {
			return fmt.Errorf("%s: %s is %s here and %s elsewhere", folder, name, pin, other)
		}
		n.pins[name] = pin
	}
	return nil
}

// trim keeps of a provider the types in use, without words.
func (n need) trim(name string, stated tfjson.ProviderSchemas) (tfjson.ProviderSchemas, error) {
	provider, ok := stated.Schemas[address+name]
	if !ok {
		return tfjson.ProviderSchemas{}, fmt.Errorf("nothing is stated of %s", name)
	}
	kept := &tfjson.ProviderSchema{ConfigSchema: provider.ConfigSchema}
	var err error
	if kept.ResourceSchemas, err = pick(name, provider.ResourceSchemas, n.resources); err != nil {
		return tfjson.ProviderSchemas{}, err
	}
	if kept.DataSourceSchemas, err = pick(name, provider.DataSourceSchemas, n.dataSources); err != nil {
		return tfjson.ProviderSchemas{}, err
	}
	bare(kept.ConfigSchema.Block)
	return tfjson.ProviderSchemas{FormatVersion: "1.0", Schemas: map[string]*tfjson.ProviderSchema{address + name: kept}}, nil
}

// pick keeps the types of a provider that are in use.
func pick(provider string, from map[string]*tfjson.Schema, used map[string]bool) (map[string]*tfjson.Schema, error) {
	kept := map[string]*tfjson.Schema{}
	for name := range maps.Keys(used) {
		if !strings.HasPrefix(name, provider+"_") {
			continue
		}
		schema, ok := from[name]
		if !ok {
			return nil, fmt.Errorf("%s is in use, but not in the schemas", name)
		}
		bare(schema.Block)
		kept[name] = schema
	}
	return kept, nil
}

// bare takes the words out of a schema.
func bare(block *tfjson.SchemaBlock) {
	block.Description, block.DescriptionKind = "", ""
	bareAttributes(block.Attributes)
	for _, nested := range block.NestedBlocks {
		bare(nested.Block)
	}
}

func bareAttributes(attributes map[string]*tfjson.SchemaAttribute) {
	for _, attribute := range attributes {
		attribute.Description, attribute.DescriptionKind = "", ""
		if attribute.AttributeNestedType != nil {
			bareAttributes(attribute.AttributeNestedType.Attributes)
		}
	}
}

// innermost are objects that have no other in them: attributes.
var (
	innermost = regexp.MustCompile(`\{[^{}]*\}`)
	space     = regexp.MustCompile(`\s+`)
)

// encode writes one line an attribute, so that a change of a provider reads well as a difference of two files.
func encode(document any) ([]byte, error) {
	text, err := json.MarshalIndent(document, "", " ")
	if err != nil {
		return nil, err
	}
	text = innermost.ReplaceAllFunc(text, func(object []byte) []byte { return space.ReplaceAll(object, nil) })
	return append(bytes.TrimSpace(text), '\n'), nil
}
