package provider

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

func TestReadEditions(t *testing.T) {
	editions, err := reference.Editions()
	must(t, err)
	state, diagnostics := read(t, "refarch_editions", values{})
	checkEqual(t, nil, "the diagnostics", told(diagnostics), []string{})
	checkEqual(t, nil, "matching_edition", state["matching_edition"], nil)
	rows := state["editions"].([]any)
	checkEqual(t, nil, "the number of editions", len(rows), len(editions))
	for i, edition := range editions {
		row := rows[i].(values)
		var last any
		if edition.Releases.Last != nil {
			last = *edition.Releases.Last
		}
		want := values{
			"id": edition.ID, "first_release": edition.Releases.First, "last_release": last, "published": edition.Published,
			"source_commit": edition.Source.Commit, "pull_request": edition.Source.PullRequest, "tiers": row["tiers"],
		}
		checkEqual(t, nil, edition.ID, row, want)
		var names []any
		for _, tier := range row["tiers"].([]any) {
			names = append(names, lookup(t, tier, "name"))
		}
		var wantNames []any
		for _, tier := range edition.Tiers {
			wantNames = append(wantNames, tier.Name)
		}
		checkEqual(t, nil, edition.ID+"'s tiers", names, wantNames)
	}
}

// The rows of an edition are those that a sizing answers with.
func TestEditionsAreWhatSizingsAnswerWith(t *testing.T) {
	editions, err := reference.Editions()
	must(t, err)
	state, _ := read(t, "refarch_editions", values{})
	for i, edition := range editions {
		for j, tier := range edition.Tiers {
			row := lookup(t, state, "editions", i, "tiers", j).(values)
			given := values{"users": int(tier.Limits.Users), "cloud": "gcp", "edition": edition.ID}
			if tier.WorkspaceProxy != nil {
				given["proxy_regions"] = 1
			}
			sized, _ := read(t, "refarch_sizing", given)
			for name, value := range lookup(t, sized, "tier").(values) {
				if name != "notes" {
					checkEqual(t, given, "tier."+name, row[name], value)
				}
			}
			for _, role := range []string{"coderd", "provisioner", "workspace", "workspace_proxy", "database"} {
				pool, _ := row[role].(values)
				if sized[role] == nil {
					checkEqual(t, given, role, row[role], nil)
					continue
				}
				published, _ := lookup(t, sized, role, "published").(values)
				for name, value := range published {
					checkEqual(t, given, role+".published."+name, pool[name], value)
				}
				if (published == nil) != (pool == nil) {
					t.Errorf("%v: %s is %v, want %v", given, role, pool, published)
				}
			}
		}
	}
}

// Two rows cell by cell, one of nodes with machine types, one of pods.
func TestEditionRows(t *testing.T) {
	state, _ := read(t, "refarch_editions", values{})
	n := func(of int) any { return decimalText(fmt.Sprint(of)) }
	row := lookup(t, state, "editions", 0, "tiers", 0).(values)
	want := values{
		"name": "1k", "users": n(1000), "api_rps": n(180), "concurrent_workspaces": n(1024), "concurrent_builds": n(60), "high_availability": false,
		"source_url": row["source_url"], "source_commit": row["source_commit"],
		"coderd": values{
			"vcpu": n(2), "memory_gb": n(8), "min_node_count": n(1), "max_node_count": n(2), "pods_per_node": n(1),
			"machine_types": values{"gcp": "n1-standard-2", "aws": "t3.large", "azure": "Standard_D2s_v3"},
		},
		"provisioner": values{
			"vcpu": n(8), "memory_gb": n(32), "min_node_count": n(2), "max_node_count": n(2), "pods_per_node": n(30),
			"machine_types": values{"gcp": "t2d-standard-8", "aws": "t3.2xlarge", "azure": "Standard_D8s_v3"},
		},
		"workspace": values{
			"vcpu": n(8), "memory_gb": n(32), "min_node_count": n(64), "max_node_count": n(64), "pods_per_node": n(16),
			"machine_types": values{"gcp": "t2d-standard-8", "aws": "t3.2xlarge", "azure": "Standard_D8s_v3"},
		},
		"workspace_proxy": nil,
		"database": values{
			"vcpu": n(2), "memory_gb": n(8), "node_count": n(1), "storage_gb": n(512),
			"machine_types": values{"gcp": "db-custom-2-7680", "aws": "db.t3.large", "azure": "Standard_D2s_v3"},
		},
	}
	checkEqual(t, nil, "the first row", row, want)

	row = lookup(t, state, "editions", 2, "tiers", 1).(values)
	want = values{
		"name": "2k", "users": n(2000), "api_rps": nil, "concurrent_workspaces": n(1200), "concurrent_builds": n(120), "high_availability": true,
		"source_url": row["source_url"], "source_commit": row["source_commit"],
		"coderd": values{
			"vcpu": n(4), "memory_gb": n(12), "min_node_count": n(3), "max_node_count": n(3), "pods_per_node": nil, "machine_types": nil,
		},
		"provisioner": values{
			"vcpu": n(1), "memory_gb": n(1), "min_node_count": nil, "max_node_count": nil, "pods_per_node": nil, "machine_types": nil,
		},
		"workspace": nil,
		"workspace_proxy": values{
			"vcpu": n(4), "memory_gb": n(12), "min_node_count": n(3), "max_node_count": n(3), "pods_per_node": nil, "machine_types": nil,
		},
		"database": values{"vcpu": n(16), "memory_gb": n(60), "node_count": n(1), "storage_gb": nil, "machine_types": nil},
	}
	checkEqual(t, nil, "a row of pods", row, want)
}

func TestMatchingEdition(t *testing.T) {
	for version, want := range map[string]any{
		"2.10.0": "2024-03", "v2.10.0": "2024-03", "2.21.3": "2024-03", "2.22.0": "2025-04", "v2.24.1": "2025-04",
		"2.30.0-rc.1": "2026-01", "2.29.99": "2025-04", "2.30.0": "2026-01", "3.0.0": "2026-01",
	} {
		given := values{"coder_version": version}
		state, diagnostics := read(t, "refarch_editions", given)
		checkEqual(t, given, "the diagnostics", told(diagnostics), []string{})
		checkEqual(t, given, "matching_edition", state["matching_edition"], want)
		checkEqual(t, given, "coder_version", state["coder_version"], version)
		checkEqual(t, given, "the validation", told(validate(t, "refarch_editions", given)), []string{})
	}
}

func TestMatchingEditionRefuses(t *testing.T) {
	for version, want := range map[string]string{
		"banana":  `"banana" is not a Coder release such as 2.24.1. Set coder_version to a release from v2.10.0 on, or leave it out.`,
		"":        `"" is not a Coder release such as 2.24.1. Set coder_version to a release from v2.10.0 on, or leave it out.`,
		"2.24":    `"2.24" is not a Coder release such as 2.24.1. Set coder_version to a release from v2.10.0 on, or leave it out.`,
		"v2.9.99": "Coder 2.9.99 is older than v2.10.0, the first release with a validated reference architecture. Set coder_version to a release from v2.10.0 on, or leave it out.",
	} {
		given, want := values{"coder_version": version}, []string{"error coder_version: Invalid Coder Version: " + want}
		_, diagnostics := read(t, "refarch_editions", given)
		if got := told(diagnostics); !reflect.DeepEqual(got, want) {
			t.Errorf("reading %q tells %q, want %q", version, got, want)
		}
		if got := told(validate(t, "refarch_editions", given)); !reflect.DeepEqual(got, want) {
			t.Errorf("validating %q tells %q, want %q", version, got, want)
		}
	}
}
