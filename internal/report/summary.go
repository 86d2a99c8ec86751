package report

import (
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
	b := make([]byte, 0, 2048)
	b = appendWrapped(b, heading(f))
	b = append(b, '\n')
	b = appendTable(b, rows(f))
	if len(warnings) > 0 {
		b = append(b, '\n')
	}
	for _, warning := range warnings {
		b = appendWrapped(b, "warning "+string(warning.Code)+": "+warning.Message)
	}
	return string(b[:len(b)-1])
}

// heading says what the fleet is for and where its figures come from.
func heading(f *sizing.Fleet) string {
	tier := f.Tier.Name
	if f.Beyond != nil {
		tier += " extrapolated"
	}
	availability := "no high availability"
	if f.HighAvailability {
		availability = "high availability"
	}
	return words.Counted(f.Users, "user") + " on " + string(f.Cloud) + ": edition " + f.Edition + ", tier " + tier +
		", packing " + string(f.Packing) + ", " + words.Counted(f.Zones, "zone") + ", " + availability
}

// rows are the pools, their totals and the database.
func rows(f *sizing.Fleet) []row {
	rows := make([]row, 0, 6)
	rows = append(rows, poolRow(sizing.RoleCoderd, &f.Coderd, 1))
	if f.Colocated {
		rows = append(rows, row{cells: [columns]string{
			colRole:    words.Name(sizing.RoleProvisioner),
			colMachine: "inside coderd, " + words.Count(f.BuiltInProvisioners) + " each",
		}})
	} else {
		rows = append(rows, poolRow(sizing.RoleProvisioner, &f.Provisioner, 1))
	}
	rows = append(rows, poolRow(sizing.RoleWorkspace, &f.Workspace, 1))
	if f.WorkspaceProxy != nil {
		proxy := poolRow(sizing.RoleWorkspaceProxy, f.WorkspaceProxy, f.ProxyRegions)
		proxy.note = words.Counted(f.WorkspaceProxy.NodeCount, "node") + " in each of " +
			words.Counted(f.ProxyRegions, "further region")
		rows = append(rows, proxy)
	}
	return append(rows, totalsRow(&f.Totals), databaseRow(&f.Database))
}

// poolRow is a pool that stands in so many regions, added up over them.
func poolRow(role sizing.Role, pool *sizing.NodePool, regions int64) row {
	nodes := pool.NodeCount * regions
	r := row{cells: [columns]string{
		colRole:        words.Name(role),
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
		colRole:   "total",
		colNodes:  words.Count(totals.NodeCount),
		colVCPU:   words.Count(totals.VCPU),
		colMemory: gib(totals.MemoryGiB),
	}}
}

// databaseRow names the database as its Terraform resource does.
func databaseRow(database *sizing.Database) row {
	return row{
		cells: [columns]string{
			colRole:    words.Name(sizing.RoleDatabase),
			colMachine: database.SKU,
			colNodes:   words.Count(database.NodeCount),
			colVCPU:    words.Count(database.NodeCount * database.VCPU),
			colMemory:  words.GiB(database.NodeCount * database.MemoryMiB),
		},
		span: words.Count(database.StorageGB) + " GB storage",
	}
}
