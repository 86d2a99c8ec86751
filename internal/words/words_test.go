// SPDX-License-Identifier: MPL-2.0

package words_test

import (
	"math"
	"slices"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/words"
)

func TestLists(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		things  []string
		and, or string
	}{
		{nil, "", ""},
		{[]string{"a"}, "a", "a"},
		{[]string{"a", "b"}, "a and b", "a or b"},
		{[]string{"a", "b", "c"}, "a, b and c", "a, b or c"},
	} {
		if got := words.And(test.things); got != test.and {
			t.Errorf("got %q, want %q", got, test.and)
		}
		if got := words.Or(test.things); got != test.or {
			t.Errorf("got %q, want %q", got, test.or)
		}
	}
}

func TestMarks(t *testing.T) {
	t.Parallel()
	type kind string
	kinds := []kind{"a", "b_c"}
	if got, want := words.Quoted(kinds), []string{`"a"`, `"b_c"`}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := words.Code(kinds), []string{"`a`", "`b_c`"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ got, want string }{
		{words.Name("workspace_proxy"), "workspace proxy"},
		{words.Sentence(""), ""},
		{words.Sentence("lower a, set b or wait"), "Lower a, set b or wait."},
		{words.Plural(0, "disk"), "disks"},
		{words.Plural(1, "disk"), "disk"},
		{words.Counted(1, "node"), "1 node"},
		{words.Counted(2000, "node"), "2,000 nodes"},
		{words.Count(0), "0"},
		{words.Count(999), "999"},
		{words.Count(1000), "1,000"},
		{words.Count(1_234_567), "1,234,567"},
		{words.Count(-5), "−5"},
		{words.Count(-1500), "−1,500"},
		{words.Count(math.MaxInt64), "9,223,372,036,854,775,807"},
		{words.Count(math.MinInt64), "−9,223,372,036,854,775,808"},
		{words.GiB(0), "0 GiB"},
		{words.GiB(128), "0.13 GiB"}, // 0.125
		{words.GiB(1024 + 51), "1.05 GiB"},
		{words.GiB(2*1024 - 1), "2 GiB"}, // 1.999
		{words.GiB(7680), "7.5 GiB"},
		{words.GiB(13_728 * 1024), "13,728 GiB"},
		{words.GiB(math.MaxInt64), "9,007,199,254,740,992 GiB"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}
