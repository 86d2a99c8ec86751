package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// What Terraform plans: a configuration for each contender, and the module that
// one of them calls.
var (
	//go:embed configurations/*.tf
	configurations embed.FS
	//go:embed lookup/*.tf
	modules embed.FS
)

// The programs that are built, by the names of their folders.
const (
	programRefarch   = "refarch"
	programConstant  = "constant"
	programSmall     = "small"
	programPreloaded = "preloaded"
)

// workshop is a temporary folder with the programs built and everything that
// Terraform reads, so that no setting of the machine's has a say.
type workshop struct {
	folder      string
	terraform   string
	answerBytes int // of the constant
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
	constant, size, err := typicalAnswer(ctx)
	if err != nil {
		return nil, err
	}
	w.answerBytes = size
	tools := filepath.Join(root, "tools")
	for _, build := range []struct{ program, module, pkg, flags string }{
		{programRefarch, root, ".", "-X main.version=0.0.0-bench"},
		{programConstant, tools, "./bench/constant", "-X main.answer=" + constant},
		{programSmall, tools, "./bench/small", ""},
		{programPreloaded, tools, "./bench/preloaded", ""},
	} {
		if err := w.build(ctx, build.program, build.module, build.pkg, build.flags); err != nil {
			return nil, err
		}
	}
	return w, errors.Join(w.writeCLIConfig(programRefarch), w.writeCLIConfig(programConstant))
}

func (w *workshop) close() error { return os.RemoveAll(w.folder) }

// build builds a program as a release is built: stripped, without a C library.
func (w *workshop) build(ctx context.Context, program, module, pkg, flags string) error {
	build := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-trimpath", "-ldflags", "-s -w "+flags, "-o", w.binary(program), pkg)
	build.Dir = module
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", pkg, err, output)
	}
	return nil
}

// binary is the file of a program. All but the small provider pass for refarch,
// so that they plan the same configuration.
func (w *workshop) binary(program string) string {
	name := "terraform-provider-refarch"
	if program == programSmall {
		name = "terraform-provider-small"
	}
	return filepath.Join(w.folder, "bin", program, name)
}

// binarySizes are the sizes of the programs that are compared by them.
func (w *workshop) binarySizes() ([]binary, error) {
	var all []binary
	for _, program := range []string{programRefarch, programSmall} {
		info, err := os.Stat(w.binary(program))
		if err != nil {
			return nil, fmt.Errorf("reading the size of a program: %w", err)
		}
		all = append(all, binary{program, info.Size()})
	}
	return all, nil
}

func (w *workshop) cliConfig(program string) string {
	return filepath.Join(w.folder, program+".tfrc")
}

// writeCLIConfig lets a program pass for refarch. Terraform asks no registry
// for what is overridden.
func (w *workshop) writeCLIConfig(program string) error {
	text := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n    %q = %q\n  }\n  direct {}\n}\n",
		"refarch/refarch", filepath.Dir(w.binary(program)), "refarch/small", filepath.Dir(w.binary(programSmall)))
	if err := os.WriteFile(w.cliConfig(program), []byte(text), 0o600); err != nil {
		return fmt.Errorf("writing a CLI configuration: %w", err)
	}
	return nil
}

// environment is the caller's without any setting for Terraform, and the
// workshop's instead; program is what passes for refarch.
func (w *workshop) environment(program string) []string {
	var all []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") {
			all = append(all, variable)
		}
	}
	return append(all, "TF_CLI_CONFIG_FILE="+w.cliConfig(program), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1")
}
