// SPDX-License-Identifier: MPL-2.0

package standin_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// examples is the folder of what people copy.
var examples = filepath.Join("..", "..", "examples")

// edit is a change of a file below examples/, by its path there.
type edit struct{ file, from, to string }

// exampleRoot is a copy of examples/ with one change or none; it returns the
// folder of one root module. That names its modules by their full paths, since
// terraform-plugin-testing runs a root without what lies beside it.
func exampleRoot(t *testing.T, root string, edits ...edit) string {
	t.Helper()
	copied := t.TempDir()
	if err := os.CopyFS(copied, os.DirFS(examples)); err != nil {
		t.Fatal(err)
	}
	for _, e := range edits {
		path := filepath.Join(copied, filepath.FromSlash(e.file))
		text := readFile(t, path)
		if !strings.Contains(text, e.from) {
			t.Fatalf("%s has no %q", e.file, e.from)
		}
		writeFile(t, path, strings.ReplaceAll(text, e.from, e.to))
	}
	main := filepath.Join(copied, root, "main.tf")
	writeFile(t, main, withModulesAt(readFile(t, main), copied))
	return filepath.Join(copied, root)
}

// withModulesAt is a configuration that finds the modules where a copy of
// examples/ is. The double slash makes that one package, in which a module finds
// its neighbour.
func withModulesAt(configuration, examples string) string {
	return strings.ReplaceAll(configuration, `"../modules/`, `"`+filepath.ToSlash(examples)+`//modules/`)
}

var variable = regexp.MustCompile(`(?m)^variable "(\w+)"`)

// variablesOf are the names of a module's variables, in their order.
func variablesOf(t *testing.T, module string) []string {
	t.Helper()
	var names []string
	for _, match := range variable.FindAllStringSubmatch(readFile(t, filepath.Join(examples, filepath.FromSlash(module), "variables.tf")), -1) {
		names = append(names, match[1])
	}
	if len(names) == 0 {
		t.Fatalf("%s has no variables", module)
	}
	return names
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
