// SPDX-License-Identifier: MPL-2.0

package reference

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func edition(t *testing.T, id string) string {
	t.Helper()
	text, err := fs.ReadFile(files, "editions/"+id+".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The laws of every edition, also of one that is added as a file.
func TestEditions(t *testing.T) {
	ids, err := IDs()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(ids, DefaultEdition) {
		t.Errorf("the default edition %s is none of %v", DefaultEdition, ids)
	}
	all, err := Editions()
	if err != nil || len(all) != len(ids) {
		t.Fatalf("%d editions in %d files, %v", len(all), len(ids), err)
	}
	for i, id := range ids {
		t.Run(id, func(t *testing.T) {
			e := all[i]
			if e.ID != id {
				t.Errorf("%s is listed as %s", e.ID, id)
			}
			if e.Largest() != e.Tiers[len(e.Tiers)-1] {
				t.Errorf("the largest tier is %s", e.Largest().Name)
			}
			if e.Source != e.Tiers[0].Source {
				t.Error("the edition's source is not its first page")
			}
			for _, tier := range e.Tiers {
				checkSource(t, tier)
				if len(tier.Notes) == 0 {
					t.Errorf("%s has no notes", tier.Name)
				}
				if (tier.Limits.APIRPS != nil) != e.PublishesAPIRPS() || tier.ConcurrentBuilds() < 1 || tier.ConcurrentWorkspaces() < 1 {
					t.Errorf("%s is limited to %+v", tier.Name, tier.Limits)
				}
			}
		})
	}
}

// checkSource: a page is named after its users, as the row is.
func checkSource(t *testing.T, tier *Tier) {
	t.Helper()
	if len(tier.Source.Commit) != 40 || !strings.HasPrefix(tier.Source.URL, "https://coder.com/docs/@v") ||
		!strings.HasSuffix(tier.Source.URL, "/"+tier.Name+"-users") || !strings.HasPrefix(tier.Source.PullRequest, "coder/coder#") {
		t.Errorf("%s: source %+v", tier.Name, tier.Source)
	}
	if want := fmt.Sprintf("%dk", tier.Limits.Users/1000); tier.Name != want {
		t.Errorf("the row of %d users is called %s", tier.Limits.Users, tier.Name)
	}
}

// Where a page states no workspaces and builds, they are the places on its
// nodes: 64 nodes of 16 workspaces are 1,024.
func TestLimitsThatFollowFromNodes(t *testing.T) {
	all, err := Load(fstest.MapFS{"2024-03.yaml": {Data: []byte(edition(t, "2024-03"))}})
	if err != nil {
		t.Fatal(err)
	}
	var limits []int64
	for _, tier := range all[0].Tiers {
		limits = append(limits, tier.ConcurrentWorkspaces(), tier.ConcurrentBuilds())
	}
	if want := []int64{1024, 60, 2048, 120, 3072, 240}; !slices.Equal(limits, want) {
		t.Errorf("workspaces and builds are limited to %v, not %v", limits, want)
	}
}

// A cloud that the page has no column for is derived, and never told as
// published.
func TestMachineTypeOfACloud(t *testing.T) {
	text := edition(t, "2024-03")
	text = strings.ReplaceAll(text, "machine_types: {", "derived_machine_types: {oci: VM.Standard3.Flex}, machine_types: {")
	all, err := Load(fstest.MapFS{"2024-03.yaml": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	tier := all[0].Tiers[0]
	for cloud, want := range map[string]string{
		"gcp": "n1-standard-2 true, db-custom-2-7680 true",
		"oci": "VM.Standard3.Flex false, VM.Standard3.Flex false",
		"ibm": " false,  false",
	} {
		machine, published := tier.Coderd.MachineType(cloud)
		class, named := tier.Database.MachineType(cloud)
		if got := fmt.Sprintf("%s %t, %s %t", machine, published, class, named); got != want {
			t.Errorf("%s: %s, want %s", cloud, got, want)
		}
	}
}

// What sets 2025-04 apart from 2024-03 are its AWS machines, its sources and a
// footnote about them; every other figure stands in both files alike.
func TestWhatEditionsDifferIn(t *testing.T) {
	difference := func(a, b string) string {
		var lines []string
		for _, line := range strings.Split(a, "\n") {
			if !strings.Contains(b, line+"\n") {
				lines = append(lines, line)
			}
		}
		return strings.Join(lines, "\n")
	}
	for _, line := range strings.Split(difference(edition(t, "2025-04"), edition(t, "2024-03")), "\n") {
		about := func(words ...string) bool {
			return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(line, word) })
		}
		if !about("#", "id:", "releases:", "published:", "url:", "commit:", "pull_request:", "aws: m5.", "aws: c5.", "aws: db.m5.", "AWS", "m5.2xlarge", "running_workspaces") {
			t.Errorf("2025-04 differs from 2024-03 in %q", line)
		}
	}
}
