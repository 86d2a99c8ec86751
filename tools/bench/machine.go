// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// describeMachine is where and with what was measured, as lines of a table.
func describeMachine(w *workshop) [][]string {
	memory := told("/proc/meminfo", `(?m)^MemTotal:\s*(\d+) kB$`)
	if kib, err := strconv.ParseFloat(memory, 64); err == nil {
		memory = fmt.Sprintf("%.1f GiB", kib/(1<<20))
	}
	return [][]string{
		{"date", time.Now().UTC().Format(time.DateOnly)},
		{"CPU", fmt.Sprintf("%s, %d cores", told("/proc/cpuinfo", `(?m)^model name\s*:\s*(.*?)\s*$`), runtime.NumCPU())},
		{"memory", memory},
		{"kernel", runtime.GOOS + " " + told("/proc/sys/kernel/osrelease", `^(\d+(?:\.\d+)*)`)},
		{"load before", told("/proc/loadavg", `^(\S+)`)},
		{"Terraform", w.version},
		{"Go", strings.TrimPrefix(runtime.Version(), "go")},
	}
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
