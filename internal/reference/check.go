// SPDX-License-Identifier: MPL-2.0

package reference

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// checkReleases holds an edition against the one before it. That one need not
// say where it ends: an edition answers until the next one begins.
func (d *document) checkReleases(older, newer *Edition) error {
	const at = "releases.first"
	start, _ := parseRelease(newer.Releases.First) // checked by checkEdition
	if before, err := parseRelease(older.Releases.First); err == nil && start.less(before) {
		return d.errorAt(at, "%s is before %s, the first release of edition %s", newer.Releases.First, older.Releases.First, older.ID)
	}
	if older.Releases.Last == nil {
		return nil
	}
	if end, err := parseRelease(*older.Releases.Last); err == nil && !end.less(start) {
		return d.errorAt(at, "%s is not after %s, the last release of edition %s", newer.Releases.First, *older.Releases.Last, older.ID)
	}
	return nil
}

func (d *document) checkEdition(e *Edition) error {
	var faults []error
	if want := idOf(d.file); e.ID != want {
		faults = append(faults, d.errorAt("id", "%s stands in the file of %s", e.ID, want))
	}
	if _, err := time.Parse(time.DateOnly, e.Published); err != nil {
		faults = append(faults, d.errorAt("published", "%s is not a date such as 2024-03-15", e.Published))
	}
	first, err := parseRelease(e.Releases.First)
	if err != nil {
		faults = append(faults, d.errorAt("releases.first", "%v", err))
	}
	if e.Releases.Last != nil {
		last, err := parseRelease(*e.Releases.Last)
		if err != nil || last.less(first) {
			faults = append(faults, d.errorAt("releases.last", "%s is no release from %s on", *e.Releases.Last, e.Releases.First))
		}
	}
	if (e.Fit == nil) != (e.MaxWorkspacesPerNode != nil) {
		faults = append(faults, d.errorAt("", "an edition has either fit or max_workspaces_per_node"))
	}
	if len(e.Tiers) == 0 {
		faults = append(faults, d.errorAt("", "tiers is missing"))
	}
	return errors.Join(faults...)
}

// checkTiers holds the rows against each other and against what the edition
// publishes: nodes with machine types, or pods to fit.
func (d *document) checkTiers(e *Edition) error {
	var faults []error
	complain := func(path, format string, args ...any) {
		faults = append(faults, d.errorAt(path, format, args...))
	}
	for i, tier := range e.Tiers {
		at := fmt.Sprintf("tiers[%d]", i)
		clouds := columnsOf(e, tier)
		pools := map[string]*Pool{"coderd": &tier.Coderd, "provisioner": &tier.Provisioner}
		if tier.Workspace != nil {
			pools["workspace"] = tier.Workspace
		}
		if tier.WorkspaceProxy != nil {
			pools["workspace_proxy"] = tier.WorkspaceProxy
		}
		for _, role := range slices.Sorted(maps.Keys(pools)) {
			checkPool(e, pools[role], at+"."+role, clouds, complain)
		}
		checkDatabase(e, &tier.Database, at+".database", clouds, complain)
		if (e.Fit == nil) != (tier.Workspace != nil) {
			complain(at, "an edition that names machine types publishes workspace nodes, another one does not")
			continue
		}
		if e.Fit != nil && (tier.Limits.ConcurrentWorkspaces == nil || tier.Limits.ConcurrentBuilds == nil) {
			complain(at+".limits", "concurrent_workspaces and concurrent_builds are missing")
			continue
		}
		if i > 0 && len(faults) == 0 {
			checkOrder(e.Tiers[i-1], tier, at, complain)
		}
	}
	return errors.Join(faults...)
}

// columns are the clouds that a page has a column for, and those that it has
// none for and that are derived; by the first row that names them.
type columns struct{ published, derived []string }

func columnsOf(e *Edition, tier *Tier) columns {
	if e.Fit != nil {
		return columns{derived: slices.Sorted(maps.Keys(e.Fit.Families))}
	}
	return columns{slices.Sorted(maps.Keys(tier.Coderd.MachineTypes)), slices.Sorted(maps.Keys(tier.Coderd.DerivedMachineTypes))}
}

type complaint func(path, format string, args ...any)

func checkPool(e *Edition, p *Pool, at string, clouds columns, complain complaint) {
	named := p.Nodes != nil && p.PodsPerNode != nil && p.MachineTypes != nil && p.Pods == nil && p.PodRequest == nil
	fitted := p.Pods != nil && p.PodRequest != nil && p.Nodes == nil && p.PodsPerNode == nil && p.MachineTypes == nil && p.DerivedMachineTypes == nil
	switch {
	case e.Fit == nil && !named:
		complain(at, "an edition without fit publishes nodes, pods_per_node and machine_types, and neither pods nor pod_request")
	case e.Fit != nil && !fitted:
		complain(at, "an edition with fit publishes pods and pod_request, and neither nodes, pods_per_node nor machine types")
	case named:
		checkColumns(p.MachineTypes, p.DerivedMachineTypes, at, clouds, complain)
		if p.Nodes.Min > p.Nodes.Max {
			complain(at+".nodes", "min %d is above max %d", p.Nodes.Min, p.Nodes.Max)
		}
	}
}

func checkDatabase(e *Edition, db *Database, at string, clouds columns, complain complaint) {
	switch {
	case e.Fit == nil && (db.MachineTypes == nil || db.StorageGB == nil):
		complain(at, "an edition without fit publishes machine_types and storage_gb")
	case e.Fit != nil && (db.DerivedMachineTypes == nil || db.StorageGB != nil || db.MachineTypes != nil):
		complain(at, "an edition with fit has derived_machine_types, and neither machine_types nor storage_gb")
	default:
		checkColumns(db.MachineTypes, db.DerivedMachineTypes, at, clouds, complain)
	}
}

// checkColumns holds a row's clouds against the first row's; no cloud is both
// published and derived.
func checkColumns(published, derived map[string]string, at string, clouds columns, complain complaint) {
	if got := slices.Sorted(maps.Keys(published)); !slices.Equal(got, clouds.published) {
		complain(at+".machine_types", "names %s where the page's columns are %s", list(got), list(clouds.published))
	}
	got := slices.Sorted(maps.Keys(derived))
	for _, cloud := range got {
		if _, both := published[cloud]; both {
			complain(at+".derived_machine_types."+cloud, "the page has a column for it")
			return
		}
	}
	if !slices.Equal(got, clouds.derived) {
		complain(at+".derived_machine_types", "names %s where the other rows name %s", list(got), list(clouds.derived))
	}
}

func list(clouds []string) string {
	if len(clouds) == 0 {
		return "no cloud"
	}
	return strings.Join(clouds, ", ")
}

// checkOrder holds a tier against the one before it: limits grow, and where
// one publishes requests per second, so does the other.
func checkOrder(before, tier *Tier, at string, complain complaint) {
	if tier.Limits.Users <= before.Limits.Users {
		complain(at+".limits.users", "%d is not above the %d of the tier before it", tier.Limits.Users, before.Limits.Users)
	}
	if tier.ConcurrentWorkspaces() < before.ConcurrentWorkspaces() {
		complain(at, "runs fewer workspaces than the tier before it")
	}
	if tier.ConcurrentBuilds() < before.ConcurrentBuilds() {
		complain(at, "runs fewer builds than the tier before it")
	}
	switch rps, previous := tier.Limits.APIRPS, before.Limits.APIRPS; {
	case (rps == nil) != (previous == nil):
		complain(at+".limits", "api_rps stands in all tiers of an edition or in none")
	case rps != nil && *rps < *previous:
		complain(at+".limits.api_rps", "%d is below the %d of the tier before it", *rps, *previous)
	}
}
