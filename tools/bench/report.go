// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/words"
	"github.com/refarch/terraform-provider-refarch/tools/markdown"
)

// results are everything that a run has measured.
type results struct {
	command          string
	machine          [][]string
	plans, processes []series
	binaries         map[string]float64 // bytes, stripped, by the program
}

// find is a contender's series of a size; one that was not measured has no figures.
func find(all []series, c contender, size int) series {
	for _, s := range all {
		if s.contender == c && s.size == size {
			return s
		}
	}
	none := sample{math.NaN()}
	return series{c, size, none, none, none}
}

// The numbers of sizings that goals are set for.
const (
	many     = 1000
	manyMore = 10000
)

// goal is a bound that was set for a figure before it was measured.
type goal struct {
	what, format    string
	bound, measured float64
}

func (r results) goals() []goal {
	wall := func(c contender, size int) float64 { return find(r.plans, c, size).wall.median() }
	process, larger := find(r.processes, ours, many), find(r.processes, ours, manyMore)
	binary, built := r.binaries[programRefarch]
	if !built {
		binary = math.NaN()
	}
	return []goal{
		{"1,000 sizings in one plan, against a constant of the same schema", times, 1.15, wall(ours, many) / wall(constant, many)},
		{"one sizing, against a small provider of one argument", times, 1.1, wall(ours, 1) / wall(small, 1)},
		{"CPU of the provider for one sizing of 1,000", milliseconds, 0.7, process.cpu.median() / many * 1000},
		{"peak memory of the provider at 1,000 sizings", mebibytes, 60, process.peak.median() / (1 << 20)},
		{"growth of that memory to 10,000 sizings", times, 10, larger.peak.median() / process.peak.median()},
		{"the program, stripped", megabytes, 20, binary / 1e6},
	}
}

const (
	times        = "%.2f times"
	seconds      = "%.2f s"
	milliseconds = "%.2f ms"
	mebibytes    = "%.1f MiB"
	megabytes    = "%.1f MB"
)

// markdown is the report: the goals first, then what they come from.
func (r results) markdown() string {
	var b strings.Builder
	section := func(title, text string, t *markdown.Table) {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n%s\n", title, text, t)
	}
	section("Goals", "They were set before anything was measured.", r.goalTable())
	section("Whole plans", "`terraform plan` from its start to its end, the median of all rounds and in brackets its quartiles. "+
		"CPU is that of Terraform and the provider together. The ratio is refarch's median to theirs: below 1, refarch is faster.", r.planTable())
	section("In the provider's process", "CPU time and the most memory of a provider that answers one plan and nothing else, its start included. "+
		"What the constant takes is Terraform's protocol and an answer of the same size.", r.processTable())
	section("Program", "As it is released: stripped, without debug information.", r.binaryTable())
	machine := markdown.NewTable("", "")
	for _, row := range r.machine {
		machine.Add(row...)
	}
	section("Machine", "In tools/, with Terraform in the PATH: `"+r.command+"`", machine)
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func (r results) goalTable() *markdown.Table {
	t := markdown.NewTable("figure", "at most>", "measured>", "")
	for _, g := range r.goals() {
		measured, verdict := fmt.Sprintf(g.format, g.measured), "reached"
		switch {
		case math.IsNaN(g.measured):
			measured, verdict = "not measured", ""
		case g.measured > g.bound:
			verdict = "missed"
		}
		t.Add(g.what, fmt.Sprintf(g.format, g.bound), measured, verdict)
	}
	return t
}

func (r results) planTable() *markdown.Table {
	t := markdown.NewTable("sizings>", "planned with", "time>", "", "ratio>", "CPU>", "ratio>", "rounds>")
	for _, p := range r.plans {
		us := find(r.plans, ours, p.size)
		ratio := func(our, their sample) string {
			if p.contender == ours {
				return ""
			}
			return fmt.Sprintf("%.2f", our.median()/their.median())
		}
		t.Add(words.Count(int64(p.size)), p.contender.name, fmt.Sprintf(seconds, p.wall.median()), p.wall.quartiles(seconds, 1), ratio(us.wall, p.wall),
			fmt.Sprintf(seconds, p.cpu.median()), ratio(us.cpu, p.cpu), strconv.Itoa(len(p.wall)))
	}
	return t
}

func (r results) processTable() *markdown.Table {
	t := markdown.NewTable("sizings>", "provider", "CPU of one>", "", "peak memory>", "", "rounds>")
	for _, p := range r.processes {
		one := 1000 / float64(p.size)
		t.Add(words.Count(int64(p.size)), p.contender.name, fmt.Sprintf(milliseconds, p.cpu.median()*one), p.cpu.quartiles(milliseconds, one),
			fmt.Sprintf(mebibytes, p.peak.median()/(1<<20)), p.peak.quartiles(mebibytes, 1./(1<<20)), strconv.Itoa(len(p.cpu)))
	}
	return t
}

func (r results) binaryTable() *markdown.Table {
	t := markdown.NewTable("provider", "size>")
	for _, program := range []string{programRefarch, programSmall} {
		t.Add(program, fmt.Sprintf(megabytes, r.binaries[program]/1e6))
	}
	return t
}

// quartiles show how far a sample spreads, in another unit; one figure does not.
func (s sample) quartiles(format string, unit float64) string {
	if len(s) < 2 {
		return ""
	}
	return fmt.Sprintf("("+format+" to "+format+")", s.quantile(0.25)*unit, s.quantile(0.75)*unit)
}

// What is between these lines of the guide is a run's report.
const (
	reportBegins = "<!-- measured: written by make bench BENCHFLAGS=-write -->\n"
	reportEnds   = "<!-- end of what was measured -->\n"
)

// writeGuide puts a report into the guide, in the place of the one before.
func writeGuide(file, report string) error {
	page, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading the guide: %w", err)
	}
	before, rest, begins := strings.Cut(string(page), reportBegins)
	_, after, ends := strings.Cut(rest, reportEnds)
	if !begins || !ends {
		return errors.New("the guide has no place for the report: " + strings.TrimSpace(reportBegins))
	}
	page = []byte(before + reportBegins + "\n" + report + "\n" + reportEnds + after)
	if err := os.WriteFile(file, page, 0o644); err != nil {
		return fmt.Errorf("writing the guide: %w", err)
	}
	return nil
}
