// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"reflect"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
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

// The rows of an edition are those that a sizing answers with, and beside each
// stand the page's machine types.
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
			for role, published := range map[string]*reference.Pool{
				"coderd": &tier.Coderd, "provisioner": &tier.Provisioner, "workspace": tier.Workspace, "workspace_proxy": tier.WorkspaceProxy,
			} {
				if published == nil {
					checkEqual(t, given, role, row[role], nil)
					continue
				}
				want := maps.Clone(lookup(t, sized, role, "published").(values))
				want["machine_types"] = columns(published.MachineTypes)
				checkEqual(t, given, role, row[role], want)
			}
			want := maps.Clone(lookup(t, sized, "database", "published").(values))
			want["machine_types"] = columns(tier.Database.MachineTypes)
			checkEqual(t, given, "database", row["database"], want)
		}
	}
}

// columns are the machine types of a row by cloud; a page names them, or none.
func columns(machineTypes map[string]string) any {
	if machineTypes == nil {
		return nil
	}
	all := values{}
	for _, name := range cloud.Names() {
		all[name] = nil
		if machineType, ok := machineTypes[name]; ok {
			all[name] = machineType
		}
	}
	return all
}

func TestMatchingEdition(t *testing.T) {
	editions, err := reference.Editions()
	must(t, err)
	for version, want := range map[string]any{
		"2.10.0": "2024-03", "v2.10.0": "2024-03", "2.21.3": "2024-03", "2.22.0": "2025-04", "v2.24.1": "2025-04",
		"2.30.0-rc.1": "2026-01", "2.29.99": "2025-04", "2.30.0": "2026-01", "99.0.0": editions[len(editions)-1].ID,
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
