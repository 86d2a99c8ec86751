package report

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"unicode/utf8"
)

// The columns of the summary's table, from left to right.
const (
	colPool = iota
	colMachine
	colNodes
	colBounds
	colPodsPerNode
	colPods
	colVCPU
	colMemory
	columns
)

// tableHead names the columns.
var tableHead = [columns]string{
	colPool:        "role",
	colMachine:     "machine type",
	colNodes:       "nodes",
	colBounds:      "bounds",
	colPodsPerNode: "pods per node",
	colPods:        "pods",
	colVCPU:        "vCPU",
	colMemory:      "memory",
}

// row is one line of the table.
type row struct {
	cells [columns]string
	note  string // stands on a line of its own below
	ruled bool   // there is a rule above
}

// writeTable writes rows below the head: names to the left, figures to the
// right, all in ASCII, since box characters do not survive every CI log. Rows
// that need more than maxWidth, as those of a hundred million users do, become
// paragraphs.
func writeTable(b *strings.Builder, rows []row) {
	const gap = "  " // between two columns; the writer begins each line with it
	table := append([]row{{cells: tableHead}}, rows...)
	padNames(table, colPool)
	padNames(table, colMachine)
	var aligned strings.Builder // no error comes of writing to it
	aligned.Grow(2048)
	w := tabwriter.NewWriter(&aligned, 0, 0, len(gap), ' ', tabwriter.AlignRight)
	for i := range table {
		_, _ = fmt.Fprintf(w, "%s\t\n", strings.Join(table[i].cells[:], "\t"))
	}
	_ = w.Flush()

	lines := strings.Split(aligned.String(), "\n")
	width := utf8.RuneCountInString(lines[0]) - len(gap)
	if width > maxWidth {
		writeParagraphs(b, rows)
		return
	}
	for i, r := range table {
		if i == 1 || r.ruled {
			b.WriteString(strings.Repeat("-", width) + "\n")
		}
		b.WriteString(strings.TrimRight(lines[i][len(gap):], " ") + "\n")
		if r.note != "" {
			b.WriteString(hanging + r.note + "\n")
		}
	}
}

// padNames makes all cells of a column equally wide: the writer would align
// them to the right, as all others.
func padNames(table []row, column int) {
	width := 0
	for i := range table {
		width = max(width, utf8.RuneCountInString(table[i].cells[column]))
	}
	for i := range table {
		table[i].cells[column] = fmt.Sprintf("%-*s", width, table[i].cells[column])
	}
}

// writeParagraphs writes each row as a sentence of names and figures.
func writeParagraphs(b *strings.Builder, rows []row) {
	for _, r := range rows {
		figures := make([]string, 0, columns)
		for column := colMachine; column < columns; column++ {
			if r.cells[column] != "" {
				figures = append(figures, tableHead[column]+" "+r.cells[column])
			}
		}
		if r.note != "" {
			figures = append(figures, r.note)
		}
		writeWrapped(b, r.cells[colPool]+": "+strings.Join(figures, ", "))
	}
}
