package sizing

import "testing"

func TestWords(t *testing.T) {
	if got := words("a", "b", "c"); got != "a, b and c" {
		t.Error(got)
	}
	for n, want := range map[int64]string{0: "0 disks", 1: "1 disk", 2: "2 disks"} {
		if got := amountOf(n, "disks"); got != want {
			t.Error(got)
		}
	}
}

func TestQuotedList(t *testing.T) {
	for want, values := range map[string][]string{`"a"`: {"a"}, `"a" or "b"`: {"a", "b"}, `"a", "b" or "c"`: {"a", "b", "c"}} {
		if got := quotedList(values); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestRemedy(t *testing.T) {
	for want, ways := range map[string][]string{"": nil, "Lower a.": {"lower a"}, "Lower a, set b or wait.": {"lower a", "set b", "wait"}} {
		if got := remedy(ways); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
