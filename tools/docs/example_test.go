// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestExampleFigure(t *testing.T) {
	const configuration = "users = 1000\ncloud = \"gcp\"\nedition = \"2024-03\"\nmachine_types = { workspace = \"n2-standard-8\" }\n\n"
	got, err := sizingSource.exampleFigure(configuration + "workspace.node_count == ceil(1024 / workspace.pods_per_node)\nworkspace.basis\nworkspace_proxy\nwarnings[*].code\n")
	if err != nil {
		t.Fatal(err)
	}
	contains(t, got,
		"```terraform users = 1000",
		"| `workspace.node_count` | 64 | `ceil(1024 / workspace.pods_per_node)` |",
		"| `workspace.basis` | `derived` | |",
		"| `workspace_proxy` | null | |",
		"| `warnings[*].code` | `unschedulable_packing` | |",
	)
	alone, err := capacitySource.exampleFigure("cloud = \"gcp\"\nedition = \"2024-03\"\nworkspace = { machine_type = \"t2d-standard-8\", node_count = 64 }")
	if err != nil {
		t.Fatal(err)
	}
	contains(t, alone, "node_count = 64 } ``` ```text 1,000 users on gcp: edition 2024-03")
	arithmetic, err := sizingSource.exampleFigure(configuration + "workspace.node_count * (110 + 1)\nresource_quota[\"requests.cpu\"] == \"${1000 * 500}m\"")
	if err != nil {
		t.Fatal(err)
	}
	contains(t, arithmetic, "| `workspace.node_count × (110 + 1)` | 7,104 | |", "| `resource_quota[\"requests.cpu\"]` | `500000m` | `\"${1000 × 500}m\"` |")
	for claims, want := range map[string]string{
		"workspace.node_count == ceil(1025 / 16)": "workspace.node_count == ceil(1025 / 16): the answer is 64, worked out it is 65",
		"workspace.node_count > 63":               "workspace.node_count > 63 is no equation",
	} {
		if _, err := sizingSource.exampleFigure(configuration + claims); err == nil || err.Error() != want {
			t.Errorf("%s is told as %v, not %q", claims, err, want)
		}
	}
	if _, err := sizingSource.exampleFigure("cloud = \"gcp\"\n\ntier.name"); err == nil || !strings.HasPrefix(err.Error(), "Missing User Count: ") {
		t.Errorf("a configuration that is refused is told as %v", err)
	}
}

func TestRefusalFigure(t *testing.T) {
	got, err := refusalFigure("users = 0\ncloud = \"gcp\"\n")
	if err != nil {
		t.Fatal(err)
	}
	contains(t, got, "```text Error: Invalid Count users is 0. It must be a whole number from 1 to 1000000000. ```")
	if _, err := refusalFigure("users = 1\ncloud = \"gcp\"\n"); err == nil {
		t.Error("an answer is told as a refusal")
	}
}

// Comments, tests and messages refer to a rule by the heading that it has in
// the guide.
func TestReferencesToTheGuide(t *testing.T) {
	const guide = "how-a-fleet-is-calculated.md"
	text, err := os.ReadFile(filepath.Join(root, "templates", "guides", guide+".tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	var headings []string
	for _, heading := range regexp.MustCompile(`(?m)^## (.+)$`).FindAllStringSubmatch(string(text), -1) {
		headings = append(headings, heading[1])
	}
	// The name may be broken off its page at the end of a comment's line.
	reference := regexp.MustCompile(regexp.QuoteMeta(guide) + `,\s+(?:(?://|#)\s+)?`)
	err = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && entry.Name() != "..":
			return filepath.SkipDir
		case entry.IsDir() || !slices.Contains([]string{".go", ".yaml", ".csv", ".md", ".tf"}, filepath.Ext(name)):
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, at := range reference.FindAllIndex(source, -1) {
			rest := string(source[at[1]:])
			if !slices.ContainsFunc(headings, func(h string) bool { return strings.HasPrefix(rest, h) }) {
				t.Errorf("%s refers to %q, which is no heading of %s", name, rest[:min(len(rest), 30)], guide)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
