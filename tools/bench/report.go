package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// markdown is the report: the goals first, then what they come from.
func (r results) markdown() string {
	var b strings.Builder
	section := func(title, text string, t *table) {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n%s\n", title, text, t)
	}
	section("Goals", "They were set before anything was measured.", r.goals())
	section("Whole plans", "`terraform plan` from its start to its end, the median of all rounds and in brackets its quartiles. "+
		"CPU is that of Terraform and the provider together. The ratio is refarch's median to theirs: below 1, refarch is faster.", r.planTable())
	section("In the provider's process", fmt.Sprintf("CPU time and the most memory of a provider that answers one plan and nothing else. "+
		"What the constant takes is Terraform's protocol and an answer of its %s bytes.", thousands(r.answerBytes)), r.processTable())
	section("Start", "From the start of the program until it tells Terraform where it listens. "+
		"refarch reads its editions and machine types on first use; the last line is what reading them at every start would take.", r.startTable())
	section("Program", "As it is released: stripped, without debug information.", r.binaryTable())
	section("Machine", "In tools/, with Terraform in the PATH: `"+r.command+"`", r.machineTable())
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func (r results) goals() *table {
	t := newTable("figure", "at most>", "measured>", "")
	for _, g := range goals {
		measured, verdict := "not measured", ""
		if figure, ok := g.measure(r); ok {
			measured, verdict = g.words(figure), "reached"
			if figure > g.bound {
				verdict = "missed"
			}
		}
		t.add(g.what, g.words(g.bound), measured, verdict)
	}
	return t
}

func (r results) planTable() *table {
	t := newTable("sizings>", "planned with", "time>", "", "ratio>", "CPU>", "ratio>", "rounds>")
	for _, p := range r.plans {
		ours := r.planOf(us.configuration, us.program, p.size)
		wallRatio, cpuRatio := "", ""
		if p.contender != us {
			wallRatio = fmt.Sprintf("%.2f", ratio(ours.wall.median(), p.wall.median()))
			cpuRatio = fmt.Sprintf("%.2f", ratio(ours.cpu.median(), p.cpu.median()))
		}
		t.add(thousands(p.size), p.contender.name, seconds(p.wall.median()), quartiles(p.wall, seconds), wallRatio,
			seconds(p.cpu.median()), cpuRatio, strconv.Itoa(len(p.wall)))
	}
	return t
}

func (r results) processTable() *table {
	t := newTable("sizings>", "provider", "CPU of one>", "", "peak memory>", "", "rounds>")
	for _, p := range r.processes {
		one := func(d time.Duration) string { return milliseconds(inMilliseconds(d) / float64(p.size)) }
		memory := func(bytes int64) string { return mebibytes(float64(bytes) / mebibyte) }
		t.add(thousands(p.size), p.program, one(p.cpu.median()), quartiles(p.cpu, one),
			memory(p.peak.median()), quartiles(p.peak, memory), strconv.Itoa(len(p.cpu)))
	}
	return t
}

func (r results) startTable() *table {
	t := newTable("provider", "time>", "", "CPU>", "rounds>")
	names := map[string]string{
		programRefarch: "refarch", programSmall: "the small provider", programPreloaded: "refarch, all data read before",
	}
	show := func(d time.Duration) string { return fmt.Sprintf("%.1f ms", inMilliseconds(d)) }
	for _, s := range r.starts {
		t.add(names[s.program], show(s.wall.median()), quartiles(s.wall, show), show(s.cpu.median()), strconv.Itoa(len(s.wall)))
	}
	return t
}

func (r results) binaryTable() *table {
	t := newTable("provider", "size>")
	for _, b := range r.binaries {
		t.add(b.program, megabytes(float64(b.size)/megabyte))
	}
	return t
}

func (r results) machineTable() *table {
	t := newTable("", "")
	for _, row := range r.machine.rows() {
		t.add(row...)
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

// thousands writes a count for people: 10,000.
func thousands(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// table is a Markdown table that can be read as it stands.
type table struct {
	rows [][]string
}

// newTable starts a table; a column whose name ends in ">" has its figures to
// the right.
func newTable(head ...string) *table {
	names, lines := make([]string, len(head)), make([]string, len(head))
	for i, name := range head {
		names[i], lines[i] = strings.TrimSuffix(name, ">"), "---"
		if names[i] != name {
			lines[i] = "--:"
		}
	}
	return &table{[][]string{names, lines}}
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 1, ' ', 0)
	for _, row := range t.rows {
		_, _ = io.WriteString(w, "| "+strings.Join(row, "\t| ")+"\t|\n")
	}
	_ = w.Flush() // a strings.Builder takes all of it
	return b.String()
}
