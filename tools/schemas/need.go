package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

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
