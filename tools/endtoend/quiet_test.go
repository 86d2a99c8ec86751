// SPDX-License-Identifier: MPL-2.0

//go:build linux

package endtoend

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestAccProviderIsQuiet runs a real plan with the provider under strace and compares what it asks of the system with
// what the smallest provider asks: no other file, no connection but the plugin's own socket, no program started.
func TestAccProviderIsQuiet(t *testing.T) {
	t.Parallel()
	acceptance(t)

	strace, err := exec.LookPath("strace")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("strace is not in the PATH: install it, in CI this test has to run")
		}
		t.Skip("strace is not in the PATH")
	}

	// Built with the versions of our libraries, and serving nothing here.
	small := traced(t, strace, binary(t, root, "tools/bench/small/main.go"), "")
	ours := traced(t, strace, binary(t, root, "."), `
data "refarch_sizing" "this" {
  for_each = toset(["gcp", "aws", "azure"])
  users    = 1000
  cloud    = each.key
}

data "refarch_editions" "this" {
  coder_version = "2.24.1"
}

output "summary" {
  value = [for cloud, sizing in data.refarch_sizing.this : sizing.summary]
}
`)

	if len(small) == 0 || len(ours) == 0 {
		t.Fatalf("strace wrote nothing: %d calls of the small provider, %d of ours", len(small), len(ours))
	}
	for _, call := range ours {
		if !slices.Contains(small, call) {
			t.Errorf("beyond what the small provider does: %s", call)
		}
	}
}

// traced plans the configuration with a program as the provider and returns the calls by which it reached for files,
// connections and programs, each one once.
func traced(t *testing.T, strace, program, configuration string) []string {
	t.Helper()

	folder := t.TempDir()
	trace := filepath.Join(folder, "trace")
	write(t, filepath.Join(folder, "terraform-provider-refarch"), 0o700, fmt.Sprintf(
		"#!/bin/sh\nexec '%s' -ff -qq -o '%s' -e trace=%%file,%%network,%%process -e signal=none '%s' \"$@\"\n",
		strace, trace, program))
	if output, err := newWorkspace(t, folder, configuration).terraform("plan", "-lock=false").CombinedOutput(); err != nil {
		t.Fatalf("terraform plan: %v\n%s", err, output)
	}

	// A file for each thread (-ff): in one file the threads interrupt each other's lines, and a call cut in two does
	// not read as it does whole.
	files, err := filepath.Glob(trace + ".*")
	if err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for _, file := range files {
		lines.WriteString(read(t, file))
	}
	return calls(lines.String())
}

var (
	// The calls of interest, and of each only what it reaches for: how often, in which thread and with which result
	// differs from run to run.
	reaching = regexp.MustCompile(`^(\w+)\((.*)`)
	quoted   = regexp.MustCompile(`"[^"]*"`)
	// Names that are made up anew in every run.
	socket    = regexp.MustCompile(`"[^"]*/plugin\d+"`)
	processes = regexp.MustCompile(`/(proc|task)/\d+`)
	binaries  = regexp.MustCompile(`"[^"]*/terraform-provider-refarch"`)
)

func calls(trace string) []string {
	var found []string
	for line := range strings.Lines(trace) {
		match := reaching.FindStringSubmatch(line)
		if match == nil {
			continue
		}
		name, arguments := match[1], match[2]
		arguments = socket.ReplaceAllString(arguments, `"SOCKET"`)
		arguments = binaries.ReplaceAllString(arguments, `"PROVIDER"`)
		arguments = processes.ReplaceAllString(arguments, "/$1/N")

		switch name {
		case "clone", "clone3", "wait4", "waitid", "exit", "exit_group", "kill", "tgkill", "pidfd_send_signal":
			// Threads of its own. A program would be execve.
			continue
		case "getsockname", "getpeername", "getsockopt", "setsockopt", "shutdown":
			// They ask about a connection that is there; opening one is among the calls below.
			continue
		case "accept4":
			// It takes what comes to a socket that bind and listen have named.
			continue
		case "readlink", "readlinkat":
			// The second string is the answer.
			found = append(found, name+" "+strings.Join(quoted.FindAllString(arguments, 1), ""))
		case "socket", "bind", "connect", "listen", "sendto", "recvfrom", "sendmsg", "recvmsg":
			// The family and the address say where to; descriptors and payloads say nothing.
			found = append(found, name+" "+family(arguments)+strings.Join(quoted.FindAllString(arguments, 1), ""))
		default:
			found = append(found, name+" "+strings.Join(quoted.FindAllString(arguments, -1), " "))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func family(arguments string) string {
	return regexp.MustCompile(`AF_\w+`).FindString(arguments) + " "
}
