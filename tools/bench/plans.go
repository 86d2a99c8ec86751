package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// contender is somebody whose plans are measured.
type contender struct {
	name          string
	configuration string // its file in configurations/
	program       string // what passes for refarch
}

// us is the contender that the others are compared with.
var us = contender{"refarch", "sizing.tf", programRefarch}

// contenders take their turns in this order, each round beginning one later.
var contenders = []contender{
	us,
	{"a constant of the same schema", "sizing.tf", programConstant},
	{"the same figures by an HCL module", "lookup.tf", programRefarch},
	{"`terraform_data`", "terraform_data.tf", programRefarch},
	{"a small provider of one argument", "small.tf", programRefarch},
}

// plan is what plans of one contender took, one figure a round.
type plan struct {
	contender contender
	size      int
	wall, cpu sample[time.Duration] // CPU of Terraform and of the provider
}

// measurePlans lets everybody plan that many sizings, in turns. The first round
// warms the machine's caches and does not count.
func measurePlans(ctx context.Context, w *workshop, size, rounds int, say progress) ([]plan, error) {
	all := make([]plan, len(contenders))
	folders := make([]string, len(contenders))
	for i, c := range contenders {
		folder, err := w.contend(ctx, c)
		if err != nil {
			return nil, err
		}
		folders[i] = folder
		all[i] = plan{contender: c, size: size}
	}
	for round := range rounds + 1 {
		say("plans of %d, round %d of %d\n", size, round, rounds)
		for turn := range contenders {
			i := (round + turn) % len(contenders)
			took, err := w.plan(ctx, folders[i], size, w.environment(contenders[i].program))
			if err != nil {
				return nil, fmt.Errorf("%s, %d sizings: %w", contenders[i].name, size, err)
			}
			if round > 0 {
				all[i].wall = append(all[i].wall, took.wall)
				all[i].cpu = append(all[i].cpu, took.cpu)
			}
		}
	}
	return all, nil
}

// contend makes a folder with what a contender plans.
func (w *workshop) contend(ctx context.Context, c contender) (string, error) {
	files := map[string]string{}
	for to, from := range map[string]string{"variables.tf": "variables.tf", "main.tf": c.configuration} {
		text, err := configurations.ReadFile("configurations/" + from)
		if err != nil {
			return "", fmt.Errorf("reading a configuration: %w", err)
		}
		files[to] = string(text)
	}
	return w.lay(ctx, c.program, files)
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
	_, _, err = w.run(ctx, folder, w.environment(program), "get", "-no-color")
	return folder, err
}

// cost is what one run took.
type cost struct {
	wall, cpu time.Duration
}

// planned is how Terraform shows how many it has planned.
var planned = regexp.MustCompile(`(?m)^  \+ sizings += (\d+)$`)

// plan plans what is in a folder, and makes sure that it was as much as it says.
func (w *workshop) plan(ctx context.Context, folder string, size int, environment []string) (cost, error) {
	output, took, err := w.run(ctx, folder, environment, "plan", "-input=false", "-lock=false", "-no-color", "-var", "sizings="+strconv.Itoa(size))
	if err != nil {
		return took, err
	}
	found := planned.FindSubmatch(output)
	if found == nil || string(found[1]) != strconv.Itoa(size) {
		return took, fmt.Errorf("the plan has other than %d sizings:\n%s", size, output)
	}
	return took, nil
}

// run runs Terraform in a folder. The CPU is that of Terraform and of all that
// it started and waited for.
func (w *workshop) run(ctx context.Context, folder string, environment []string, arguments ...string) ([]byte, cost, error) {
	var output bytes.Buffer
	command := exec.CommandContext(ctx, w.terraform, arguments...)
	command.Dir, command.Env = folder, environment
	command.Stdout, command.Stderr = &output, &output
	began := time.Now()
	err := command.Run()
	took := cost{wall: time.Since(began)}
	if err != nil {
		return nil, took, fmt.Errorf("%s %s: %w\n%s", filepath.Base(w.terraform), arguments[0], err, output.Bytes())
	}
	took.cpu = command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	return output.Bytes(), took, nil
}
