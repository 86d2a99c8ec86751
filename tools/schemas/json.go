package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

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
