// SPDX-License-Identifier: MPL-2.0

package report

import (
	"bytes"
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

// eachHead is the pages' own word, where the longer one makes a table too wide.
const eachHead = "each"

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
	table := append([]row{{cells: tableHead}}, rows...)
	lines, width := aligned(table)
	if width > maxWidth {
		table[0].cells[colPodsPerNode] = eachHead
		lines, width = aligned(table)
	}
	if width > maxWidth {
		writeParagraphs(b, rows)
		return
	}
	for i := range table {
		if i == 1 || table[i].ruled {
			b.WriteString(strings.Repeat("-", width))
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimRight(lines[i], " "))
		b.WriteByte('\n')
		if note := table[i].note; note != "" {
			b.WriteString(hanging + note + "\n")
		}
	}
}

// aligned writes the cells of a table in columns, and says how wide its lines
// are. A tabwriter aligns all columns to the right, so names come to it equally
// wide.
func aligned(table []row) (lines []string, width int) {
	const gap = 2 // blanks before each column
	var widths [colMachine + 1]int
	for i := range table {
		for column := range widths {
			widths[column] = max(widths[column], utf8.RuneCountInString(table[i].cells[column]))
		}
	}
	var cells bytes.Buffer
	for i := range table {
		for column, cell := range table[i].cells {
			cells.WriteString(cell)
			if column < len(widths) {
				cells.WriteString(strings.Repeat(" ", widths[column]-utf8.RuneCountInString(cell)))
			}
			cells.WriteByte('\t')
		}
		cells.WriteByte('\n')
	}
	var b strings.Builder // no error comes of writing to it
	w := tabwriter.NewWriter(&b, 0, 0, gap, ' ', tabwriter.AlignRight)
	_, _ = w.Write(cells.Bytes())
	_ = w.Flush()
	lines = strings.Split(strings.ReplaceAll(b.String()[gap:], "\n"+strings.Repeat(" ", gap), "\n"), "\n")
	return lines, utf8.RuneCountInString(lines[0])
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
