// SPDX-License-Identifier: MPL-2.0

//go:build linux

package endtoend

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestAccInterrupted ends an apply of thousands of sizings in its middle, by killing the provider or by interrupting
// Terraform: the state stays as it was to the byte, and the next plan is right. Only Linux shows the provider's process
// as processesOf looks for it.
func TestAccInterrupted(t *testing.T) {
	t.Parallel()
	acceptance(t)

	for name, end := range map[string]func(t *testing.T, terraform *os.Process, provider string){
		"the provider is killed": func(t *testing.T, _ *os.Process, provider string) {
			t.Helper()
			for _, process := range processesOf(t, provider) {
				// One that served the schema may end by itself meanwhile.
				if err := syscall.Kill(process, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
					t.Fatal(err)
				}
			}
		},
		"Terraform is interrupted": func(t *testing.T, terraform *os.Process, _ string) {
			t.Helper()
			if err := terraform.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			provider := binary(t, root, ".")
			w := newWorkspace(t, filepath.Dir(provider), manySizings)
			version, err := w.command("version").Output()
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(string(version), "Terraform v1.0.") || strings.HasPrefix(string(version), "Terraform v1.1.") {
				t.Skip("Terraform before 1.2 does not tell when it reads")
			}
			if output, err := w.terraform("apply", "-auto-approve", "-var=count_of=3").CombinedOutput(); err != nil {
				t.Fatalf("apply: %v\n%s", err, output)
			}
			state := filepath.Join(w.folder, "terraform.tfstate")
			before := read(t, state)

			run := w.terraform("apply", "-auto-approve", "-var=count_of=3000")
			output, err := run.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := run.Start(); err != nil {
				t.Fatal(err)
			}
			ended := false
			for lines := bufio.NewScanner(output); lines.Scan(); {
				if !ended && strings.Contains(lines.Text(), "Read complete") {
					end(t, run.Process, provider)
					ended = true
				}
			}
			if err := run.Wait(); err == nil || !ended {
				t.Fatalf("the apply ended by itself: %v", err)
			}

			if after := read(t, state); after != before {
				t.Errorf("the state has changed from\n%s\nto\n%s", before, after)
			}
			next, err := w.terraform("plan", "-var=count_of=3").CombinedOutput()
			if err != nil || !strings.Contains(string(next), "No changes.") {
				t.Errorf("the next plan: %v\n%s", err, next)
			}
		})
	}
}

// manySizings are as many as count_of says.
const manySizings = `
variable "count_of" {
  type = number
}

data "refarch_sizing" "this" {
  count = var.count_of
  users = count.index + 1
  cloud = ["gcp", "aws", "azure"][count.index % 3]
}

output "nodes" {
  value = sum(data.refarch_sizing.this[*].totals.node_count)
}
`

// processesOf finds the processes that run a program.
func processesOf(t *testing.T, program string) []int {
	t.Helper()

	links, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil {
		t.Fatal(err)
	}
	var found []int
	for _, link := range links {
		target, err := os.Readlink(link)
		if err != nil || target != program {
			continue // another's process, or one that has just ended
		}
		process, err := strconv.Atoi(filepath.Base(filepath.Dir(link)))
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, process)
	}
	if len(found) == 0 {
		t.Fatalf("no process runs %s", program)
	}
	return found
}
