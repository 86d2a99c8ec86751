// SPDX-License-Identifier: MPL-2.0

// Package markdown writes the tables of the documentation and of the
// measurements.
package markdown

import (
	"io"
	"strings"
	"text/tabwriter"
)

// Table is a Markdown table that can be read as it stands.
type Table struct {
	head []string
	rows [][]string
}

// NewTable starts a table; a column whose name ends in ">" has its figures to
// the right.
func NewTable(head ...string) *Table { return &Table{head: head} }

// Column adds a column at the right.
func (t *Table) Column(name string) { t.head = append(t.head, name) }

// Add adds a row; cells that it lacks are empty.
func (t *Table) Add(cells ...string) { t.rows = append(t.rows, cells) }

// Len is the number of rows.
func (t *Table) Len() int { return len(t.rows) }

func (t *Table) String() string {
	names, rules := make([]string, len(t.head)), make([]string, len(t.head))
	for i, name := range t.head {
		names[i], rules[i] = strings.TrimSuffix(name, ">"), "---"
		if names[i] != name {
			rules[i] = "--:"
		}
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 1, ' ', 0)
	for _, row := range append([][]string{names, rules}, t.rows...) {
		row = append(row[:len(row):len(row)], make([]string, len(t.head)-len(row))...)
		_, _ = io.WriteString(w, "| "+strings.Join(row, "\t| ")+"\t|\n")
	}
	_ = w.Flush() // a strings.Builder takes all of it
	return b.String()
}
