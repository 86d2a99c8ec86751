package main

import (
	"strings"
	"testing"
	"time"
)

// example has figures that can be checked in one's head: ours twice theirs.
func example() results {
	ms := func(n ...int) sample[time.Duration] {
		var s sample[time.Duration]
		for _, one := range n {
			s = append(s, time.Duration(one)*time.Millisecond)
		}
		return s
	}
	r := results{
		command: "go run ./bench", answerBytes: 4980,
		binaries: []binary{{programRefarch, 18_500_000}, {programSmall, 17_900_000}},
		starts:   []start{{programRefarch, ms(20, 10, 30), ms(9, 9, 9)}, {programSmall, ms(10, 10, 10), ms(5, 5, 5)}},
		processes: []process{
			{program: programRefarch, size: 1000, cpu: ms(400, 300, 500), peak: sample[int64]{30 * mebibyte}},
			{program: programRefarch, size: 10000, cpu: ms(4000), peak: sample[int64]{60 * mebibyte}},
		},
	}
	for _, size := range []int{1, 1000} {
		for _, c := range contenders {
			wall := 1000
			if c == us {
				wall = 1100
			}
			r.plans = append(r.plans, plan{contender: c, size: size, wall: ms(wall), cpu: ms(wall / 2)})
		}
	}
	return r
}

func TestMarkdown(t *testing.T) {
	t.Parallel()

	text := example().markdown()
	plain := strings.Join(strings.Fields(text), " ")
	for _, want := range []string{
		"| 1,000 sizings in one plan, against a constant of the same schema | 1.15 times | 1.10 times | reached |",
		"| one sizing, against a small provider of one argument | 1.10 times | 1.10 times | reached |",
		"| CPU of the provider for one sizing of 1,000 | 0.70 ms | 0.40 ms | reached |",
		"| peak memory of the provider at 1,000 sizings | 60.0 MiB | 30.0 MiB | reached |",
		"| growth of that memory to 10,000 sizings | 10.00 times | 2.00 times | reached |",
		"| start until the handshake, against the small provider | 1.20 times | 2.00 times | missed |",
		"| the program, stripped | 20.0 MB | 18.5 MB | reached |",
		"| 1,000 | a constant of the same schema | 1.00 s | | 1.10 | 0.50 s | 1.10 | 1 |",
		"| 1,000 | refarch | 0.40 ms | (0.30 ms to 0.50 ms) | 30.0 MiB | | 3 |",
		"| refarch | 20.0 ms | (10.0 ms to 30.0 ms) | 9.0 ms | 3 |",
		"an answer of its 4,980 bytes",
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("the report lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "\n\n\n") || !strings.HasSuffix(text, "|\n") {
		t.Error("the report has empty lines to spare")
	}
}

// A short run measures less, and says so.
func TestMarkdownOfAShortRun(t *testing.T) {
	t.Parallel()

	text := results{}.markdown()
	if got := strings.Count(text, "not measured"); got != len(goals) {
		t.Errorf("%d of %d goals are not measured:\n%s", got, len(goals), text)
	}
}
