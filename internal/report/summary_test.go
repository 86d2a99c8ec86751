// SPDX-License-Identifier: MPL-2.0

package report_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

const summaryDir = "testdata/summaries"

var update = flag.Bool("update", false, "write the files of "+summaryDir+" anew")

// summaries are the fleets whose summary is a file, by its name: real answers,
// and the two that strain the width.
func summaries(tb testing.TB) map[string]*sizing.Fleet {
	tb.Helper()
	size := func(users int64, cloud, edition string, change func(*sizing.Request)) *sizing.Fleet {
		request := sizing.Request{
			Users: sizing.Count(users), Cloud: sizing.Known(cloud), Edition: sizing.Known(edition),
		}
		if change != nil {
			change(&request)
		}
		return sized(tb, request)
	}
	byDefault := size(1000, "gcp", "2024-03", func(r *sizing.Request) { r.Edition = sizing.Arg[string]{} })
	byDefault.NewestEdition = "2026-01" // whatever editions there are by now
	return map[string]*sizing.Fleet{
		"1000-gcp-2024-03": byDefault,
		"1000-gcp-2024-03-schedulable": size(1000, "gcp", "2024-03", func(r *sizing.Request) {
			r.Packing = sizing.Known(string(sizing.PackingSchedulable))
		}),
		"250-aws-2024-03": size(250, "aws", "2024-03", nil),
		"50-aws-2025-04-colocated": size(50, "aws", "2025-04", func(r *sizing.Request) {
			r.ColocateProvisioners = sizing.Known(true)
		}),
		"2500-azure-2024-03-zones": size(2500, "azure", "2024-03", func(r *sizing.Request) { r.Zones = sizing.Count(3) }),
		"1000-gcp-2026-01":         size(1000, "gcp", "2026-01", nil),
		"10000-azure-2026-01-proxies": size(10_000, "azure", "2026-01", func(r *sizing.Request) {
			r.ProxyRegions = sizing.Count(2)
		}),
		"15000-gcp-2026-01-extrapolated": size(15_000, "gcp", "2026-01", func(r *sizing.Request) {
			r.BeyondRange = sizing.Known(string(sizing.BeyondRangeExtrapolate))
		}),
		"1000-gcp-2025-04-kinds": size(1000, "gcp", "2025-04", func(r *sizing.Request) {
			r.Packing, r.Zones = sizing.Known(string(sizing.PackingSchedulable)), sizing.Count(3)
			r.WorkspaceLimits = limits(2, 4)
			r.WorkspaceKinds = sizing.Known(map[string]sizing.WorkspaceKind{
				"large": kindOf(sizing.WorkspaceKind{Percent: sizing.Count(20), Limits: limits(8, 16)}, "n2-standard-16", 2, 8, 0),
				"gpu":   kindOf(sizing.WorkspaceKind{Workspaces: sizing.Count(20)}, "g2-standard-4", 3, 12, 1),
			})
		}),
		"5000-aws-2026-01-kinds": size(5000, "aws", "2026-01", func(r *sizing.Request) {
			r.CoderdReplicas, r.ConcurrentWorkspaces = sizing.Count(1), sizing.Count(4000)
			r.PodRequests.Provisioner.MemoryGiB = sizing.Count(1)
			r.WorkspaceKinds = sizing.Known(map[string]sizing.WorkspaceKind{
				"everybody-else":       kindOf(sizing.WorkspaceKind{Percent: sizing.Count(100)}, "m7i-flex.8xlarge", 1, 4, 0),
				"machine-learning-gpu": kindOf(sizing.WorkspaceKind{Workspaces: sizing.Count(40)}, "g4dn.12xlarge", 16, 64, 2),
				"course-next-semester": kindOf(sizing.WorkspaceKind{Workspaces: sizing.Count(0)}, "t3.2xlarge", 1, 2, 0),
			})
		}),
		"kinds-widest": kindsWidest(),
		"widest":       widest(),
		"billion":      billion(),
	}
}

// The summaries are kept as people see them: what changes one is read.
func TestSummary(t *testing.T) {
	t.Parallel()
	for name, fleet := range summaries(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := report.Of(fleet).Summary + "\n"
			path := filepath.Join(summaryDir, name+".txt")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatalf("%v: go test ./internal/report -update writes it", err)
			}
			if got != string(want) {
				t.Errorf("%s differs; go test ./internal/report -update writes it anew\ngot:\n%swant:\n%s", path, got, want)
			}
		})
	}
}

// A file that no fleet stands for any more would never drift, so none may stay.
func TestSummaryFilesAreAllUsed(t *testing.T) {
	t.Parallel()
	if *update {
		return // they are just being written
	}
	files, err := os.ReadDir(summaryDir)
	if err != nil {
		t.Fatal(err)
	}
	known := summaries(t)
	for _, file := range files {
		if known[strings.TrimSuffix(file.Name(), ".txt")] == nil {
			t.Errorf("%s/%s belongs to no fleet", summaryDir, file.Name())
		}
	}
	if len(files) != len(known) {
		t.Errorf("%d files for %d fleets", len(files), len(known))
	}
}

// A fleet of up to a hundred thousand users is a table on every cloud.
func TestSummaryIsATable(t *testing.T) {
	t.Parallel()
	for _, cloud := range []string{"gcp", "aws", "azure"} {
		fleet := sized(t, sizing.Request{
			Users: sizing.Count(10_000), Cloud: sizing.Known(cloud), Edition: sizing.Known("2026-01"),
			ConcurrentWorkspaces: sizing.Count(6_000), ProxyRegions: sizing.Count(9),
		})
		for _, pool := range fleet.Pools() {
			pool.NodeCount, pool.Pods = pool.NodeCount*10, pool.Pods*10
			pool.MaxNodeCount *= 10
		}
		if summary := report.Of(fleet).Summary; !strings.Contains(summary, "\n-----------") {
			t.Errorf("no table:\n%s", summary)
		}
	}
}

// Names longer than any cloud's make the table too wide, not the lines.
func TestSummaryBreaksWhatFitsNoLine(t *testing.T) {
	t.Parallel()
	fleet := gcp1000()
	fleet.Coderd.MachineType = strings.Repeat("é", 250)
	fleet.Tier.Name = "`" + strings.Repeat("a b ", 25) + "`"
	summary := report.Of(fleet).Summary
	want := []string{
		"1,000 users on gcp: edition 2024-03, tier",
		"  `" + strings.Repeat("a b ", 24) + "a",
		"   b `, packing published, 1 zone, no high availability",
		"",
		"coderd: machine type",
		"  " + strings.Repeat("é", 98),
		"  " + strings.Repeat("é", 98),
		"  " + strings.Repeat("é", 54) + ", nodes 1, bounds 1 to 2, pods per node 1,",
		"  pods 1, vCPU 2, memory 7.5 GiB",
	}
	if !strings.HasPrefix(summary, strings.Join(want, "\n")+"\n") {
		t.Errorf("no lines\n%s\nin\n%s", strings.Join(want, "\n"), summary)
	}
}

// Terraform calls it for every sizing of a plan.
func BenchmarkOf(b *testing.B) {
	fleet := sized(b, sizing.Request{Users: sizing.Count(1000), Cloud: sizing.Known("gcp")})
	b.ReportAllocs()
	for b.Loop() {
		report.Of(fleet)
	}
}
