// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"math"
	"math/big"
	"math/bits"

	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// maxCount bounds every count: far above any fleet, and low enough that no
// product of the calculation overflows unnoticed.
const maxCount = 1_000_000_000

var (
	bigMaxCount = new(big.Float).SetInt64(maxCount)
	// negligible is so little that its millicores or MiB round to 0 at nine
	// decimals. Smaller numbers are not looked at: their exact value may have
	// millions of digits.
	negligible  = big.NewFloat(1e-13)
	billion     = big.NewInt(1_000_000_000)
	half        = big.NewFloat(0.5)
	halfBillion = big.NewInt(500_000_000)
)

// wholeNumber returns n where it is whole and from least to maxCount.
func wholeNumber(n *big.Float, least int64) (int64, bool) {
	if n.IsInf() || !n.IsInt() || n.Cmp(bigMaxCount) > 0 || n.Sign() < 0 {
		return 0, false
	}
	whole, _ := n.Int64()
	return whole, whole >= least
}

// wholeUnits is a positive number of at most maxCount in a unit that is per
// times smaller, rounded to nine decimals, then up, and at least 1: 0.5 vCPU
// are 500 millicores, 2.1 GiB are 2151 MiB. Whole numbers, which most are, take
// a short way here and below.
func wholeUnits(n *big.Float, per int64) int64 {
	if whole, ok := wholeNumber(n, 1); ok {
		return whole * per
	}
	units, rest := new(big.Int).DivMod(nanoUnits(n, per), billion, new(big.Int))
	if rest.Sign() > 0 {
		return units.Int64() + 1
	}
	return max(units.Int64(), 1)
}

// nearestUnits is a positive number in a unit that is per times smaller, rounded
// half up.
func nearestUnits(n *big.Float, per int64) int64 {
	if whole, ok := wholeNumber(n, 1); ok {
		return whole * per
	}
	nano := nanoUnits(n, per)
	return nano.Add(nano, halfBillion).Div(nano, billion).Int64()
}

// belowUnits reports that such a number comes to less than so many units,
// before it is rounded up: 1.9999 GiB are below 2048 MiB.
func belowUnits(n *big.Float, per, units int64) bool {
	if whole, ok := wholeNumber(n, 1); ok {
		return whole*per < units
	}
	return nanoUnits(n, per).Cmp(new(big.Int).Mul(big.NewInt(units), billion)) < 0
}

// nanoUnits is a number in billionths of a unit that is per times smaller,
// rounded half up: what a configuration calculates comes to what it means.
func nanoUnits(n *big.Float, per int64) *big.Int {
	if n.Cmp(negligible) < 0 {
		return new(big.Int)
	}
	exact := new(big.Float).SetPrec(n.MinPrec() + 128) // 50 bits of per billion, and those down to the half
	exact.Mul(n, new(big.Float).SetInt64(per*1_000_000_000))
	nano, _ := exact.Add(exact, half).Int(nil)
	return nano
}

// shown writes a number as a person would, however large it is. What 20 digits
// would show as whole and is not has all its digits.
func shown(n *big.Float) string {
	text := n.Text('g', 20)
	if shown, ok := new(big.Rat).SetString(text); ok && shown.IsInt() && !n.IsInt() {
		return n.Text('g', -1)
	}
	return text
}

// ceilDiv is a/b rounded up, for a of at least 0 and b above 0.
func ceilDiv(a, b int64) int64 {
	quotient := a / b
	if a%b > 0 {
		quotient++
	}
	return quotient
}

// mulDiv is a x b / c rounded down, with the product taken in 128 bits; beyond
// the largest int64 it is that. For a and b of at least 0 and c above 0.
func mulDiv(a, b, c int64) int64 {
	high, low := bits.Mul64(uint64(a), uint64(b))
	if high >= uint64(c) {
		return math.MaxInt64
	}
	quotient, _ := bits.Div64(high, low, uint64(c))
	return int64(min(quotient, math.MaxInt64))
}

// ceilMulDiv is a x b / c rounded up, as mulDiv.
func ceilMulDiv(a, b, c int64) int64 {
	high, low := bits.Mul64(uint64(a), uint64(b))
	if high >= uint64(c) {
		return math.MaxInt64
	}
	quotient, rest := bits.Div64(high, low, uint64(c))
	quotient = min(quotient, math.MaxInt64)
	if rest > 0 {
		quotient++
	}
	return int64(min(quotient, math.MaxInt64))
}

// times is a x b, and plus a + b, for numbers of at least 0; beyond the largest
// int64 they are that.
func times(a, b int64) int64 { return mulDiv(a, b, 1) }

func plus(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// gib is MiB as GiB to two decimals: 7680 MiB are 7.5.
func gib(mib int64) float64 { return float64(words.HundredthsOfGiB(mib)) / 100 }
