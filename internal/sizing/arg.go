package sizing

import "math/big"

// Arg is an argument in one of the three states in which a configuration can
// leave it: left out (null), not known yet, or known. The zero value is left
// out.
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
