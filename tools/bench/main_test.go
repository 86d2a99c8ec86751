// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestQuantiles(t *testing.T) {
	t.Parallel()
	given := sample{5, 1, 4, 2, 3}
	if lower, median, upper := given.quantile(0.25), given.median(), given.quantile(0.75); lower != 2 || median != 3 || upper != 4 {
		t.Errorf("got %v, %v, %v", lower, median, upper)
	}
	if given[0] != 5 {
		t.Errorf("the sample was sorted: %v", given)
	}
}

// example has figures that can be checked in one's head.
func example() results {
	r := results{
		command: "go run ./bench", binaries: map[string]float64{programRefarch: 18_500_000, programSmall: 17_900_000},
		processes: []series{
			{ours, many, sample{1, 1, 1}, sample{0.4, 0.3, 0.5}, sample{30 << 20, 30 << 20, 30 << 20}},
			{ours, manyMore, sample{9}, sample{4}, sample{360 << 20}},
		},
	}
	for _, size := range []int{1, many} {
		for _, c := range contenders {
			wall := 1.
			if c == ours {
				wall = 1.125
			}
			r.plans = append(r.plans, series{c, size, sample{wall}, sample{wall / 2}, nil})
		}
	}
	return r
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	text := example().markdown()
	plain := strings.Join(strings.Fields(text), " ")
	for _, want := range []string{
		"| 1,000 sizings in one plan, against a constant of the same schema | 1.15 times | 1.12 times | reached |",
		"| one sizing, against a small provider of one argument | 1.10 times | 1.12 times | missed |",
		"| CPU of the provider for one sizing of 1,000 | 0.70 ms | 0.40 ms | reached |",
		"| peak memory of the provider at 1,000 sizings | 60.0 MiB | 30.0 MiB | reached |",
		"| growth of that memory to 10,000 sizings | 10.00 times | 12.00 times | missed |",
		"| the program, stripped | 20.0 MB | 18.5 MB | reached |",
		"| 1,000 | a constant of the same schema | 1.00 s | | 1.12 | 0.50 s | 1.12 | 1 |",
		"| 1,000 | refarch | 0.40 ms | (0.30 ms to 0.50 ms) | 30.0 MiB | (30.0 MiB to 30.0 MiB) | 3 |",
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("the report lacks %q:\n%s", want, text)
		}
	}
	// A short run measures less, and says so.
	short := results{}.markdown()
	if got, want := strings.Count(short, "not measured"), len(example().goals()); got != want {
		t.Errorf("%d of %d goals are not measured:\n%s", got, want, short)
	}
}

func TestWriteGuide(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "guide")
	for page, want := range map[string]string{
		"# Guide\n\n" + reportBegins + "\nold\n\n" + reportEnds + "\nWords.\n": "# Guide\n\n" + reportBegins + "\nnew\n\n" + reportEnds + "\nWords.\n",
		"# Guide\n":               "",
		reportEnds + reportBegins: "",
	} {
		if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
		err := writeGuide(file, "new\n")
		if got, _ := os.ReadFile(file); (err == nil) != (want != "") || err == nil && string(got) != want {
			t.Errorf("%q: got %q, %v", page, got, err)
		}
	}
}
