package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// process is what plans cost in the provider's own process, one figure a round.
type process struct {
	program string
	size    int
	wall    sample[time.Duration]
	cpu     sample[time.Duration]
	peak    sample[int64] // bytes
}

// measureProcesses lets refarch and the constant answer a plan each from a
// process of their own, in turns, and reads from the system what it cost them.
func measureProcesses(ctx context.Context, w *workshop, size, rounds int, say progress) ([]process, error) {
	all := []process{{program: programRefarch, size: size}, {program: programConstant, size: size}}
	folder, err := w.contend(ctx, us)
	if err != nil {
		return nil, err
	}
	for round := range rounds {
		say("processes for %d, round %d of %d\n", size, round+1, rounds)
		for turn := range all {
			p := &all[(round+turn)%len(all)]
			if err := p.measure(ctx, w, folder); err != nil {
				return nil, fmt.Errorf("the process of %s, %d sizings: %w", p.program, size, err)
			}
		}
	}
	return all, nil
}

// measure plans once with a provider that Terraform did not start, so that it is
// still there to be asked afterwards.
func (p *process) measure(ctx context.Context, w *workshop, folder string) (err error) {
	running, err := serve(ctx, w.binary(p.program))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, running.stop()) }()

	before, err := running.cpu()
	if err != nil {
		return err
	}
	took, err := w.plan(ctx, folder, p.size, append(w.environment(p.program), "TF_REATTACH_PROVIDERS="+running.reattach))
	if err != nil {
		return err
	}
	after, err := running.cpu()
	if err != nil {
		return err
	}
	peak, err := running.peak()
	if err != nil {
		return err
	}
	p.wall = append(p.wall, took.wall)
	p.cpu = append(p.cpu, after-before)
	p.peak = append(p.peak, peak)
	return nil
}

// server is a provider that was started with -debug.
type server struct {
	command  *exec.Cmd
	reattach string
}

// offered is how a provider tells where it listens.
var offered = regexp.MustCompile(`TF_REATTACH_PROVIDERS='(.*)'`)

func serve(ctx context.Context, binary string) (*server, error) {
	command := exec.CommandContext(ctx, binary, "-debug")
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("starting a provider: %w", err)
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("starting a provider: %w", err)
	}
	s := &server{command: command}
	lines := bufio.NewScanner(output)
	for s.reattach == "" && lines.Scan() {
		if found := offered.FindStringSubmatch(lines.Text()); found != nil {
			s.reattach, err = underBothHosts(found[1])
		}
	}
	if s.reattach == "" {
		err = errors.Join(errors.New("the provider does not say where it listens"), lines.Err(), err)
		return nil, errors.Join(err, s.stop())
	}
	// What is said from here on would fill the pipe, and then stop the provider.
	go func() { _, _ = io.Copy(io.Discard, output) }()
	return s, nil
}

// underBothHosts offers a provider to OpenTofu too, for which an address without
// a host is one of its own registry.
func underBothHosts(text string) (string, error) {
	providers := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(text), &providers); err != nil {
		return "", fmt.Errorf("reading where a provider listens: %w", err)
	}
	for address, where := range providers {
		providers[strings.Replace(address, "registry.terraform.io/", "registry.opentofu.org/", 1)] = where
	}
	both, err := json.Marshal(providers)
	return string(both), err
}

// stop ends the process. That it was interrupted is no error.
func (s *server) stop() error {
	if err := s.command.Process.Signal(os.Interrupt); err != nil {
		return fmt.Errorf("stopping a provider: %w", err)
	}
	var ended *exec.ExitError
	if err := s.command.Wait(); err != nil && !errors.As(err, &ended) {
		return fmt.Errorf("stopping a provider: %w", err)
	}
	return nil
}

func (s *server) read(name string) (string, error) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.command.Process.Pid), name))
	if err != nil {
		return "", fmt.Errorf("asking the system about a process, which takes Linux: %w", err)
	}
	return string(text), nil
}

func (s *server) cpu() (time.Duration, error) {
	text, err := s.read("stat")
	if err != nil {
		return 0, err
	}
	return cpuOf(text)
}

func (s *server) peak() (int64, error) {
	text, err := s.read("status")
	if err != nil {
		return 0, err
	}
	return peakOf(text)
}

// tick is the unit of times in /proc, the same on every architecture of Linux
// that a provider is released for.
const tick = 10 * time.Millisecond

// cpuOf reads user and system time, the 14th and 15th field of /proc/PID/stat.
// The second is the program's name in brackets, which may have anything in it.
func cpuOf(stat string) (time.Duration, error) {
	fields := strings.Fields(stat[strings.LastIndex(stat, ")")+1:])
	if len(fields) < 13 {
		return 0, fmt.Errorf("the system describes a process by %q", stat)
	}
	var ticks int64
	for _, field := range fields[11:13] {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("reading the time of a process: %w", err)
		}
		ticks += n
	}
	return time.Duration(ticks) * tick, nil
}

var highWater = regexp.MustCompile(`(?m)^VmHWM:\s+(\d+) kB$`)

// peakOf reads from /proc/PID/status the most memory that a process ever had.
func peakOf(status string) (int64, error) {
	found := highWater.FindStringSubmatch(status)
	if found == nil {
		return 0, errors.New("the system does not tell the peak memory of a process")
	}
	kib, err := strconv.ParseInt(found[1], 10, 64)
	return kib * 1024, err
}
