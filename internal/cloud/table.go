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

// The columns of a table of machine types; one of databases has the first five.
const (
	columnName = iota
	columnVCPU
	columnMemoryMiB
	columnArchitecture
	columnBurstable
	columnMaxVolumes
	columnInterfaces
	columnAddresses
	columnKernelMiB
	columnGPUs
)

var machineColumns = []string{
	columnName: "name", columnVCPU: "vcpu", columnMemoryMiB: "memory_mib", columnArchitecture: "architecture", columnBurstable: "burstable",
	columnMaxVolumes: "max_volumes", columnInterfaces: "interfaces", columnAddresses: "addresses", columnKernelMiB: "kernel_mib",
	columnGPUs: "gpus",
}

var databaseColumns = machineColumns[:columnMaxVolumes]

// row is one line of a table; the first fault of a row is kept. Cells go by
// where their column stands: to look for its name costs more than to read it.
type row struct {
	columns []string
	cells   []string
	err     error
}

func (r *row) text(column int) string {
	text := r.cells[column]
	if text == "" && r.err == nil {
		r.err = fmt.Errorf("%s is missing", r.columns[column])
	}
	return text
}

func (r *row) count(column int) int64 {
	n, err := strconv.ParseInt(r.text(column), 10, 64)
	if (err != nil || n < 1) && r.err == nil {
		r.err = fmt.Errorf("%s %q is not a whole number of at least 1", r.columns[column], r.cells[column])
	}
	return n
}

// countIfAny is 0 for an empty cell.
func (r *row) countIfAny(column int) int64 {
	if r.cells[column] == "" {
		return 0
	}
	return r.count(column)
}

func (r *row) flag(column int) bool {
	text := r.text(column)
	if text != "true" && text != "false" && r.err == nil {
		r.err = fmt.Errorf("%s %q is not true or false", r.columns[column], text)
	}
	return text == "true"
}

func (r *row) architecture() Architecture {
	a := Architecture(r.text(columnArchitecture))
	if a != AMD64 && a != ARM64 && r.err == nil {
		r.err = fmt.Errorf("architecture %q is neither %s nor %s", a, AMD64, ARM64)
	}
	return a
}

// readTable reads a table of comma-separated cells whose first column is its
// key: its rows, and where among them each key is. Other columns, a missing or
// malformed cell and a key that stands twice are errors with file and line.
func readTable[T any](folder fs.FS, file string, columns []string, read func(*row) T) (rows []T, at map[string]int, _ error) {
	text, err := fs.ReadFile(folder, file)
	if err != nil {
		return nil, nil, fmt.Errorf("reading a table: %w", err)
	}
	lines := csv.NewReader(bytes.NewReader(text))
	lines.ReuseRecord = true
	head, err := lines.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, tableError(file, err)
	}
	if !slices.Equal(head, columns) {
		return nil, nil, fmt.Errorf("%s:1: the columns are %q, not %q", file, strings.Join(columns, ","), strings.Join(head, ","))
	}
	lineCount := bytes.Count(text, []byte{'\n'})
	rows, at = make([]T, 0, lineCount), make(map[string]int, lineCount)
	r := &row{columns: columns}
	for {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, tableError(file, err)
		}
		r.cells = cells
		if _, twice := at[cells[0]]; twice {
			r.err = errors.New(cells[0] + " stands twice")
		} else {
			at[cells[0]] = len(rows)
			rows = append(rows, read(r))
		}
		if r.err != nil {
			line, _ := lines.FieldPos(0)
			return nil, nil, fmt.Errorf("%s:%d: %w", file, line, r.err)
		}
	}
	if len(rows) == 0 {
		return nil, nil, fmt.Errorf("%s:1: the table is empty", file)
	}
	return rows, at, nil
}

// tableError names the file and line of what is no table.
func tableError(file string, err error) error {
	if fault := (*csv.ParseError)(nil); errors.As(err, &fault) {
		return fmt.Errorf("%s:%d: %w", file, fault.Line, fault.Err)
	}
	return fmt.Errorf("reading %s: %w", file, err)
}
