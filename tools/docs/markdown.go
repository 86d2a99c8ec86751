package main

import (
	"strings"
	"unicode/utf8"

	"github.com/refarch/terraform-provider-refarch/internal/words"
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

// The words of the provider's own texts, in short.
var (
	count  = words.Count
	joined = words.And[string]
)

// orDash writes a figure that a page may not have.
func orDash(n *int64) string {
	if n == nil {
		return "–"
	}
	return count(*n)
}

// gib writes memory in GiB without the unit, which the column or picture names.
func gib(mib int64) string { return strings.TrimSuffix(words.GiB(mib), " GiB") }

// code is a name as it stands in a configuration.
func code(name string) string { return "`" + name + "`" }
