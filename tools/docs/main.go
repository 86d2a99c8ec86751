// SPDX-License-Identifier: MPL-2.0

// Command docs writes the figures of the documentation: pictures, tables and
// the pages of the editions, all from the same code and data that answer in the
// provider. It runs after tfplugindocs, which renders the pages written by hand
// in templates/. In those a line such as
//
//	<!-- figures: captured-nodes -->
//
// is where a table goes; what is generated whole needs no template. A marker of
// several lines ends with a line of its own.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

func main() {
	root := flag.String("root", "..", "the root of the repository")
	flag.Parse()
	if err := generate(*root); err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1)
	}
}

// generate writes the pictures and the generated pages into docs/, and the
// figures into the pages that ask for them.
func generate(root string) error {
	captured, err := readCaptures(filepath.Join(root, "internal", "cloud", "testdata", "captures.yaml"))
	if err != nil {
		return err
	}
	files, err := generated()
	if err != nil {
		return err
	}
	docs := filepath.Join(root, "docs")
	for name, content := range files {
		if err := write(filepath.Join(docs, filepath.FromSlash(name)), content); err != nil {
			return err
		}
	}
	figures := figuresFor(captured)
	return filepath.WalkDir(docs, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		page, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("reading a page: %w", err)
		}
		filled, err := fill(string(page), figures)
		if err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
		if filled == string(page) {
			return nil
		}
		return write(name, filled)
	})
}

// generated is every file that is generated whole, by its path below docs/.
func generated() (map[string]string, error) {
	files, err := editionPages()
	if err != nil {
		return nil, err
	}
	bars, err := nodeBars()
	if err != nil {
		return nil, err
	}
	fleets, err := fleetByUsers()
	if err != nil {
		return nil, err
	}
	limits, err := requestAndLimit()
	if err != nil {
		return nil, err
	}
	files["images/workspaces-on-a-node.svg"] = bars
	files["images/fleet-by-users.svg"] = fleets
	files["images/request-and-limit.svg"] = limits
	return files, nil
}

func write(name, content string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("making a folder: %w", err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		return fmt.Errorf("writing a page: %w", err)
	}
	return nil
}

// figure writes what a page asks for, with the text that follows its name.
type figure func(text string) (string, error)

// figureOf is a figure that takes single words.
func figureOf(write func(words []string) (string, error)) figure {
	return func(text string) (string, error) { return write(strings.Fields(text)) }
}

func figuresFor(captured []capture) map[string]figure {
	return map[string]figure{
		"example":        sizingSource.exampleFigure,
		"capacity":       capacitySource.exampleFigure,
		"carried":        capacitySource.summaryFigure,
		"refusal":        refusalFigure,
		"small-teams":    func(string) (string, error) { return smallTeams() },
		"summary":        sizingSource.summaryFigure,
		"editions":       func(string) (string, error) { return editionList() },
		"worked-nodes":   func(string) (string, error) { return workedNodes() },
		"pod-limits":     figureOf(podLimits),
		"daemons":        func(string) (string, error) { return daemonsTable(), nil },
		"pool-limits":    func(string) (string, error) { return poolLimits(), nil },
		"captured-nodes": func(string) (string, error) { return capturedTable(captured), nil },
		"moves":          func(string) (string, error) { return moves() },
	}
}

var marker = regexp.MustCompile(`(?ms)^<!-- figures: (\S+)(.*?)\s-->$`)

// fill puts the figures where a page asks for them.
func fill(page string, figures map[string]figure) (string, error) {
	var faults []error
	filled := marker.ReplaceAllStringFunc(page, func(line string) string {
		asked := marker.FindStringSubmatch(line)
		write, ok := figures[asked[1]]
		if !ok {
			faults = append(faults, fmt.Errorf("there are no figures %q", asked[1]))
			return line
		}
		text, err := write(asked[2])
		if err != nil {
			faults = append(faults, fmt.Errorf("figures %q: %w", asked[1], err))
		}
		return strings.TrimRight(text, "\n")
	})
	return filled, errors.Join(faults...)
}
