// The command schemas makes the data of internal/standin anew: the schemas of the clouds' providers, trimmed to the types in use.
//
//	go run ./schemas -data ../internal/standin/schemas ../examples/gke ../examples/eks ../examples/aks ../internal/standin/testdata
//
// The folders' configurations say which types are in use and which releases of which providers; those of other namespaces than hashicorp
// are left out, ours among them. It downloads the providers, so it needs the network and some gigabytes of disk. What no schema states,
// replaces.json and filled-in.json, was read by hand and stays as it is: the command tells which types in use have no entry there.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// address is what Terraform calls a provider, before its name.
const address = "registry.terraform.io/hashicorp/"

func main() {
	data := flag.String("data", "internal/standin/schemas", "folder of the schemas")
	terraform := flag.String("terraform", "terraform", "Terraform, which downloads the providers and asks them")

	flag.Parse()

	if err := run(context.Background(), *data, *terraform, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, data, terraform string, folders []string) error {
	needed, err := scan(folders)
	if err != nil {
		return err
	}

	stated, err := ask(ctx, terraform, needed.pins)
	if err != nil {
		return err
	}

	files, err := trim(stated, needed)
	if err != nil {
		return err
	}

	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := os.WriteFile(filepath.Join(data, name+".json"), files[name], 0o644); err != nil {
			return fmt.Errorf("write the schemas: %w", err)
		}
	}

	unread, err := unread(data, needed)
	if err != nil {
		return err
	}

	for _, name := range unread {
		fmt.Printf("replaces.json has no entry for %s\n", name)
	}

	return nil
}

// need is what some configurations use.
type need struct {
	resources   map[string]bool
	dataSources map[string]bool
	pins        map[string]string // releases, by the name of the provider
}

var (
	blocks   = regexp.MustCompile(`(?m)^\s*(resource|data)\s+"([a-z0-9_]+)"\s+"`)
	requires = regexp.MustCompile(`(?m)^\s*[a-z0-9_-]+\s*=\s*\{([^{}]*)\}`)
	source   = regexp.MustCompile(`(?m)^\s*source\s*=\s*"(?:registry\.terraform\.io/)?hashicorp/([a-z0-9_-]+)"`)
	version  = regexp.MustCompile(`(?m)^\s*version\s*=\s*"([^"]+)"`)
)

// scan reads the configurations below some folders.
func scan(folders []string) (need, error) {
	needed := need{resources: map[string]bool{}, dataSources: map[string]bool{}, pins: map[string]string{}}

	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".tf" || entry.IsDir() {
				return err
			}

			content, err := os.ReadFile(path)
			if err != nil {
				return fmt.Errorf("read a configuration: %w", err)
			}

			return needed.add(path, string(content))
		})
		if err != nil {
			return need{}, fmt.Errorf("scan %s: %w", folder, err)
		}
	}

	if len(needed.pins) == 0 {
		return need{}, errors.New("no configuration requires a provider")
	}

	return needed, nil
}

func (n need) add(path, content string) error {
	for _, found := range blocks.FindAllStringSubmatch(content, -1) {
		if found[1] == "resource" {
			n.resources[found[2]] = true
		} else {
			n.dataSources[found[2]] = true
		}
	}

	for _, found := range requires.FindAllStringSubmatch(content, -1) {
		from, pinned := source.FindStringSubmatch(found[1]), version.FindStringSubmatch(found[1])
		if from == nil {
			continue
		}

		if pinned == nil {
			return fmt.Errorf("%s: %s has no version", path, from[1])
		}

		if other, ok := n.pins[from[1]]; ok && other != pinned[1] {
			return fmt.Errorf("%s: %s is %s here and %s elsewhere", path, from[1], pinned[1], other)
		}

		n.pins[from[1]] = pinned[1]
	}

	return nil
}

// requirements is a configuration that needs the providers and nothing else.
func requirements(pins map[string]string) string {
	var text strings.Builder

	text.WriteString("terraform {\n  required_providers {\n")

	for _, name := range slices.Sorted(maps.Keys(pins)) {
		fmt.Fprintf(&text, "    %s = {\n      source  = \"hashicorp/%s\"\n      version = %q\n    }\n", name, name, pins[name])
	}

	text.WriteString("  }\n}\n")

	return text.String()
}

// ask has Terraform download the providers and state their schemas.
func ask(ctx context.Context, terraform string, pins map[string]string) (stated []byte, err error) {
	folder, err := os.MkdirTemp("", "schemas")
	if err != nil {
		return nil, fmt.Errorf("a folder for the providers: %w", err)
	}

	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	if err := os.WriteFile(filepath.Join(folder, "main.tf"), []byte(requirements(pins)), 0o600); err != nil {
		return nil, fmt.Errorf("a configuration for the providers: %w", err)
	}

	for _, arguments := range [][]string{
		{"init", "-backend=false", "-input=false", "-no-color"},
		{"providers", "schema", "-json"},
	} {
		var answer, complaint bytes.Buffer

		command := exec.CommandContext(ctx, terraform, arguments...)
		command.Dir, command.Stdout, command.Stderr = folder, &answer, &complaint

		if err := command.Run(); err != nil {
			return nil, fmt.Errorf("%s %s: %w\n%s", terraform, arguments[0], err, &complaint)
		}

		stated = answer.Bytes()
	}

	return stated, nil
}

// object is one of JSON.
type object = map[string]any

// inner is an object in an object, or an empty one.
func inner(of object, key string) object {
	found, ok := of[key].(object)
	if !ok {
		return object{}
	}

	return found
}

// trim makes the content of the files, by the name of the provider, out of what Terraform states.
func trim(stated []byte, needed need) (map[string][]byte, error) {
	var document object
	if err := decode(stated, &document); err != nil {
		return nil, fmt.Errorf("what Terraform states: %w", err)
	}

	files, missing := map[string][]byte{}, []string{}
	resources, dataSources := maps.Clone(needed.resources), maps.Clone(needed.dataSources)

	for _, name := range slices.Sorted(maps.Keys(needed.pins)) {
		provider, ok := inner(document, "provider_schemas")[address+name].(object)
		if !ok {
			missing = append(missing, "provider "+name)

			continue
		}

		kept := object{
			"provider":            bare(inner(provider, "provider")),
			"resource_schemas":    pick(inner(provider, "resource_schemas"), resources),
			"data_source_schemas": pick(inner(provider, "data_source_schemas"), dataSources),
		}
		files[name] = encode(object{"format_version": "1.0", "provider_schemas": object{address + name: kept}})
	}

	for name := range resources {
		if _, pinned := needed.pins[providerOf(name)]; pinned {
			missing = append(missing, "resource "+name)
		}
	}

	for name := range dataSources {
		if _, pinned := needed.pins[providerOf(name)]; pinned {
			missing = append(missing, "data source "+name)
		}
	}

	if len(missing) > 0 {
		slices.Sort(missing)

		return nil, fmt.Errorf("in use, but not in the schemas: %s", strings.Join(missing, ", "))
	}

	return files, nil
}

// providerOf is the provider that a type belongs to by its name.
func providerOf(kind string) string {
	name, _, _ := strings.Cut(kind, "_")

	return name
}

// pick keeps the types in use and strikes them off the list.
func pick(from object, used map[string]bool) object {
	kept := object{}

	for name := range from {
		if used[name] {
			kept[name] = bare(inner(from, name))

			delete(used, name)
		}
	}

	return kept
}

// bare leaves words out of a schema, and what is false.
func bare(schema object) object {
	return object{"version": schema["version"], "block": bareBlock(inner(schema, "block"))}
}

func bareBlock(block object) object {
	kept := object{}
	if attributes := bareAttributes(inner(block, "attributes")); len(attributes) > 0 {
		kept["attributes"] = attributes
	}

	if block["deprecated"] == true {
		kept["deprecated"] = true
	}

	nested := object{}

	for name := range inner(block, "block_types") {
		one := maps.Clone(inner(inner(block, "block_types"), name))
		one["block"] = bareBlock(inner(one, "block"))
		nested[name] = one
	}

	if len(nested) > 0 {
		kept["block_types"] = nested
	}

	return kept
}

func bareAttributes(attributes object) object {
	kept := object{}

	for name := range attributes {
		one := maps.Clone(inner(attributes, name))
		maps.DeleteFunc(one, func(key string, value any) bool {
			return strings.HasPrefix(key, "description") || key == "deprecation_message" || value == false
		})

		if nested, ok := one["nested_type"].(object); ok {
			nested = maps.Clone(nested)
			nested["attributes"] = bareAttributes(inner(nested, "attributes"))
			one["nested_type"] = nested
		}

		kept[name] = one
	}

	return kept
}

func decode(content []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber() // numbers stay as they are written

	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("no JSON: %w", err)
	}

	return nil
}

// encode writes one line an attribute, so that a change of a provider reads well as a difference of two files.
func encode(document object) []byte {
	var text bytes.Buffer

	write(&text, document, "", false)
	text.WriteString("\n")

	return text.Bytes()
}

func write(text *bytes.Buffer, value any, indent string, attribute bool) {
	members, ok := value.(object)
	if _, nested := members["nested_type"]; !ok || len(members) == 0 || attribute && !nested {
		text.Write(compact(value))

		return
	}

	text.WriteString("{\n")

	for i, name := range slices.Sorted(maps.Keys(members)) {
		if i > 0 {
			text.WriteString(",\n")
		}

		fmt.Fprintf(text, "%s %q: ", indent, name)

		if inside, ok := members[name].(object); ok && name == "attributes" {
			writeAttributes(text, inside, indent+" ")
		} else {
			write(text, members[name], indent+" ", false)
		}
	}

	text.WriteString("\n" + indent + "}")
}

func writeAttributes(text *bytes.Buffer, attributes object, indent string) {
	text.WriteString("{\n")

	for i, name := range slices.Sorted(maps.Keys(attributes)) {
		if i > 0 {
			text.WriteString(",\n")
		}

		fmt.Fprintf(text, "%s %q: ", indent, name)
		write(text, attributes[name], indent+" ", true)
	}

	text.WriteString("\n" + indent + "}")
}

// compact is JSON on one line. All values come out of JSON, so they go back.
func compact(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}

	return text
}

// unread tells the resource types in use of which nobody has read yet what replaces them and what the provider fills in.
func unread(data string, needed need) ([]string, error) {
	content, err := os.ReadFile(filepath.Join(data, "replaces.json"))
	if err != nil {
		return nil, fmt.Errorf("read what replaces: %w", err)
	}

	var entries object
	if err := decode(content, &entries); err != nil {
		return nil, fmt.Errorf("replaces.json: %w", err)
	}

	var without []string

	for _, name := range slices.Sorted(maps.Keys(needed.resources)) {
		if _, pinned := needed.pins[providerOf(name)]; pinned && entries[name] == nil {
			without = append(without, name)
		}
	}

	return without, nil
}
