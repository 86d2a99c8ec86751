package main

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	t.Parallel()

	o, err := parse([]string{"-sizes", "1,20", "-rounds", "3"})
	if err != nil {
		t.Fatal(err)
	}
	if want := "go run ./bench -sizes 1,20 -rounds 3 -large 10000 -starts 51"; o.command() != want {
		t.Errorf("got %q, want %q", o.command(), want)
	}
	for _, faulty := range []struct{ argument, want string }{
		{"-sizes=1,many", `-sizes has "many": they are whole numbers of at least 1`},
		{"-sizes=0", `-sizes has "0": they are whole numbers of at least 1`},
		{"-rounds=0", "-rounds and -starts are at least 1, -large at least 0"},
		{"more", `there is no argument "more"`},
	} {
		if _, err := parse([]string{faulty.argument}); err == nil || err.Error() != faulty.want {
			t.Errorf("%s: got %v, want %s", faulty.argument, err, faulty.want)
		}
	}
}

func TestFindTerraform(t *testing.T) {
	t.Parallel()

	want := "found no no-such-program in the PATH"
	if _, err := findTerraform("no-such-program"); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestTypicalAnswer(t *testing.T) {
	t.Parallel()

	text, size, err := typicalAnswer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if size < 1000 || len(text) < size {
		t.Errorf("an answer of %d bytes in a text of %d", size, len(text))
	}
}

func TestQuantiles(t *testing.T) {
	t.Parallel()

	for _, one := range []struct {
		sample                sample[int]
		lower, median, higher int
	}{
		{sample[int]{7}, 7, 7, 7},
		{sample[int]{5, 1, 4, 2, 3}, 2, 3, 4},
		{sample[int]{4, 3, 2, 1}, 2, 3, 4},
	} {
		given := slices.Clone(one.sample)
		if lower, median, higher := one.sample.quantile(1, 4), one.sample.median(), one.sample.quantile(3, 4); lower != one.lower || median != one.median || higher != one.higher {
			t.Errorf("%v: got %d, %d, %d", given, lower, median, higher)
		}
		if !slices.Equal(given, one.sample) {
			t.Errorf("the sample was sorted: %v", one.sample)
		}
	}
}

func TestProcessFigures(t *testing.T) {
	t.Parallel()

	cpu, err := cpuOf("4711 (a (very) odd name) S 1 2 3 4 5 6 7 8 9 10 123 45 0 0 20 0")
	if err != nil || cpu != 1680*time.Millisecond {
		t.Errorf("CPU: got %s, %v", cpu, err)
	}
	for _, faulty := range []string{"", "4711 (name) S 1 2", "4711 (name) S 1 2 3 4 5 6 7 8 9 10 x 45 0"} {
		if cpu, err := cpuOf(faulty); err == nil {
			t.Errorf("%q has a CPU time: %s", faulty, cpu)
		}
	}
	peak, err := peakOf("Name:\tprovider\nVmPeak:\t  999999 kB\nVmHWM:\t   25600 kB\nVmRSS:\t   20000 kB\n")
	if err != nil || peak != 25*mebibyte {
		t.Errorf("peak: got %d, %v", peak, err)
	}
	if _, err := peakOf("VmRSS:\t 20000 kB\n"); err == nil {
		t.Error("a peak from nothing")
	}
}

func TestUnderBothHosts(t *testing.T) {
	t.Parallel()

	got, err := underBothHosts(`{"registry.terraform.io/refarch/refarch":{"Pid":1}}`)
	want := `{"registry.opentofu.org/refarch/refarch":{"Pid":1},"registry.terraform.io/refarch/refarch":{"Pid":1}}`
	if err != nil || got != want {
		t.Errorf("got %s, %v", got, err)
	}
	if _, err := underBothHosts("{"); err == nil {
		t.Error("read from half an object")
	}
}

func TestReplaceReport(t *testing.T) {
	t.Parallel()

	page := "# Guide\n\n" + reportBegins + "\nold\n\n" + reportEnds + "\nWords.\n"
	got, err := replaceReport(page, "new\n")
	if want := strings.Replace(page, "old", "new", 1); err != nil || got != want {
		t.Errorf("got %q, %v", got, err)
	}
	for _, faulty := range []string{"# Guide\n", reportBegins, reportEnds + reportBegins} {
		if got, err := replaceReport(faulty, "new\n"); err == nil {
			t.Errorf("%q: got %q", faulty, got)
		}
	}
}
