// SPDX-License-Identifier: MPL-2.0

package reference

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
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
