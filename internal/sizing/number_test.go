// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"math"
	"math/big"
	"testing"
)

func number(t *testing.T, text string) *big.Float {
	t.Helper()
	n, ok := Decimal(text).Get()
	if !ok {
		t.Fatalf("%q is no number", text)
	}
	return n
}

// Fractions are rounded to nine decimals of the smaller unit, then up: the
// noise of a calculation in Terraform does not cost a millicore.
func TestWholeUnits(t *testing.T) {
	for _, test := range []struct {
		text string
		per  int64
		want int64
	}{
		{"0.5", 1000, 500}, {"1", 1000, 1000}, {"0.0001", 1000, 1}, {"0.0011", 1000, 2}, {"2.1", 1024, 2151},
		{"0.3000000000000000000001", 1000, 300}, {"0.3000000000004", 1000, 300}, {"0.3000000000006", 1000, 301},
		{"0.29999999999999999999", 1000, 300}, {"1e-13", 1000, 1}, {"1e-14", 1000, 1}, {"1e-1000000", 1000, 1},
		{"1000000000", 1024, 1_024_000_000_000}, {"0.125", 1024, 128}, {"0.12500000000000000001", 1024, 128},
	} {
		if got := wholeUnits(number(t, test.text), test.per); got != test.want {
			t.Errorf("%s x %d is %d, want %d", test.text, test.per, got, test.want)
		}
	}
	// A third of a vCPU and 0.1 + 0.2 as floats are what a calculation hands over.
	third := new(big.Float).Quo(big.NewFloat(1), big.NewFloat(3))
	if got := wholeUnits(third, 1000); got != 334 {
		t.Errorf("a third of a vCPU is %dm", got)
	}
	tenth, fifth := 0.1, 0.2
	if got := wholeUnits(big.NewFloat(tenth+fifth), 1000); got != 300 {
		t.Errorf("0.1 + 0.2 vCPU are %dm", got)
	}
}

func TestMulDiv(t *testing.T) {
	for _, test := range []struct{ a, b, c, down, up int64 }{
		{7, 3, 2, 10, 11}, {7, 4, 2, 14, 14}, {0, 5, 3, 0, 0}, {1, 1, 3, 0, 1},
		{math.MaxInt64, 4, 4, math.MaxInt64, math.MaxInt64}, {math.MaxInt64, 3, 2, math.MaxInt64, math.MaxInt64},
		{1 << 62, 8, 2, math.MaxInt64, math.MaxInt64}, {math.MaxInt64, 5, 4, math.MaxInt64, math.MaxInt64},
		{math.MaxInt64, math.MaxInt64, 1, math.MaxInt64, math.MaxInt64}, {math.MaxInt64, 2, 3, 6148914691236517204, 6148914691236517205},
	} {
		if got := mulDiv(test.a, test.b, test.c); got != test.down {
			t.Errorf("%d x %d / %d is %d, want %d", test.a, test.b, test.c, got, test.down)
		}
		if got := ceilMulDiv(test.a, test.b, test.c); got != test.up {
			t.Errorf("%d x %d / %d rounded up is %d, want %d", test.a, test.b, test.c, got, test.up)
		}
	}
}

func TestGiB(t *testing.T) {
	for mib, want := range map[int64]float64{7680: 7.5, 1843: 1.8, 1024: 1, 0: 0, 5: 0, 6: 0.01, 2_170_368: 2119.5, 1 << 50: 1 << 40} {
		if got := gib(mib); got != want {
			t.Errorf("%d MiB are %v GiB, want %v", mib, got, want)
		}
	}
}

func TestArg(t *testing.T) {
	if a := (Arg[int64]{}); !a.IsLeftOut() || a.IsUnknown() {
		t.Error("the zero value is not left out")
	}
	if a := Unknown[int64](); a.IsLeftOut() || !a.IsUnknown() {
		t.Error("unknown is not unknown")
	}
	if v, ok := Known(int64(3)).Get(); v != 3 || !ok {
		t.Error("known is not known")
	}
	if !Decimal("half").IsLeftOut() {
		t.Error("no number is a number")
	}
}

func TestBelowUnits(t *testing.T) {
	for text, want := range map[string]bool{"1": true, "2": false, "3": false, "1.9999": true, "1.9999999999999": false, "2.0001": false, "0.5": true} {
		if got := belowUnits(number(t, text), 1024, 2048); got != want {
			t.Errorf("that %s GiB are below 2048 MiB is %t", text, got)
		}
	}
}
