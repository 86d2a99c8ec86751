// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
)

// measureProcesses lets providers answer a plan each from a process of their own, in turns, and tells what it cost
// them: CPU from the start of the process to its end, and its peak memory.
func measureProcesses(ctx context.Context, w *workshop, size, rounds int, say progress) ([]series, error) {
	folder, err := w.contend(ctx, ours)
	if err != nil {
		return nil, err
	}
	return takeTurns(own, size, rounds, say, func(s *series) error { return w.serve(ctx, folder, s) })
}

// offered is how a provider tells where it listens.
var offered = regexp.MustCompile(`TF_REATTACH_PROVIDERS='(.*)'`)

// serve plans once with a provider that Terraform did not start, so that it is still there to be asked afterwards.
func (w *workshop) serve(ctx context.Context, folder string, s *series) (err error) {
	provider := exec.CommandContext(ctx, w.binary(s.contender.program), "-debug")
	output, err := provider.StdoutPipe()
	if err != nil {
		return fmt.Errorf("starting a provider: %w", err)
	}
	if err := provider.Start(); err != nil {
		return fmt.Errorf("starting a provider: %w", err)
	}
	defer func() {
		err = errors.Join(err, stop(provider))
		s.cpu = append(s.cpu, cpuOf(provider).Seconds())
	}()
	var found []string
	lines := bufio.NewScanner(output)
	for found == nil && lines.Scan() {
		found = offered.FindStringSubmatch(lines.Text())
	}
	if found == nil {
		return errors.Join(errors.New("the provider does not say where it listens"), lines.Err())
	}
	// What is said from here on would fill the pipe, and then stop the provider.
	go func() { _, _ = io.Copy(io.Discard, output) }()

	// For OpenTofu an address without a host is one of its own registry.
	attached := found[1]
	if strings.HasPrefix(w.version, "OpenTofu") {
		attached = strings.ReplaceAll(attached, "registry.terraform.io/", "registry.opentofu.org/")
	}
	took := series{size: s.size}
	if err := w.plan(ctx, folder, append(w.environment(s.contender.program), "TF_REATTACH_PROVIDERS="+attached), &took); err != nil {
		return err
	}
	peak, err := peakOf(provider.Process.Pid)
	s.wall, s.peak = append(s.wall, took.wall...), append(s.peak, peak)
	return err
}

// stop ends a process. That it was interrupted is no error.
func stop(command *exec.Cmd) error {
	if err := command.Process.Signal(os.Interrupt); err != nil {
		return fmt.Errorf("stopping a provider: %w", err)
	}
	var ended *exec.ExitError
	if err := command.Wait(); err != nil && !errors.As(err, &ended) {
		return fmt.Errorf("stopping a provider: %w", err)
	}
	return nil
}

var highWater = regexp.MustCompile(`(?m)^VmHWM:\s+(\d+) kB$`)

// peakOf asks the system for the most memory that a process ever had, in bytes.
func peakOf(process int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		return 0, fmt.Errorf("asking the system about a process, which takes Linux: %w", err)
	}
	found := highWater.FindSubmatch(status)
	if found == nil {
		return 0, errors.New("the system does not tell the peak memory of a process")
	}
	kib, err := strconv.ParseInt(string(found[1]), 10, 64)
	return float64(kib) * 1024, err
}
