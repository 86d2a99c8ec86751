// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// sizeColumns are the columns that every table begins with.
var sizeColumns = []string{"name", "vcpu", "memory_mib", "architecture", "burstable"}

// row is one line of a table; the first fault of a row is kept.
type row struct {
	columns []string
	cells   []string
	err     error
}

func (r *row) cell(column string) string { return r.cells[slices.Index(r.columns, column)] }

func (r *row) text(column string) string {
	text := r.cell(column)
	if text == "" && r.err == nil {
		r.err = fmt.Errorf("%s is missing", column)
	}
	return text
}

func (r *row) count(column string) int64 {
	n, err := strconv.ParseInt(r.text(column), 10, 64)
	if (err != nil || n < 1) && r.err == nil {
		r.err = fmt.Errorf("%s %q is not a whole number of at least 1", column, r.cell(column))
	}
	return n
}

// countIfAny is 0 for an empty cell.
func (r *row) countIfAny(column string) int64 {
	if r.cell(column) == "" {
		return 0
	}
	return r.count(column)
}

func (r *row) flag(column string) bool {
	if text := r.text(column); text != "true" && text != "false" && r.err == nil {
		r.err = fmt.Errorf("%s %q is not true or false", column, text)
	}
	return r.cell(column) == "true"
}

func (r *row) architecture() Architecture {
	a := Architecture(r.text("architecture"))
	if a != AMD64 && a != ARM64 && r.err == nil {
		r.err = fmt.Errorf("architecture %q is neither %s nor %s", a, AMD64, ARM64)
	}
	return a
}

// readTable reads a table of comma-separated cells whose first column is its
// key. Other columns, a missing or malformed cell and a key that stands twice
// are errors with file and line.
func readTable(folder fs.FS, file string, columns []string, each func(*row)) error {
	text, err := fs.ReadFile(folder, file)
	if err != nil {
		return fmt.Errorf("reading a table: %w", err)
	}
	lines := csv.NewReader(bytes.NewReader(text))
	lines.ReuseRecord = true
	head, err := lines.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return tableError(file, err)
	}
	if !slices.Equal(head, columns) {
		return fmt.Errorf("%s:1: the columns are %q, not %q", file, strings.Join(columns, ","), strings.Join(head, ","))
	}
	keys := make(map[string]bool, bytes.Count(text, []byte{'\n'}))
	for {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return tableError(file, err)
		}
		r := &row{columns: columns, cells: cells}
		if key := cells[0]; keys[key] {
			r.err = errors.New(key + " stands twice")
		} else {
			keys[key] = true
			each(r)
		}
		if r.err != nil {
			line, _ := lines.FieldPos(0)
			return fmt.Errorf("%s:%d: %w", file, line, r.err)
		}
	}
	if len(keys) == 0 {
		return fmt.Errorf("%s:1: the table is empty", file)
	}
	return nil
}

// tableError names the file and line of what is no table.
func tableError(file string, err error) error {
	if fault := (*csv.ParseError)(nil); errors.As(err, &fault) {
		return fmt.Errorf("%s:%d: %w", file, fault.Line, fault.Err)
	}
	return fmt.Errorf("reading %s: %w", file, err)
}
