package main

import (
	"cmp"
	"slices"
)

// sample is what was measured, once a round.
type sample[T cmp.Ordered] []T

// quantile is the value that a share of the sample does not exceed, the upper
// one of two.
func (s sample[T]) quantile(numerator, denominator int) T {
	sorted := slices.Sorted(slices.Values(s))
	return sorted[min(len(sorted)*numerator/denominator, len(sorted)-1)]
}

func (s sample[T]) median() T { return s.quantile(1, 2) }
