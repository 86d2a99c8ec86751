// SPDX-License-Identifier: MPL-2.0

package reference

import (
	"errors"
	"reflect"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// largestFigure keeps the products of figures within 64 bits.
const largestFigure = 1_000_000_000

// complete holds decoded values against their nodes: pointers, slices and maps
// may be left out, every other value must stand there, as what it is: the
// decoder makes 1 of 1.5, "2024" of 2024 and nothing of null.
func (d *document) complete(node *yaml.Node, value reflect.Value, path string) error {
	d.lines[path] = node.Line
	if node.Kind == yaml.AliasNode || node.Anchor != "" {
		return d.errorAt(path, "anchors and aliases are not used: every figure stands where it is published")
	}
	var faults []error
	switch value.Kind() {
	case reflect.Pointer:
		if value.IsNil() {
			return d.errorAt(path, "a value is expected")
		}
		return d.complete(node, value.Elem(), path)
	case reflect.Struct:
		faults = d.completeObject(node, value, path)
	case reflect.Slice:
		for i := range value.Len() {
			faults = append(faults, d.complete(node.Content[i], value.Index(i), path+"["+strconv.Itoa(i)+"]"))
		}
	case reflect.Map:
		for i := 0; i < len(node.Content); i += 2 {
			key, content := node.Content[i], node.Content[i+1]
			faults = append(faults, d.complete(content, value.MapIndex(reflect.ValueOf(key.Value)), join(path, key.Value)))
		}
	default:
		return d.completeScalar(node, value, path)
	}
	return errors.Join(faults...)
}

func (d *document) completeObject(node *yaml.Node, object reflect.Value, path string) []error {
	nodes := map[string]*yaml.Node{}
	for i := 0; i < len(node.Content); i += 2 {
		nodes[node.Content[i].Value] = node.Content[i+1]
	}
	var faults []error
	for i := range object.NumField() {
		field, key := object.Field(i), object.Type().Field(i).Tag.Get("yaml")
		content, stands := nodes[key]
		switch kind := field.Kind(); {
		case stands:
			faults = append(faults, d.complete(content, field, join(path, key)))
		case kind != reflect.Pointer && kind != reflect.Slice && kind != reflect.Map:
			faults = append(faults, d.errorAt(path, "%s is missing", key))
		}
	}
	return faults
}

func (d *document) completeScalar(node *yaml.Node, value reflect.Value, path string) error {
	switch tag := node.ShortTag(); {
	case node.Value == "" || tag == "!!null":
		return d.errorAt(path, "a value is expected")
	case value.Kind() == reflect.String && tag != "!!str":
		return d.errorAt(path, "%s is not a text: put it in quotes", node.Value)
	case value.Kind() == reflect.Bool && tag != "!!bool":
		return d.errorAt(path, "%s is not true or false", node.Value)
	case value.Kind() != reflect.Int64:
		return nil
	case tag != "!!int" || value.Int() < 1:
		return d.errorAt(path, "%s is not a whole number of at least 1", node.Value)
	case value.Int() > largestFigure:
		return d.errorAt(path, "%s is above %d", node.Value, int64(largestFigure))
	}
	return nil
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
