package main

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// machine is where and with what was measured.
type machine struct {
	date              time.Time
	cpu, kernel, load string
	cores             int
	memory            string
	terraform, golang string
}

func describeMachine(ctx context.Context, w *workshop) (machine, error) {
	version, _, err := w.run(ctx, w.folder, w.environment(programRefarch), "version")
	if err != nil {
		return machine{}, err
	}
	terraform, _, _ := strings.Cut(string(version), "\n")
	return machine{
		date:      time.Now().UTC(),
		cpu:       told("/proc/cpuinfo", `(?m)^model name\s*:\s*(.*?)\s*$`),
		kernel:    runtime.GOOS + " " + told("/proc/sys/kernel/osrelease", `^(\d+(?:\.\d+)*)`),
		load:      told("/proc/loadavg", `^(\S+)`),
		cores:     runtime.NumCPU(),
		memory:    gibibytes(told("/proc/meminfo", `(?m)^MemTotal:\s*(\d+) kB$`)),
		terraform: terraform,
		golang:    strings.TrimPrefix(runtime.Version(), "go"),
	}, nil
}

// told is what a file of the system says, as far as it says it.
func told(file, pattern string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return "not known"
	}
	found := regexp.MustCompile(pattern).FindSubmatch(text)
	if found == nil {
		return "not known"
	}
	return string(found[1])
}

// gibibytes writes a number of KiB for people.
func gibibytes(kib string) string {
	n, err := strconv.ParseInt(kib, 10, 64)
	if err != nil {
		return kib
	}
	return fmt.Sprintf("%.1f GiB", float64(n)/(1<<20))
}

// rows are the machine as lines of a table.
func (m machine) rows() [][]string {
	return [][]string{
		{"date", m.date.Format("2006-01-02")},
		{"CPU", fmt.Sprintf("%s, %d cores", m.cpu, m.cores)},
		{"memory", m.memory},
		{"kernel", m.kernel},
		{"load before", m.load},
		{"Terraform", m.terraform},
		{"Go", m.golang},
	}
}
