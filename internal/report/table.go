package report

import (
	"strings"
	"unicode/utf8"
)

// The columns of the summary's table, from left to right.
const (
	colRole = iota
	colMachine
	colNodes
	colBounds
	colPodsPerNode
	colPods
	colVCPU
	colMemory
	columns
)

const gap = "  " // between two columns

// tableHead names the columns. ASCII throughout: box characters do not survive
// every CI log.
var tableHead = [columns]string{
	colRole:        "role",
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
	// span stands in the columns from colBounds to colPods, for a row that has
	// none of the three.
	span string
	// note stands on a line of its own below; it must be short.
	note string
	// ruled draws a rule above the row.
	ruled bool
}

// appendTable appends rows below the head. Rows that need more than maxWidth,
// as those of a hundred million users do, become paragraphs.
func appendTable(b []byte, rows []row) []byte {
	widths := columnWidths(rows)
	total := len(gap) * (columns - 1)
	for _, width := range widths {
		total += width
	}
	if total > maxWidth {
		return appendParagraphs(b, rows)
	}

	b = appendRow(b, &row{cells: tableHead}, &widths)
	b = appendRule(b, &widths)
	for i := range rows {
		if rows[i].ruled {
			b = appendRule(b, &widths)
		}
		b = appendRow(b, &rows[i], &widths)
		if rows[i].note != "" {
			b = append(b, hanging+rows[i].note+"\n"...)
		}
	}
	return b
}

// columnWidths is the width of each column in runes. A span that is wider than
// the columns it stands in widens the first of them.
func columnWidths(rows []row) (widths [columns]int) {
	for column, name := range tableHead {
		widths[column] = len(name)
	}
	for i := range rows {
		for column := range columns {
			widths[column] = max(widths[column], utf8.RuneCountInString(rows[i].cells[column]))
		}
	}
	for i := range rows {
		missing := utf8.RuneCountInString(rows[i].span) - spanWidth(&widths)
		widths[colBounds] += max(missing, 0)
	}
	return widths
}

func spanWidth(widths *[columns]int) int {
	return widths[colBounds] + len(gap) + widths[colPodsPerNode] + len(gap) + widths[colPods]
}

// appendRow appends one line: names to the left, figures to the right.
func appendRow(b []byte, r *row, widths *[columns]int) []byte {
	start := len(b)
	for column := 0; column < columns; column++ {
		if column > 0 {
			b = append(b, gap...)
		}
		text, width := r.cells[column], widths[column]
		if column == colBounds && r.span != "" {
			text, width, column = r.span, spanWidth(widths), colPods
		}
		padding := width - utf8.RuneCountInString(text)
		if column <= colMachine {
			b = appendRepeated(append(b, text...), ' ', padding)
		} else {
			b = append(appendRepeated(b, ' ', padding), text...)
		}
	}
	for len(b) > start && b[len(b)-1] == ' ' {
		b = b[:len(b)-1]
	}
	return append(b, '\n')
}

func appendRule(b []byte, widths *[columns]int) []byte {
	for column, width := range widths {
		if column > 0 {
			b = append(b, gap...)
		}
		b = appendRepeated(b, '-', width)
	}
	return append(b, '\n')
}

func appendRepeated(b []byte, char byte, times int) []byte {
	for range times {
		b = append(b, char)
	}
	return b
}

// appendParagraphs appends each row as a sentence of names and figures.
func appendParagraphs(b []byte, rows []row) []byte {
	for i := range rows {
		r := &rows[i]
		figures := make([]string, 0, columns)
		for column := colMachine; column < columns; column++ {
			if column == colBounds && r.span != "" {
				figures = append(figures, r.span)
			}
			if r.cells[column] != "" {
				figures = append(figures, tableHead[column]+" "+r.cells[column])
			}
		}
		if r.note != "" {
			figures = append(figures, r.note)
		}
		b = appendWrapped(b, r.cells[colRole]+": "+strings.Join(figures, ", "))
	}
	return b
}
