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
func summary(f *sizing.Fleet, warnings []Warning) string {
	var b strings.Builder
	b.Grow(4096)
	writeWrapped(&b, heading(f))
	b.WriteByte('\n')
	writeTable(&b, rows(f))
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
	case f.HighAvailability:
		availability = "high availability"
	case f.Coderd.NodeCount > 1: // only the database is alone
		availability = "database without a standby"
	}
	return words.Counted(f.Users, "user") + " on " + string(f.Cloud) + ": edition " + f.Edition + ", tier " + tier +
		", packing " + string(f.Packing) + ", " + words.Counted(f.Zones, "zone") + ", " + availability
}

// rows are the pools, their totals and the database.
func rows(f *sizing.Fleet) []row {
	pools := f.Pools()
	rows := make([]row, 0, len(pools)+2)
	for _, pool := range pools {
		switch {
		case pool.Role == sizing.RoleProvisioner && f.Colocated:
			rows = append(rows, row{cells: [columns]string{
				colPool:    words.Name(pool.Role),
				colMachine: "inside coderd, " + words.Count(f.BuiltInProvisioners) + " each",
			}})
		case pool.Role == sizing.RoleWorkspaceProxy:
			proxies := poolRow(pool, f.ProxyRegions)
			proxies.note = words.Counted(pool.NodeCount, "node") + " in each of " +
				words.Counted(f.ProxyRegions, "further region")
			rows = append(rows, proxies)
		default:
			rows = append(rows, poolRow(pool, 1))
		}
	}
	return append(rows, totalsRow(&f.Totals), databaseRow(&f.Database))
}

// poolRow is a pool that stands in so many regions, added up over them.
func poolRow(pool sizing.RolePool, regions int64) row {
	nodes := pool.NodeCount * regions
	r := row{cells: [columns]string{
		colPool:        words.Name(pool.Role),
		colMachine:     pool.MachineType,
		colNodes:       words.Count(nodes),
		colPodsPerNode: words.Count(pool.PodsPerNode),
		colPods:        words.Count(pool.Pods * regions),
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
