// SPDX-License-Identifier: MPL-2.0

// Package standin serves the schemas of the clouds' providers from data, so that whole modules plan and apply offline.
// It mirrors schemas and what Terraform's protocol asks for; no rule of a cloud lives in it.
package standin

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// files are the schemas as `terraform providers schema -json` words them, and what no schema states.
//
//go:embed schemas/*.json
var files embed.FS

// kind is one type of resources or of data sources.
type kind struct {
	name     string
	schema   *tfprotov6.Schema
	parts    map[string]part // by their path of names: "node_config.machine_type"
	replaces map[string]bool // the paths whose change makes a new resource
}

// part is one member of a resource, however deep: an attribute or else a block.
type part struct {
	attribute *tfprotov6.SchemaAttribute
	block     *tfprotov6.SchemaNestedBlock
	filledIn  bool // a block that the provider fills in where it is left out
}

// Factories serve google, aws, azurerm, helm, kubernetes and random to a step of an acceptance test. The map is the
// caller's own.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	all := map[string]func() (tfprotov6.ProviderServer, error){}
	for name, load := range servers {
		all[name] = load
	}
	return all
}

// servers are loaded once, when first asked for: they keep nothing between two calls.
var servers = func() map[string]func() (tfprotov6.ProviderServer, error) {
	all := map[string]func() (tfprotov6.ProviderServer, error){}
	for _, name := range []string{"google", "aws", "azurerm", "helm", "kubernetes", "random"} {
		all[name] = sync.OnceValues(func() (tfprotov6.ProviderServer, error) { return load(name) })
	}
	return all
}()

// load reads what a provider has.
func load(name string) (tfprotov6.ProviderServer, error) {
	var stated tfjson.ProviderSchemas
	var replaces, filledIn map[string]struct{ Paths []string }
	for file, into := range map[string]any{name: &stated, "replaces": &replaces, "filled-in": &filledIn} {
		content, err := files.ReadFile("schemas/" + file + ".json")
		if err != nil {
			return nil, fmt.Errorf("the stand-in for %s: %w", name, err)
		}
		if err := json.Unmarshal(content, into); err != nil {
			return nil, fmt.Errorf("the stand-in for %s: %s.json: %w", name, file, err)
		}
	}
	provider, ok := stated.Schemas["registry.terraform.io/hashicorp/"+name]
	if !ok {
		return nil, fmt.Errorf("the stand-in for %s: %s.json is about another provider", name, name)
	}
	s := server{
		schema: &tfprotov6.GetProviderSchemaResponse{
			ServerCapabilities: &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true},
			Provider:           protocolSchema(provider.ConfigSchema),
			ResourceSchemas:    map[string]*tfprotov6.Schema{},
			DataSourceSchemas:  map[string]*tfprotov6.Schema{},
		},
		resources: map[string]*kind{}, dataSources: map[string]*kind{},
	}
	for name, schema := range provider.ResourceSchemas {
		k := newKind(name, schema)
		if err := k.learn(replaces[name].Paths, filledIn[name].Paths); err != nil {
			return nil, err
		}
		s.resources[name], s.schema.ResourceSchemas[name] = k, k.schema
	}
	for name, schema := range provider.DataSourceSchemas {
		k := newKind(name, schema)
		s.dataSources[name], s.schema.DataSourceSchemas[name] = k, k.schema
	}
	return s, nil
}

func newKind(name string, stated *tfjson.Schema) *kind {
	k := &kind{name: name, schema: protocolSchema(stated), parts: map[string]part{}, replaces: map[string]bool{}}
	k.addBlock("", k.schema.Block)
	return k
}

func (k *kind) addBlock(at string, block *tfprotov6.SchemaBlock) {
	k.addAttributes(at, block.Attributes)
	for _, nested := range block.BlockTypes {
		k.parts[at+nested.TypeName] = part{block: nested}
		k.addBlock(at+nested.TypeName+".", nested.Block)
	}
}

func (k *kind) addAttributes(at string, attributes []*tfprotov6.SchemaAttribute) {
	for _, attribute := range attributes {
		k.parts[at+attribute.Name] = part{attribute: attribute}
		if attribute.NestedType != nil {
			k.addAttributes(at+attribute.Name+".", attribute.NestedType.Attributes)
		}
	}
}

// learn adds what no schema states. A path that the schema does not have is one of an older release.
func (k *kind) learn(replaces, filledIn []string) error {
	for _, path := range append(replaces, filledIn...) {
		if _, ok := k.parts[path]; !ok {
			return fmt.Errorf("the schema of %s has no %s", k.name, path)
		}
	}
	for _, path := range replaces {
		k.replaces[path] = true
	}
	for _, path := range filledIn {
		p := k.parts[path]
		p.filledIn = true
		k.parts[path] = p
	}
	return nil
}

// legacy says that a kind plans blocks as unknown, which only providers on the older SDK may.
func (k *kind) legacy() bool {
	for _, p := range k.parts {
		if p.filledIn {
			return true
		}
	}
	return false
}

// lastName is the last name of a path.
func lastName(path string) string { return path[strings.LastIndex(path, ".")+1:] }
