// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"math/big"
	"reflect"
)

// Arg is an argument in one of the three states in which a configuration can
// leave it: left out (null), not known yet, or known. The zero value is left
// out. Within the calculation it is also a value that follows from arguments,
// unknown while one of them is, or where one is at fault.
type Arg[T any] struct {
	state argState
	value T
}

type argState uint8

const (
	leftOut argState = iota
	notYetKnown
	known
)

// Known is an argument with a value.
func Known[T any](value T) Arg[T] { return Arg[T]{state: known, value: value} }

// Unknown is an argument whose value only an apply will tell.
func Unknown[T any]() Arg[T] { return Arg[T]{state: notYetKnown} }

// Set makes the argument known and returns a pointer to its value, for callers
// that learn the type of the value from reflection.
func (a *Arg[T]) Set() any {
	a.state = known
	return &a.value
}

// SetUnknown makes the argument one whose value only an apply will tell.
func (a *Arg[T]) SetUnknown() { *a = Unknown[T]() }

// Count is a known whole number, for callers that have one at hand.
func Count(n int64) Arg[*big.Float] { return Known(new(big.Float).SetInt64(n)) }

// Decimal is a known number written as Terraform would read it, such as "0.5".
// A text that is no number is left out.
func Decimal(text string) Arg[*big.Float] {
	n, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
	if err != nil {
		return Arg[*big.Float]{}
	}
	return Known(n)
}

// IsLeftOut reports that the configuration does not set the argument.
func (a Arg[T]) IsLeftOut() bool { return a.state == leftOut }

// IsUnknown reports that the argument is set to a value nobody knows yet.
func (a Arg[T]) IsUnknown() bool { return a.state == notYetKnown }

// Get returns the value and whether there is one.
func (a Arg[T]) Get() (value T, ok bool) { return a.value, a.state == known }

func (a Arg[T]) isKnown() bool { return a.state == known }

// or is the argument, or a value where it is left out.
func (a Arg[T]) or(value T) Arg[T] {
	if a.IsLeftOut() {
		return Known(value)
	}
	return a
}

// orUnknown is the argument, unknown where it is left out.
func (a Arg[T]) orUnknown() Arg[T] {
	if a.IsLeftOut() {
		return Unknown[T]()
	}
	return a
}

// allKnown reports that all of these are states of arguments with a value.
func allKnown(states ...argState) bool {
	for _, state := range states {
		if state != known {
			return false
		}
	}
	return true
}

// absent is an argument without a value in another type: left out stays left
// out, everything else is unknown.
func absent[U, T any](a Arg[T]) Arg[U] {
	if a.IsLeftOut() {
		return Arg[U]{}
	}
	return Unknown[U]()
}

// isArg tells an argument from an object of them.
func isArg(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[interface{ IsUnknown() bool }]())
}
