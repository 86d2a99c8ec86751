package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// results are everything that a run has measured.
type results struct {
	command     string
	machine     machine
	answerBytes int
	plans       []plan
	processes   []process
	starts      []start
	binaries    []binary
}

// binary is a program's size in bytes, stripped.
type binary struct {
	program string
	size    int64
}

// planOf is what a contender's plans of a size took; nil where there were none.
func (r results) planOf(configuration, program string, size int) *plan {
	return find(r.plans, func(p plan) bool {
		return p.contender.configuration == configuration && p.contender.program == program && p.size == size
	})
}

// ownProcess is refarch's process for a plan of a size.
func (r results) ownProcess(size int) *process {
	return find(r.processes, func(p process) bool { return p.program == programRefarch && p.size == size })
}

func (r results) startOf(program string) *start {
	return find(r.starts, func(s start) bool { return s.program == program })
}

func (r results) binaryOf(program string) *binary {
	return find(r.binaries, func(b binary) bool { return b.program == program })
}

func find[T any](all []T, is func(T) bool) *T {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return &all[i]
	}
	return nil
}

// goal is a bound that was set for a figure before it was measured.
type goal struct {
	what  string
	bound float64
	// words shows a figure with its unit.
	words func(float64) string
	// measure is false where the run has not measured it.
	measure func(results) (float64, bool)
}

// The numbers of sizings that goals are set for, and how they are shown.
const (
	many     = 1000
	manyMore = 10000
)

const (
	mebibyte = 1 << 20
	megabyte = 1000 * 1000
)

var goals = []goal{
	{"1,000 sizings in one plan, against a constant of the same schema", 1.15, times, func(r results) (float64, bool) {
		return ratioOfPlans(r.planOf(us.configuration, programRefarch, many), r.planOf(us.configuration, programConstant, many))
	}},
	{"one sizing, against a small provider of one argument", 1.1, times, func(r results) (float64, bool) {
		return ratioOfPlans(r.planOf(us.configuration, programRefarch, 1), r.planOf("small.tf", programRefarch, 1))
	}},
	{"CPU of the provider for one sizing of 1,000", 0.7, milliseconds, func(r results) (float64, bool) {
		p := r.ownProcess(many)
		if p == nil {
			return 0, false
		}
		return inMilliseconds(p.cpu.median()) / many, true
	}},
	{"peak memory of the provider at 1,000 sizings", 60, mebibytes, func(r results) (float64, bool) {
		p := r.ownProcess(many)
		if p == nil {
			return 0, false
		}
		return float64(p.peak.median()) / mebibyte, true
	}},
	{"growth of that memory to 10,000 sizings", 10, times, func(r results) (float64, bool) {
		before, after := r.ownProcess(many), r.ownProcess(manyMore)
		if before == nil || after == nil {
			return 0, false
		}
		return ratio(after.peak.median(), before.peak.median()), true
	}},
	{"start until the handshake, against the small provider", 1.2, times, func(r results) (float64, bool) {
		ours, small := r.startOf(programRefarch), r.startOf(programSmall)
		if ours == nil || small == nil {
			return 0, false
		}
		return ratio(ours.wall.median(), small.wall.median()), true
	}},
	{"the program, stripped", 20, megabytes, func(r results) (float64, bool) {
		b := r.binaryOf(programRefarch)
		if b == nil {
			return 0, false
		}
		return float64(b.size) / megabyte, true
	}},
}

func ratioOfPlans(ours, theirs *plan) (float64, bool) {
	if ours == nil || theirs == nil {
		return 0, false
	}
	return ratio(ours.wall.median(), theirs.wall.median()), true
}

// number is what was measured in whole units.
type number interface {
	cmp.Ordered
	~int64
}

func ratio[T number](ours, theirs T) float64 { return float64(ours) / float64(theirs) }

func inMilliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func times(f float64) string        { return fmt.Sprintf("%.2f times", f) }
func milliseconds(f float64) string { return fmt.Sprintf("%.2f ms", f) }
func mebibytes(f float64) string    { return fmt.Sprintf("%.1f MiB", f) }
func megabytes(f float64) string    { return fmt.Sprintf("%.1f MB", f) }
