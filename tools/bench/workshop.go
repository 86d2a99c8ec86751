// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// What Terraform plans: a configuration for each contender, and the module that one of them calls.
var (
	//go:embed configurations/*.tf
	configurations embed.FS
	//go:embed lookup/*.tf
	modules embed.FS
)

// The programs that are built, by the names of their folders.
const (
	programRefarch   = "refarch"
	programFramework = "framework"
	programConstant  = "constant"
	programSmall     = "small"
)

// workshop is a temporary folder with the programs built and everything that Terraform reads, so that no setting of the
// machine's has a say.
type workshop struct {
	folder, terraform string
	version           string // of Terraform, "Terraform v1.11.4"
}

func newWorkshop(ctx context.Context, root, terraform string) (w *workshop, err error) {
	folder, err := os.MkdirTemp("", "refarch-bench-")
	if err != nil {
		return nil, fmt.Errorf("making a folder: %w", err)
	}
	w = &workshop{folder: folder, terraform: terraform}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	tools := filepath.Join(root, "tools")
	for _, program := range []struct{ name, module, pkg, wrapper string }{
		{programRefarch, root, ".", ""},
		{programFramework, root, ".", "scripts/without-shortcut.sh"},
		{programConstant, tools, "./bench/constant", ""},
		{programSmall, tools, "./bench/small", ""},
	} {
		// As a release is built: stripped, without a C library.
		build := strings.Fields(program.wrapper + " go build -buildvcs=false -trimpath -o " + w.binary(program.name))
		build = append(build, "-ldflags", "-s -w", program.pkg)
		command := exec.CommandContext(ctx, build[0], build[1:]...)
		command.Dir, command.Env = program.module, append(os.Environ(), "CGO_ENABLED=0")
		if output, err := command.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("building %s: %w\n%s", program.name, err, output)
		}
		// Terraform asks no registry for what is overridden.
		settings := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n    %q = %q\n  }\n  direct {}\n}\n",
			"refarch/refarch", filepath.Dir(w.binary(program.name)), "refarch/small", filepath.Dir(w.binary(programSmall)))
		if err := os.WriteFile(w.settings(program.name), []byte(settings), 0o600); err != nil {
			return nil, fmt.Errorf("writing a CLI configuration: %w", err)
		}
	}
	version, _, _, err := w.run(ctx, folder, w.environment(programRefarch), "version")
	w.version, _, _ = strings.Cut(string(version), "\n")
	return w, err
}

func (w *workshop) close() error { return os.RemoveAll(w.folder) }

// binary is the file of a program. All but the small provider pass for refarch, so that they plan the same configuration.
func (w *workshop) binary(program string) string {
	name := "terraform-provider-refarch"
	if program == programSmall {
		name = "terraform-provider-small"
	}
	return filepath.Join(w.folder, "bin", program, name)
}

// binarySizes are the sizes of the programs that are compared by them, in bytes.
func (w *workshop) binarySizes() (map[string]float64, error) {
	sizes := map[string]float64{}
	for _, program := range []string{programRefarch, programSmall} {
		info, err := os.Stat(w.binary(program))
		if err != nil {
			return nil, fmt.Errorf("reading the size of a program: %w", err)
		}
		sizes[program] = float64(info.Size())
	}
	return sizes, nil
}

func (w *workshop) settings(program string) string { return filepath.Join(w.folder, program+".tfrc") }

// environment is the caller's without any setting for Terraform, and the workshop's instead; program is what passes for
// refarch.
func (w *workshop) environment(program string) []string {
	var all []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") {
			all = append(all, variable)
		}
	}
	return append(all, "TF_CLI_CONFIG_FILE="+w.settings(program), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1")
}

// lay makes a folder with a configuration, and the module beside it.
func (w *workshop) lay(ctx context.Context, program string, files map[string]string) (string, error) {
	folder, err := os.MkdirTemp(w.folder, "plan-")
	if err != nil {
		return "", fmt.Errorf("making a folder: %w", err)
	}
	if err := os.CopyFS(folder, modules); err != nil {
		return "", fmt.Errorf("writing a module: %w", err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			return "", fmt.Errorf("writing a configuration: %w", err)
		}
	}
	// A module of the configuration's own has to be noted before it can be called.
	_, _, _, err = w.run(ctx, folder, w.environment(program), "get", "-no-color")
	return folder, err
}

// run runs Terraform in a folder and measures it. The CPU is that of Terraform and of all that it started and waited for.
func (w *workshop) run(ctx context.Context, folder string, environment []string, arguments ...string) (output []byte, wall, cpu time.Duration, err error) {
	var said bytes.Buffer
	command := exec.CommandContext(ctx, w.terraform, arguments...)
	command.Dir, command.Env = folder, environment
	command.Stdout, command.Stderr = &said, &said
	began := time.Now()
	if err := command.Run(); err != nil {
		return nil, 0, 0, fmt.Errorf("%s %s: %w\n%s", filepath.Base(w.terraform), arguments[0], err, said.Bytes())
	}
	return said.Bytes(), time.Since(began), cpuOf(command), nil
}

// cpuOf is what a command has used that has ended.
func cpuOf(command *exec.Cmd) time.Duration {
	return command.ProcessState.UserTime() + command.ProcessState.SystemTime()
}
