// The command schemas makes the data of tools/standin anew: the schemas of the clouds' providers, trimmed to the types in use.
//
//	go run ./schemas -data standin/schemas ../examples/gke ../examples/eks ../examples/aks standin/testdata
//
// The folders' configurations say which types are in use and which releases of which providers; those of other namespaces than hashicorp
// are left out, ours among them. It downloads the providers, so it needs the network and some gigabytes of disk. What no schema states,
// replaces.json and filled-in.json, was read by hand and stays as it is: the command tells which types in use have no entry there.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// address is what Terraform calls a provider, before its name.
const address = "registry.terraform.io/hashicorp/"

func main() {
	data := flag.String("data", "standin/schemas", "folder of the schemas")
	terraform := flag.String("terraform", "terraform", "Terraform, which downloads the providers and asks them")

	flag.Parse()

	if err := run(context.Background(), *data, *terraform, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
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

	files, err := trim(stated, needed)
	if err != nil {
		return err
	}

	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := os.WriteFile(filepath.Join(data, name+".json"), files[name], 0o644); err != nil {
			return fmt.Errorf("write the schemas: %w", err)
		}
	}

	if err := os.WriteFile(filepath.Join(data, "releases.json"), releases, 0o644); err != nil {
		return fmt.Errorf("write the releases: %w", err)
	}

	unread, err := unread(data, needed)
	if err != nil {
		return err
	}

	for _, name := range unread {
		fmt.Printf("replaces.json has no entry for %s\n", name)
	}

	return nil
}

// ask has Terraform download the providers and state their schemas, and which releases they are.
func ask(ctx context.Context, terraform string, pins map[string]string) (stated, releases []byte, err error) {
	folder, err := os.MkdirTemp("", "schemas")
	if err != nil {
		return nil, nil, fmt.Errorf("a folder for the providers: %w", err)
	}

	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	if err := os.WriteFile(filepath.Join(folder, "main.tf"), []byte(requirements(pins)), 0o600); err != nil {
		return nil, nil, fmt.Errorf("a configuration for the providers: %w", err)
	}

	answers := map[string][]byte{}
	for _, arguments := range [][]string{
		{"init", "-backend=false", "-input=false", "-no-color"},
		{"providers", "schema", "-json"},
		{"version", "-json"},
	} {
		var answer, complaint bytes.Buffer

		command := exec.CommandContext(ctx, terraform, arguments...)
		command.Dir, command.Stdout, command.Stderr = folder, &answer, &complaint

		if err := command.Run(); err != nil {
			return nil, nil, fmt.Errorf("%s %s: %w\n%s", terraform, arguments[0], err, &complaint)
		}

		answers[arguments[0]] = answer.Bytes()
	}

	releases, err = selected(answers["version"])

	return answers["providers"], releases, err
}

// selected makes the content of releases.json, provider and release, out of what "terraform version -json" tells.
func selected(version []byte) ([]byte, error) {
	var document object
	if err := decode(version, &document); err != nil {
		return nil, fmt.Errorf("the version that Terraform tells: %w", err)
	}

	releases := object{}
	for name, release := range inner(document, "provider_selections") {
		releases[strings.TrimPrefix(name, address)] = release
	}

	return encode(releases), nil
}

// unread tells the resource types in use of which nobody has read yet what replaces them and what the provider fills in.
func unread(data string, needed need) ([]string, error) {
	content, err := os.ReadFile(filepath.Join(data, "replaces.json"))
	if err != nil {
		return nil, fmt.Errorf("read what replaces: %w", err)
	}

	var entries object
	if err := decode(content, &entries); err != nil {
		return nil, fmt.Errorf("replaces.json: %w", err)
	}

	var without []string

	for _, name := range slices.Sorted(maps.Keys(needed.resources)) {
		if _, pinned := needed.pins[providerOf(name)]; pinned && entries[name] == nil {
			without = append(without, name)
		}
	}

	return without, nil
}
