// SPDX-License-Identifier: MPL-2.0

// Command bench measures what the provider costs in whole plans of a real Terraform: beside itself without its
// shortcut, a provider that answers a constant of the same schema, the same figures in a hand-written module, resources
// of Terraform itself and a small provider with one argument. All take turns in one run, so that whatever else the
// machine does hits them alike, and what is told are ratios of medians.
//
// It prints its report as Markdown; with -write the guide of the registry has it too. Nothing is downloaded: Terraform
// takes the providers from a temporary folder by its dev_overrides, without an init.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
)

// options are what a run is asked for.
type options struct {
	root, terraform string
	sizes           []int
	rounds, large   int
	write           bool
}

// oftener is how many times as many rounds a plan of one sizing gets: it takes so little that its median needs more of
// them.
const oftener = 3

func main() {
	o := options{sizes: []int{1, 100, many}}
	flag.StringVar(&o.root, "root", "..", "the root of the repository")
	flag.StringVar(&o.terraform, "terraform", "terraform", "the program to plan with")
	flag.IntVar(&o.rounds, "rounds", 11, "rounds in which everybody has a turn; of one sizing three times as many")
	flag.IntVar(&o.large, "large", manyMore, "sizings of the one plan that shows how memory grows; 0 leaves it out")
	flag.BoolVar(&o.write, "write", false, "write the report into the guide, too")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// progress tells whoever waits how far a run is.
type progress func(format string, arguments ...any)

// run measures everything and writes the report.
func run(ctx context.Context, o options, out, told io.Writer) (err error) {
	say := func(format string, arguments ...any) { _, _ = fmt.Fprintf(told, format, arguments...) }
	terraform, err := exec.LookPath(o.terraform)
	if err != nil {
		return err
	}
	if terraform, err = filepath.Abs(terraform); err != nil {
		return err
	}
	w, err := newWorkshop(ctx, o.root, terraform)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()

	r := results{machine: describeMachine(w), command: fmt.Sprintf("go run ./bench -rounds %d -large %d", o.rounds, o.large)}
	if r.binaries, err = w.binarySizes(); err != nil {
		return err
	}
	for _, size := range o.sizes {
		rounds := o.rounds
		if size == 1 {
			rounds *= oftener
		}
		plans, err := measurePlans(ctx, w, size, rounds, say)
		if err != nil {
			return err
		}
		r.plans = append(r.plans, plans...)
	}
	if r.processes, err = measureProcesses(ctx, w, slices.Max(o.sizes), o.rounds, say); err != nil {
		return err
	}
	if o.large > 0 {
		large, err := measureProcesses(ctx, w, o.large, 1, say)
		if err != nil {
			return err
		}
		r.processes = append(r.processes, large...)
	}
	text := r.markdown()
	if o.write {
		if err := writeGuide(filepath.Join(o.root, "templates", "guides", "performance.md.tmpl"), text); err != nil {
			return err
		}
	}
	_, err = io.WriteString(out, text)
	return err
}
