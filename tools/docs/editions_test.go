// SPDX-License-Identifier: MPL-2.0

package main

import (
	"maps"
	"slices"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

func TestEveryEditionHasItsPage(t *testing.T) {
	ids, err := reference.IDs()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, id := range ids {
		want = append(want, "guides/edition-"+id+".md")
	}
	want = append(want, "images/fleet-by-users.svg", "images/request-and-limit.svg", "images/workspaces-on-a-node.svg")
	if got := slices.Sorted(maps.Keys(files(t))); !slices.Equal(got, want) {
		t.Errorf("generated are %q, not %q", got, want)
	}
}

func TestEditionPages(t *testing.T) {
	pages := files(t)
	contains(t, pages["guides/edition-2024-03.md"],
		// As published.
		"| coderd | 2 | 8 | 1-2 | 1 | – | `n1-standard-2` | `t3.large` | `Standard_D2s_v3` |",
		"| workspace | 8 | 32 | 64 | 16 | – | `t2d-standard-8` | `t3.2xlarge` | `Standard_D8s_v3` |",
		"| database | 8 | 32 | 2 | – | 1,536 | `db-custom-8-30720` | `db.t3.2xlarge` | `Standard_D8s_v3` |",
		"| 3k | 3,000 | 550 | 3,072 | 240 | on |",
		// As answered.
		"| workspace, `packing` published | 64 × `t2d-standard-8`, 16 each | 64 × `t3.2xlarge`, 16 each | 64 × `Standard_D8s_v3`, 16 each |",
		"| workspace, schedulable | 79 × `t2d-standard-8`, 13 each | 74 × `t3.2xlarge`, 14 each | 74 × `Standard_D8s_v3`, 14 each |",
		"2 × `GP_Standard_D8s_v3`, 2,048 GB",
		"`unschedulable_packing`, 1k on GCP: 168 of 1,000 workspaces stay pending",
		"https://github.com/coder/coder/commit/bed2545636a4a5b66e115af351cae96b41e8b69d",
		"This is the edition that answers where a configuration names none.",
	)
	contains(t, pages["guides/edition-2026-01.md"],
		"| coderd | 2 | 8 | 3 | 2000m, 8192 MiB | – |",
		"| coderd | 3 × `n4-standard-4`, 1 each |",
		"| provisioner | 9 × `n4-standard-8`, 7 each |",
		"| workspace | 47 × `n4-standard-8`, 13 each |",
		"| database | 1 × `db-custom-64-245760`, 5,120 GB |",
		"| workspace proxy, each region | 10 × `n4-standard-8`, 1 each |",
	)
}

// What the editions' files say beside the figures is all on their pages.
func TestEditionPagesLeaveNothingOut(t *testing.T) {
	editions, err := reference.Editions()
	if err != nil {
		t.Fatal(err)
	}
	pages := files(t)
	for _, e := range editions {
		page := pages["guides/"+pageName(e)]
		for _, remark := range e.Remarks {
			contains(t, page, "- "+remark)
		}
		for _, tier := range e.Tiers {
			contains(t, page, tier.Source.URL, tier.Source.Commit)
			for _, note := range tier.Notes {
				contains(t, page, "- "+note)
			}
		}
	}
}

// What a page says is the most that is answered, is; one user more is not.
func TestMostUsers(t *testing.T) {
	editions, err := reference.Editions()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range editions {
		for _, c := range cloud.Names() {
			most, err := mostUsers(e, cloud.Name(c))
			if err != nil {
				t.Fatal(err)
			}
			for users, want := range map[int64]bool{e.Largest().Limits.Users: true, most: true, most + 1: false} {
				if got := hasAnswer(e, cloud.Name(c), users); got != want {
					t.Errorf("%s on %s, %d users of at most %d: answered %t", e.ID, c, users, most, got)
				}
			}
		}
	}
}
