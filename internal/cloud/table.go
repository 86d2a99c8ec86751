package cloud

import (
	"errors"
	"fmt"
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

// readTable reads a table of comma-separated cells without quotes. Wrong
// columns, a missing or malformed cell and a name that stands twice are errors
// with file and line.
func readTable(folder fs.FS, file string, columns []string, each func(*row)) error {
	text, err := fs.ReadFile(folder, file)
	if err != nil {
		return fmt.Errorf("reading a table: %w", err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if lines[0] != strings.Join(columns, ",") {
		return fmt.Errorf("%s:1: the columns are %q, not %q", file, strings.Join(columns, ","), lines[0])
	}
	if len(lines) == 1 {
		return fmt.Errorf("%s:1: the table is empty", file)
	}
	names := make(map[string]bool, len(lines))
	for i, line := range lines[1:] {
		r := &row{columns: columns, cells: strings.Split(line, ",")}
		switch name := r.cells[0]; {
		case len(r.cells) != len(columns):
			r.err = fmt.Errorf("%d cells where the table has %d columns", len(r.cells), len(columns))
		case names[name]:
			r.err = errors.New(name + " stands twice")
		default:
			names[name] = true
			each(r)
		}
		if r.err != nil {
			return fmt.Errorf("%s:%d: %w", file, i+2, r.err)
		}
	}
	return nil
}
