package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

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
