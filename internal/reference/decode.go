// SPDX-License-Identifier: MPL-2.0

package reference

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// document is a file of YAML whose errors name file and line.
type document struct {
	file  string
	lines map[string]int // of every value, by its path
}

// decode fills a struct from YAML. What it does not know, finds twice or cannot
// read is told by the decoder, what is missing or no figure by complete.
func decode(file string, text []byte, into any) (*document, error) {
	d := &document{file: file, lines: map[string]int{}}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	parsed := twice{into: into}
	if err := decoder.Decode(&parsed); err != nil {
		return nil, d.inFile(err)
	}
	if parsed.root.node == nil { // a null is decoded by nobody
		return nil, d.inFile(io.EOF)
	}
	return d, d.complete(parsed.root.node, reflect.ValueOf(into).Elem(), "")
}

// twice is what a document is decoded into: a value and the node that it was
// parsed to. Parsing is nearly all of what reading an edition takes.
type twice struct {
	into any
	root root
}

// UnmarshalYAML is the one that decodes as strictly as the decoder around it.
func (t *twice) UnmarshalYAML(decode func(any) error) error {
	if err := decode(&t.root); err != nil {
		return err
	}
	return decode(t.into)
}

type root struct{ node *yaml.Node }

// UnmarshalYAML keeps the node.
func (r *root) UnmarshalYAML(node *yaml.Node) error {
	r.node = node
	return nil
}

// inFile puts the file before each line that the decoder complains of.
func (d *document) inFile(err error) error {
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%s:1: the file is empty", d.file)
	}
	told := (*yaml.TypeError)(nil)
	if !errors.As(err, &told) {
		return fmt.Errorf("%s: %w", d.file, err)
	}
	faults := make([]error, len(told.Errors))
	for i, fault := range told.Errors {
		faults[i] = errors.New(d.file + ":" + strings.TrimPrefix(fault, "line "))
	}
	return errors.Join(faults...)
}

// errorAt is an error at the line where path stands.
func (d *document) errorAt(path, format string, args ...any) error {
	message := fmt.Sprintf(format, args...)
	if path != "" {
		message = path + ": " + message
	}
	return fmt.Errorf("%s:%d: %s", d.file, d.lines[path], message)
}

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
	for i := 0; i+1 < len(node.Content); i += 2 {
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
