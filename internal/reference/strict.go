package reference

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// decoder fills a struct from YAML and refuses what it does not know, finds
// twice or misses: pointers, slices and maps may be left out, every other
// field must be there and not empty. It remembers the line of every value, so
// that later checks can name it too.
type decoder struct {
	file  string
	lines map[string]int
}

// largestFigure keeps the products of figures within 64 bits.
const largestFigure = 1_000_000_000

func decodeStrictly(file string, text []byte, into any) (*decoder, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(document.Content) == 0 {
		return nil, fmt.Errorf("%s:1: the file is empty", file)
	}
	d := &decoder{file: file, lines: map[string]int{}}
	return d, d.value(document.Content[0], reflect.ValueOf(into).Elem(), "")
}

// errorAt is an error at the line where path stands.
func (d *decoder) errorAt(path, format string, args ...any) error {
	message := fmt.Sprintf(format, args...)
	if path != "" {
		message = path + ": " + message
	}
	return fmt.Errorf("%s:%d: %s", d.file, d.lines[path], message)
}

func (d *decoder) value(node *yaml.Node, into reflect.Value, path string) error {
	d.lines[path] = node.Line
	if node.Kind == yaml.AliasNode || node.Anchor != "" {
		return d.errorAt(path, "anchors and aliases are not used: every figure stands where it is published")
	}
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		return d.value(node, into.Elem(), path)
	case reflect.Struct:
		return d.object(node, into, path)
	case reflect.Slice:
		return d.list(node, into, path)
	case reflect.Map:
		return d.table(node, into, path)
	default:
		return d.scalar(node, into, path)
	}
}

func (d *decoder) object(node *yaml.Node, into reflect.Value, path string) error {
	if node.Kind != yaml.MappingNode {
		return d.errorAt(path, "an object is expected")
	}
	fields := map[string]reflect.Value{}
	for i := range into.NumField() {
		fields[into.Type().Field(i).Tag.Get("yaml")] = into.Field(i)
	}
	var faults []error
	seen := map[string]bool{}
	for i := 0; i < len(node.Content); i += 2 {
		key, content := node.Content[i], node.Content[i+1]
		child := join(path, key.Value)
		d.lines[child] = key.Line
		field, ok := fields[key.Value]
		switch {
		case !ok:
			faults = append(faults, d.errorAt(child, "unknown key"))
		case seen[key.Value]:
			faults = append(faults, d.errorAt(child, "stands twice"))
		default:
			faults = append(faults, d.value(content, field, child))
		}
		seen[key.Value] = true
	}
	for i := range into.NumField() {
		key := into.Type().Field(i).Tag.Get("yaml")
		switch into.Field(i).Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
		default:
			if !seen[key] {
				faults = append(faults, d.errorAt(path, "%s is missing", key))
			}
		}
	}
	return errors.Join(faults...)
}

func (d *decoder) list(node *yaml.Node, into reflect.Value, path string) error {
	if node.Kind != yaml.SequenceNode {
		return d.errorAt(path, "a list is expected")
	}
	into.Set(reflect.MakeSlice(into.Type(), len(node.Content), len(node.Content)))
	var faults []error
	for i, item := range node.Content {
		faults = append(faults, d.value(item, into.Index(i), path+"["+strconv.Itoa(i)+"]"))
	}
	return errors.Join(faults...)
}

func (d *decoder) table(node *yaml.Node, into reflect.Value, path string) error {
	if node.Kind != yaml.MappingNode {
		return d.errorAt(path, "an object is expected")
	}
	into.Set(reflect.MakeMap(into.Type()))
	var faults []error
	for i := 0; i < len(node.Content); i += 2 {
		key := reflect.ValueOf(node.Content[i].Value)
		child := join(path, node.Content[i].Value)
		content := reflect.New(into.Type().Elem()).Elem()
		faults = append(faults, d.value(node.Content[i+1], content, child))
		if into.MapIndex(key).IsValid() {
			faults = append(faults, d.errorAt(child, "stands twice"))
		}
		into.SetMapIndex(key, content)
	}
	return errors.Join(faults...)
}

func (d *decoder) scalar(node *yaml.Node, into reflect.Value, path string) error {
	if node.Kind != yaml.ScalarNode || node.Value == "" || node.Tag == "!!null" {
		return d.errorAt(path, "a value is expected")
	}
	switch into.Kind() {
	case reflect.String:
		if node.Tag != "!!str" {
			return d.errorAt(path, "%s is not a text: put it in quotes", node.Value)
		}
		into.SetString(node.Value)
	case reflect.Int64:
		n, err := strconv.ParseInt(node.Value, 10, 64)
		if err != nil || n < 1 {
			return d.errorAt(path, "%s is not a whole number of at least 1", node.Value)
		}
		if n > largestFigure {
			return d.errorAt(path, "%s is above %d", node.Value, int64(largestFigure))
		}
		into.SetInt(n)
	case reflect.Bool:
		if node.Tag != "!!bool" {
			return d.errorAt(path, "%s is not true or false", node.Value)
		}
		into.SetBool(node.Value == "true")
	default:
		return d.errorAt(path, "%s cannot be read into a %s", node.Value, into.Type())
	}
	return nil
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
