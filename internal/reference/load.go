package reference

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed editions/*.yaml
var files embed.FS

var editions = sync.OnceValues(func() ([]*Edition, error) {
	folder, err := fs.Sub(files, "editions")
	if err != nil {
		return nil, fmt.Errorf("reading the embedded editions: %w", err)
	}
	return Load(folder)
})

// Editions returns every published edition, oldest first. They are read on
// first use; an error means that the data built into this binary is faulty.
func Editions() ([]*Edition, error) { return editions() }

// IDs returns the names of the editions, oldest first, without reading them:
// an edition is named as its file.
func IDs() ([]string, error) {
	names, err := fs.Glob(files, "editions/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("listing the editions: %w", err)
	}
	for i, name := range names {
		names[i] = idOf(name)
	}
	return names, nil
}

func idOf(file string) string { return strings.TrimSuffix(path.Base(file), ".yaml") }

// Load reads the editions of a folder, a file each, oldest first. An unknown
// key, a missing figure, a tier out of order is an error with file and line,
// and all of them are told at once.
func Load(folder fs.FS) ([]*Edition, error) {
	names, err := fs.Glob(folder, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("listing the editions: %w", err)
	}
	if len(names) == 0 {
		return nil, errors.New("there are no editions")
	}
	var all []*Edition
	var faults []error
	for _, name := range names { // sorted, and an edition is named by its month
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("reading an edition: %w", err)
		}
		edition, err := parse(name, text)
		if err == nil && len(all) > 0 {
			err = follows(all[len(all)-1], edition, name)
		}
		all, faults = append(all, edition), append(faults, err)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return all, nil
}

func follows(older, newer *Edition, file string) error {
	if older.Releases.Last == nil {
		return fmt.Errorf("%s:1: edition %s is followed by another one, so it needs releases.last", file, older.ID)
	}
	before, _ := parseRelease(*older.Releases.Last)
	after, _ := parseRelease(newer.Releases.First)
	if !before.less(after) {
		return fmt.Errorf("%s:1: releases.first %s is not after %s, the last release of edition %s",
			file, newer.Releases.First, *older.Releases.Last, older.ID)
	}
	return nil
}

func parse(file string, text []byte) (*Edition, error) {
	edition := &Edition{}
	d, err := decodeStrictly(file, text, edition)
	if err != nil {
		return edition, err
	}
	return edition, errors.Join(d.checkEdition(edition), d.checkTiers(edition))
}

func (d *decoder) checkEdition(e *Edition) error {
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
func (d *decoder) checkTiers(e *Edition) error {
	var faults []error
	complain := func(path, format string, args ...any) {
		faults = append(faults, d.errorAt(path, format, args...))
	}
	for i, tier := range e.Tiers {
		at := fmt.Sprintf("tiers[%d]", i)
		clouds := d.columns(e, tier)
		pools := map[string]*Pool{"coderd": &tier.Coderd, "provisioner": &tier.Provisioner}
		if tier.Workspace != nil {
			pools["workspace"] = tier.Workspace
		}
		if tier.WorkspaceProxy != nil {
			pools["workspace_proxy"] = tier.WorkspaceProxy
		}
		for _, role := range slices.Sorted(maps.Keys(pools)) {
			d.checkPool(e, pools[role], at+"."+role, clouds, complain)
		}
		d.checkDatabase(e, &tier.Database, at+".database", clouds, complain)
		if (e.Fit == nil) != (tier.Workspace != nil) {
			complain(at, "an edition that names machine types publishes workspace nodes, another one does not")
			continue
		}
		if e.Fit != nil && (tier.Limits.ConcurrentWorkspaces == nil || tier.Limits.ConcurrentBuilds == nil) {
			complain(at+".limits", "concurrent_workspaces and concurrent_builds are missing")
			continue
		}
		if i > 0 && len(faults) == 0 {
			d.checkOrder(e.Tiers[i-1], tier, at, complain)
		}
	}
	return errors.Join(faults...)
}

// columns are the clouds that the page has a column for, by the first row that
// names them.
func (d *decoder) columns(e *Edition, tier *Tier) []string {
	if e.Fit != nil {
		return slices.Sorted(maps.Keys(e.Fit.Families))
	}
	return slices.Sorted(maps.Keys(tier.Coderd.MachineTypes))
}

type complaint func(path, format string, args ...any)

func (d *decoder) checkPool(e *Edition, p *Pool, at string, clouds []string, complain complaint) {
	named := p.Nodes != nil && p.PodsPerNode != nil && p.MachineTypes != nil && p.Pods == nil && p.PodRequest == nil
	fitted := p.Pods != nil && p.PodRequest != nil && p.Nodes == nil && p.PodsPerNode == nil && p.MachineTypes == nil
	switch {
	case e.Fit == nil && !named:
		complain(at, "an edition without fit publishes nodes, pods_per_node and machine_types, and neither pods nor pod_request")
	case e.Fit != nil && !fitted:
		complain(at, "an edition with fit publishes pods and pod_request, and neither nodes, pods_per_node nor machine_types")
	case named:
		d.checkColumns(p.MachineTypes, at+".machine_types", clouds, complain)
		if p.Nodes.Min > p.Nodes.Max {
			complain(at+".nodes", "min %d is above max %d", p.Nodes.Min, p.Nodes.Max)
		}
	}
}

func (d *decoder) checkDatabase(e *Edition, db *Database, at string, clouds []string, complain complaint) {
	switch {
	case e.Fit == nil && (db.MachineTypes == nil || db.StorageGB == nil || db.DerivedMachineTypes != nil):
		complain(at, "an edition without fit publishes machine_types and storage_gb, and no derived_machine_types")
	case e.Fit != nil && (db.DerivedMachineTypes == nil || db.StorageGB != nil || db.MachineTypes != nil):
		complain(at, "an edition with fit has derived_machine_types, and neither machine_types nor storage_gb")
	case e.Fit == nil:
		d.checkColumns(db.MachineTypes, at+".machine_types", clouds, complain)
	default:
		d.checkColumns(db.DerivedMachineTypes, at+".derived_machine_types", clouds, complain)
	}
}

func (d *decoder) checkColumns(types map[string]string, at string, clouds []string, complain complaint) {
	if got := slices.Sorted(maps.Keys(types)); !slices.Equal(got, clouds) {
		complain(at, "names %s where the page's columns are %s", strings.Join(got, ", "), strings.Join(clouds, ", "))
	}
}

// checkOrder holds a tier against the one before it: limits grow, and where
// one publishes requests per second, so does the other.
func (d *decoder) checkOrder(before, tier *Tier, at string, complain complaint) {
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
