// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Fault is one thing wrong with a question, told to the person who asked it.
type Fault struct {
	// Path names the argument at fault.
	Path Path
	// Title is a short heading in Title Case.
	Title string
	// Detail says what was given, what is allowed and what to do.
	Detail string
}

// Error makes a Fault an error: its path and detail on one line.
func (f Fault) Error() string { return f.Path.String() + ": " + f.Detail }

// Path leads to an argument: its name, and the names of what it is part of.
type Path []Step

// Step is a name on a path: that of an argument, or a key of a map.
type Step struct {
	Name  string
	IsKey bool
}

// String is the path as a configuration writes it, such as
// workspace_request.memory_gib.
func (p Path) String() string {
	var b strings.Builder
	for i, step := range p {
		switch {
		case step.IsKey:
			fmt.Fprintf(&b, "[%q]", step.Name)
		case i > 0:
			b.WriteString("." + step.Name)
		default:
			b.WriteString(step.Name)
		}
	}
	return b.String()
}

// key is that of the map element that a path leads into, empty of none.
func (p Path) key() string {
	for _, step := range p {
		if step.IsKey {
			return step.Name
		}
	}
	return ""
}

// findings collects the faults of one question. Steps name an argument by the
// address of its field; how people call it stands in the field's tag alone and
// is looked up when there is a fault to tell.
type findings struct {
	question any     // a pointer to a struct of arguments
	places   []place // of others
	faults   []Fault
}

// place is where arguments are: a pointer to a struct of them, or to one.
type place struct {
	arguments any
	path      Path
}

func newFindings(question any) *findings { return &findings{question: question} }

// locate tells where on the way from the question a struct of arguments is
// that the question does not hold itself: an element of a map.
func (f *findings) locate(arguments any, path Path) {
	f.places = append(f.places, place{arguments, path})
}

// tell notes a fault of an argument.
func (f *findings) tell(argument any, title, detail string) {
	f.faults = append(f.faults, Fault{f.pathOf(argument), title, detail})
}

// tellAll notes a fault that is no single argument's.
func (f *findings) tellAll(title, detail string) {
	f.faults = append(f.faults, Fault{Title: title, Detail: detail})
}

// tellf notes a fault in words that begin with the argument's name, which is
// the first operand of the format.
func (f *findings) tellf(argument any, title, format string, operands ...any) {
	f.tell(argument, title, fmt.Sprintf(format, append([]any{f.name(argument)}, operands...)...))
}

// asksFor reports that the question has an argument of this name.
func (f *findings) asksFor(name string) bool {
	question := reflect.TypeOf(f.question).Elem()
	for i := range question.NumField() {
		if question.Field(i).Tag.Get("tfsdk") == name {
			return true
		}
	}
	return false
}

// name is an argument as people write it.
func (f *findings) name(argument any) string { return f.pathOf(argument).String() }

// pathOf finds an argument by its address, in the latest place that holds it.
func (f *findings) pathOf(argument any) Path {
	for _, p := range slices.Backward(f.places) {
		if path, ok := find(reflect.ValueOf(p.arguments), argument, p.path); ok {
			return path
		}
	}
	path, _ := find(reflect.ValueOf(f.question), argument, nil)
	return path
}

func find(within reflect.Value, argument any, path Path) (Path, bool) {
	if within.Interface() == argument {
		return path, true
	}
	if within.Elem().Kind() != reflect.Struct || isArg(within.Elem().Type()) {
		return nil, false
	}
	for i := range within.Elem().NumField() {
		step := Step{Name: within.Elem().Type().Field(i).Tag.Get("tfsdk")}
		if found, ok := find(within.Elem().Field(i).Addr(), argument, append(path[:len(path):len(path)], step)); ok {
			return found, true
		}
	}
	return nil, false
}

// sorted lists the faults in the order in which the question's type has the
// arguments, those of a map by its keys.
func (f *findings) sorted() []Fault {
	if len(f.faults) < 2 {
		return f.faults
	}
	order := map[string]int{}
	question := reflect.TypeOf(f.question).Elem()
	for i := range question.NumField() {
		order[question.Field(i).Tag.Get("tfsdk")] = i
	}
	position := func(fault Fault) int {
		if len(fault.Path) == 0 {
			return -1
		}
		return order[fault.Path[0].Name]
	}
	slices.SortStableFunc(f.faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(position(a), position(b)), cmp.Compare(a.Path.key(), b.Path.key()))
	})
	return f.faults
}
