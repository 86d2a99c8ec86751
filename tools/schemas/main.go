// SPDX-License-Identifier: MPL-2.0

// Command schemas makes the data of tools/standin anew: the schemas of the clouds' providers, trimmed to the types in
// use.
//
//	go run ./schemas -data standin/schemas ../examples standin/testdata
//
// The configurations below the folders say which types are in use and which releases of which providers; those of other
// namespaces than hashicorp are left out, ours among them. It downloads the providers, so it needs the network and some
// gigabytes of disk.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// address is what Terraform calls a provider, before its name.
const address = "registry.terraform.io/hashicorp/"

func main() {
	data := flag.String("data", "standin/schemas", "folder of the schemas")
	terraform := flag.String("terraform", "terraform", "Terraform, which downloads the providers and asks them")
	flag.Parse()
	if err := run(context.Background(), *data, *terraform, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "schemas:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, data, terraform string, folders []string) error {
	needed, err := scan(folders)
	if err != nil {
		return err
	}
	stated, releases, err := ask(ctx, terraform, needed.pins)
	if err != nil {
		return err
	}
	documents := map[string]any{"releases": releases}
	for name := range needed.pins {
		if documents[name], err = needed.trim(name, stated); err != nil {
			return err
		}
	}
	for name, document := range documents {
		text, err := encode(document)
		if err != nil {
			return fmt.Errorf("%s.json: %w", name, err)
		}
		if err := os.WriteFile(filepath.Join(data, name+".json"), text, 0o644); err != nil {
			return fmt.Errorf("writing the schemas: %w", err)
		}
	}
	return nil
}

// ask has Terraform download the providers and state their schemas, and which releases they are.
func ask(ctx context.Context, terraform string, pins map[string]string) (stated tfjson.ProviderSchemas, releases map[string]string, err error) {
	folder, err := os.MkdirTemp("", "schemas-")
	if err != nil {
		return stated, nil, fmt.Errorf("a folder for the providers: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	providers := map[string]any{}
	for name, pin := range pins {
		providers[name] = map[string]string{"source": "hashicorp/" + name, "version": pin}
	}
	configuration, err := json.Marshal(map[string]any{"terraform": map[string]any{"required_providers": providers}})
	if err != nil {
		return stated, nil, fmt.Errorf("a configuration for the providers: %w", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "main.tf.json"), configuration, 0o600); err != nil {
		return stated, nil, fmt.Errorf("a configuration for the providers: %w", err)
	}

	var version tfjson.VersionOutput
	for _, question := range []struct {
		arguments string
		answer    any
	}{
		{"init -backend=false -input=false -no-color", nil},
		{"providers schema -json", &stated},
		{"version -json", &version},
	} {
		command := exec.CommandContext(ctx, terraform, strings.Fields(question.arguments)...)
		command.Dir, command.Stderr = folder, os.Stderr
		output, err := command.Output()
		if err == nil && question.answer != nil {
			err = json.Unmarshal(output, question.answer)
		}
		if err != nil {
			return stated, nil, fmt.Errorf("%s %s: %w", terraform, question.arguments, err)
		}
	}
	releases = maps.Collect(func(yield func(name, release string) bool) {
		for name, release := range version.ProviderSelections {
			if !yield(strings.TrimPrefix(name, address), release) {
				return
			}
		}
	})
	return stated, releases, nil
}
