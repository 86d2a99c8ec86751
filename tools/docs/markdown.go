package main

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// table is a Markdown table whose columns are as wide as their cells, so that
// it can be read as it stands.
type table struct {
	head  []string
	right map[int]bool // columns of figures
	rows  [][]string
}

// newTable starts a table; a column whose name ends in ">" has its figures to
// the right.
func newTable(head ...string) *table {
	t := &table{right: map[int]bool{}}
	for i, name := range head {
		trimmed := strings.TrimSuffix(name, ">")
		t.right[i] = trimmed != name
		t.head = append(t.head, trimmed)
	}
	return t
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) String() string {
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell), 3)
		}
	}
	var b strings.Builder
	line := func(row []string) {
		for i, cell := range row {
			padding := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if t.right[i] {
				cell = padding + cell
			} else {
				cell += padding
			}
			b.WriteString("| " + cell + " ")
		}
		b.WriteString("|\n")
	}
	line(t.head)
	for i, width := range widths {
		dashes := strings.Repeat("-", width)
		if t.right[i] {
			dashes = dashes[1:] + ":"
		}
		b.WriteString("| " + dashes + " ")
	}
	b.WriteString("|\n")
	for _, row := range t.rows {
		line(row)
	}
	return b.String()
}

// count writes a whole number for people: 1,000, and a true minus for less
// than 0.
func count(n int64) string {
	if n < 0 {
		return "\u2212" + count(-n)
	}
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// orDash writes a figure that a page may not have.
func orDash(n *int64) string {
	if n == nil {
		return "–"
	}
	return count(*n)
}

// gib writes memory in GiB of at most two decimals.
func gib(mib int64) string {
	hundredths := (mib*100 + 512) / 1024
	text := count(hundredths / 100)
	if rest := hundredths % 100; rest > 0 {
		text += strings.TrimRight("."+strconv.FormatInt(rest+100, 10)[1:], "0")
	}
	return text
}

// code is a name as it stands in a configuration.
func code(name string) string { return "`" + name + "`" }

// joined lists things as a sentence does: "a, b and c".
func joined(things []string) string {
	last := len(things) - 1
	if last < 1 {
		return strings.Join(things, "")
	}
	return strings.Join(things[:last], ", ") + " and " + things[last]
}
