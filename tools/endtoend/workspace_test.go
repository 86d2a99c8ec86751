// SPDX-License-Identifier: MPL-2.0

// Package endtoend tests the provider as it is built, with Terraform and the system around it.
package endtoend

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// root is the module that ships.
var root = filepath.Join("..", "..")

// binary builds a file or a package of a module as the provider's program, in a folder of its own.
func binary(t *testing.T, module, what string) string {
	t.Helper()

	path := filepath.Join(t.TempDir(), "terraform-provider-refarch")
	build := exec.CommandContext(t.Context(), "go", "build", "-C", module, "-o", path, what)
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build %s: %v\n%s", what, err, output)
	}
	return path
}

func read(t *testing.T, path string) string {
	t.Helper()

	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// acceptance lets a test run where Terraform is to run.
func acceptance(t *testing.T) {
	t.Helper()

	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance tests need TF_ACC=1")
	}
}

// workspace is a folder with a configuration, where Terraform runs with a program as the provider.
type workspace struct {
	t                *testing.T
	folder, settings string
}

// newWorkspace takes the provider from the folder that holds it under its name.
func newWorkspace(t *testing.T, provider, configuration string) workspace {
	t.Helper()

	w := workspace{t: t, folder: t.TempDir()}
	w.settings = filepath.Join(w.folder, "cli.tfrc")
	write(t, w.settings, 0o600, fmt.Sprintf(
		"provider_installation {\n  dev_overrides {\n    \"refarch/refarch\" = %q\n  }\n  direct {}\n}\n", provider))
	write(t, filepath.Join(w.folder, "main.tf"), 0o600, `
terraform {
  required_providers {
    refarch = {
      source = "refarch/refarch"
    }
  }
}

provider "refarch" {}
`+configuration)
	return w
}

// terraform runs without asking and without colours.
func (w workspace) terraform(arguments ...string) *exec.Cmd {
	return w.command(append(arguments, "-input=false", "-no-color")...)
}

func (w workspace) command(arguments ...string) *exec.Cmd {
	terraform := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if terraform == "" {
		terraform = "terraform"
	}
	command := exec.CommandContext(w.t.Context(), terraform, arguments...)
	command.Dir = w.folder
	command.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+w.settings, "CHECKPOINT_DISABLE=1")
	return command
}

func write(t *testing.T, path string, mode os.FileMode, content string) {
	t.Helper()

	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
}
