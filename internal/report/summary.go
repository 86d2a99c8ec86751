// SPDX-License-Identifier: MPL-2.0

package report

import (
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// summary is the fleet as a text of at most maxWidth columns: a heading, a
// table and the warnings. It has no newline at its end, which Terraform would
// show as an empty line.
//
// vCPU and memory are those of all nodes of a row, so that the columns add up
// to the totals; the database stands below them because it is not in them.
func summary(f *sizing.Fleet, pools []sizing.Pool, warnings []Warning) string {
	var b strings.Builder
	b.Grow(2048) // most are shorter
	writeWrapped(&b, heading(f))
	b.WriteByte('\n')
	writeTable(&b, rows(f, pools))
	if len(warnings) > 0 {
		b.WriteByte('\n')
	}
	for _, warning := range warnings {
		writeWrapped(&b, "warning "+string(warning.Code)+": "+warning.Message)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// heading says what the fleet is for and where its figures come from.
func heading(f *sizing.Fleet) string {
	tier := f.Tier.Name
	if f.Beyond != nil {
		tier += " extrapolated"
	}
	availability := "no high availability"
	switch {
	case f.HighAvailability && f.Coderd.NodeCount == 1: // coderd_replicas says so
		availability = "one coderd, database with a standby"
	case f.HighAvailability:
		availability = "high availability"
	case f.Coderd.NodeCount > 1: // only the database is alone
		availability = "database without a standby"
	}
	return words.Counted(f.Users, "user") + " on " + string(f.Cloud) + ": edition " + f.Edition + ", tier " + tier +
		", packing " + string(f.Packing) + ", " + words.Counted(f.Zones, "zone") + ", " + availability
}

// rows are the head, the pools, their totals and the database.
func rows(f *sizing.Fleet, pools []sizing.Pool) []row {
	rows := make([]row, 0, 1+len(pools)+2)
	rows = append(rows, row{cells: tableHead})
	for _, pool := range pools {
		r := poolRow(pool)
		switch {
		case pool.Role == sizing.RoleProvisioner && f.ColocateProvisioners:
			r = row{cells: [columns]string{
				colPool:    r.cells[colPool],
				colMachine: "inside coderd, " + words.Count(f.BuiltInProvisioners) + " each",
			}}
		case pool.Role == sizing.RoleWorkspaceProxy:
			r.note = words.Counted(pool.NodeCount, "node") + " in each of " + words.Counted(pool.Regions, "further region")
		case pool.PodGPUs > 0 && pool.NodeCount > 0:
			r.note = words.Counted(pool.NodeCount*pool.GPUs, "GPU") + ", " + words.Count(pool.PodGPUs) + " for each workspace"
		}
		rows = append(rows, r)
	}
	return append(rows, totalsRow(&f.Totals), databaseRow(&f.Database))
}

// poolRow is a pool, added up over its regions. A kind of workspaces goes by
// the name that it has in the configuration.
func poolRow(pool sizing.Pool) row {
	name := words.Name(pool.Role)
	if pool.Kind != "" {
		name = pool.Kind
	}
	nodes := pool.NodeCount * pool.Regions
	r := row{cells: [columns]string{
		colPool:        name,
		colMachine:     pool.MachineType,
		colNodes:       words.Count(nodes),
		colPodsPerNode: words.Count(pool.PodsPerNode),
		colPods:        words.Count(pool.Pods * pool.Regions),
		colVCPU:        words.Count(nodes * pool.VCPU),
		colMemory:      words.GiB(nodes * pool.MemoryMiB),
	}}
	if pool.MinNodeCount != pool.MaxNodeCount {
		r.cells[colBounds] = words.Count(pool.MinNodeCount) + " to " + words.Count(pool.MaxNodeCount)
	}
	return r
}

func totalsRow(totals *sizing.Totals) row {
	return row{ruled: true, cells: [columns]string{
		colPool:   "total",
		colNodes:  words.Count(totals.NodeCount),
		colVCPU:   words.Count(totals.VCPU),
		colMemory: words.GiB(totals.MemoryMiB),
	}}
}

// databaseRow names the database as its Terraform resource does.
func databaseRow(database *sizing.Database) row {
	return row{
		cells: [columns]string{
			colPool:    words.Name(sizing.RoleDatabase),
			colMachine: database.SKU,
			colNodes:   words.Count(database.NodeCount),
			colVCPU:    words.Count(database.NodeCount * database.VCPU),
			colMemory:  words.GiB(database.NodeCount * database.MemoryMiB),
		},
		note: words.Count(database.StorageGB) + " GB storage",
	}
}
