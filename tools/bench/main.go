// Command bench measures what the provider costs in whole plans of a real
// Terraform: beside a provider that answers a constant of the same schema, the
// same figures in a hand-written module, resources of Terraform itself and a
// small provider with one argument. All take turns in one run, so that whatever
// else the machine does hits them alike, and what is told are ratios of medians.
//
// It prints its report as Markdown; with -write the guide of the registry has
// it too. Nothing is downloaded: Terraform takes the providers from a temporary
// folder by its dev_overrides, without an init.
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
	"strconv"
	"strings"
	"syscall"
)

// options are what a run is asked for.
type options struct {
	root      string
	terraform string
	sizes     []int
	rounds    int
	large     int
	starts    int
	write     bool
}

// oftener is how many times as many rounds a plan of one sizing gets: it takes
// so little that its median needs more of them.
const oftener = 3

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	o, err := parse(os.Args[1:])
	if err == nil {
		err = run(ctx, o, os.Stdout, os.Stderr)
	}
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parse(arguments []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&o.root, "root", "..", "the root of the repository")
	flags.StringVar(&o.terraform, "terraform", "", "the program to plan with; left out, terraform or tofu in the PATH")
	sizes := flags.String("sizes", "1,100,1000", "how many sizings the plans have")
	flags.IntVar(&o.rounds, "rounds", 11, "rounds of plans in which everybody has a turn; of one sizing three times as many")
	flags.IntVar(&o.large, "large", 10000, "sizings of the one plan that shows how memory grows; 0 leaves it out")
	flags.IntVar(&o.starts, "starts", 51, "rounds of starting the providers")
	flags.BoolVar(&o.write, "write", false, "write the report into the guide, too")
	if err := flags.Parse(arguments); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("there is no argument %q", flags.Arg(0))
	}
	for text := range strings.SplitSeq(*sizes, ",") {
		size, err := strconv.Atoi(text)
		if err != nil || size < 1 {
			return o, fmt.Errorf("-sizes has %q: they are whole numbers of at least 1", text)
		}
		o.sizes = append(o.sizes, size)
	}
	if o.rounds < 1 || o.starts < 1 || o.large < 0 {
		return o, errors.New("-rounds and -starts are at least 1, -large at least 0")
	}
	return o, nil
}

// command is how a run is repeated.
func (o options) command() string {
	texts := make([]string, len(o.sizes))
	for i, size := range o.sizes {
		texts[i] = strconv.Itoa(size)
	}
	return fmt.Sprintf("go run ./bench -sizes %s -rounds %d -large %d -starts %d", strings.Join(texts, ","), o.rounds, o.large, o.starts)
}

// progress tells whoever waits how far a run is.
type progress func(format string, arguments ...any)

// run measures everything and writes the report.
func run(ctx context.Context, o options, out, told io.Writer) (err error) {
	say := func(format string, arguments ...any) { _, _ = fmt.Fprintf(told, format, arguments...) }
	terraform, err := findTerraform(o.terraform)
	if err != nil {
		return err
	}
	w, err := newWorkshop(ctx, o.root, terraform)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()

	r := results{command: o.command(), answerBytes: w.answerBytes}
	if r.machine, err = describeMachine(ctx, w); err != nil {
		return err
	}
	if r.binaries, err = w.binarySizes(); err != nil {
		return err
	}
	if r.starts, err = measureStarts(ctx, w, o.starts, say); err != nil {
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

// findTerraform prefers what it is told, then Terraform, then OpenTofu.
func findTerraform(named string) (string, error) {
	candidates := []string{"terraform", "tofu"}
	if named != "" {
		candidates = []string{named}
	}
	for _, candidate := range candidates {
		if found, err := exec.LookPath(candidate); err == nil {
			return filepath.Abs(found)
		}
	}
	return "", fmt.Errorf("found no %s in the PATH", strings.Join(candidates, " and no "))
}
