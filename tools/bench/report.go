package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/refarch/terraform-provider-refarch/internal/words"
	"github.com/refarch/terraform-provider-refarch/tools/markdown"
)

// markdown is the report: the goals first, then what they come from.
func (r results) markdown() string {
	var b strings.Builder
	section := func(title, text string, t *markdown.Table) {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n%s\n", title, text, t)
	}
	section("Goals", "They were set before anything was measured.", r.goals())
	section("Whole plans", "`terraform plan` from its start to its end, the median of all rounds and in brackets its quartiles. "+
		"CPU is that of Terraform and the provider together. The ratio is refarch's median to theirs: below 1, refarch is faster.", r.planTable())
	section("In the provider's process", fmt.Sprintf("CPU time and the most memory of a provider that answers one plan and nothing else. "+
		"What the constant takes is Terraform's protocol and an answer of its %s bytes.", words.Count(int64(r.answerBytes))), r.processTable())
	section("Start", "From the start of the program until it tells Terraform where it listens. "+
		"refarch reads its editions and machine types on first use; the last line is what reading them at every start would take.", r.startTable())
	section("Program", "As it is released: stripped, without debug information.", r.binaryTable())
	section("Machine", "In tools/, with Terraform in the PATH: `"+r.command+"`", r.machineTable())
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func (r results) goals() *markdown.Table {
	t := markdown.NewTable("figure", "at most>", "measured>", "")
	for _, g := range goals {
		measured, verdict := "not measured", ""
		if figure, ok := g.measure(r); ok {
			measured, verdict = g.words(figure), "reached"
			if figure > g.bound {
				verdict = "missed"
			}
		}
		t.Add(g.what, g.words(g.bound), measured, verdict)
	}
	return t
}

func (r results) planTable() *markdown.Table {
	t := markdown.NewTable("sizings>", "planned with", "time>", "", "ratio>", "CPU>", "ratio>", "rounds>")
	for _, p := range r.plans {
		ours := r.planOf(us.configuration, us.program, p.size)
		wallRatio, cpuRatio := "", ""
		if p.contender != us {
			wallRatio = fmt.Sprintf("%.2f", ratio(ours.wall.median(), p.wall.median()))
			cpuRatio = fmt.Sprintf("%.2f", ratio(ours.cpu.median(), p.cpu.median()))
		}
		t.Add(words.Count(int64(p.size)), p.contender.name, seconds(p.wall.median()), quartiles(p.wall, seconds), wallRatio,
			seconds(p.cpu.median()), cpuRatio, strconv.Itoa(len(p.wall)))
	}
	return t
}

func (r results) processTable() *markdown.Table {
	t := markdown.NewTable("sizings>", "provider", "CPU of one>", "", "peak memory>", "", "rounds>")
	for _, p := range r.processes {
		one := func(d time.Duration) string { return milliseconds(inMilliseconds(d) / float64(p.size)) }
		memory := func(bytes int64) string { return mebibytes(float64(bytes) / mebibyte) }
		t.Add(words.Count(int64(p.size)), p.program, one(p.cpu.median()), quartiles(p.cpu, one),
			memory(p.peak.median()), quartiles(p.peak, memory), strconv.Itoa(len(p.cpu)))
	}
	return t
}

func (r results) startTable() *markdown.Table {
	t := markdown.NewTable("provider", "time>", "", "CPU>", "rounds>")
	names := map[string]string{
		programRefarch: "refarch", programSmall: "the small provider", programPreloaded: "refarch, all data read before",
	}
	show := func(d time.Duration) string { return fmt.Sprintf("%.1f ms", inMilliseconds(d)) }
	for _, s := range r.starts {
		t.Add(names[s.program], show(s.wall.median()), quartiles(s.wall, show), show(s.cpu.median()), strconv.Itoa(len(s.wall)))
	}
	return t
}

func (r results) binaryTable() *markdown.Table {
	t := markdown.NewTable("provider", "size>")
	for _, b := range r.binaries {
		t.Add(b.program, megabytes(float64(b.size)/megabyte))
	}
	return t
}

func (r results) machineTable() *markdown.Table {
	t := markdown.NewTable("", "")
	for _, row := range r.machine.rows() {
		t.Add(row...)
	}
	return t
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

// quartiles show how far a sample spreads; one figure does not.
func quartiles[T number](s sample[T], show func(T) string) string {
	if len(s) < 2 {
		return ""
	}
	return "(" + show(s.quantile(1, 4)) + " to " + show(s.quantile(3, 4)) + ")"
}
