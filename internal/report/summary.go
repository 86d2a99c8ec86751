package report

import "github.com/refarch/terraform-provider-refarch/internal/sizing"

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
	return counted(f.Users, "user") + " on " + string(f.Cloud) + ": edition " + f.Edition + ", tier " + tier +
		", packing " + string(f.Packing) + ", " + counted(f.Zones, "zone") + ", " + availability
}

// rows are the pools, their totals and the database.
func rows(f *sizing.Fleet) []row {
	rows := make([]row, 0, 6)
	rows = append(rows, poolRow(sizing.RoleCoderd, &f.Coderd, 1))
	if f.Colocated {
		rows = append(rows, row{cells: [columns]string{
			colRole:    roleName(sizing.RoleProvisioner),
			colMachine: "inside coderd, " + count(f.BuiltInProvisioners) + " each",
		}})
	} else {
		rows = append(rows, poolRow(sizing.RoleProvisioner, &f.Provisioner, 1))
	}
	rows = append(rows, poolRow(sizing.RoleWorkspace, &f.Workspace, 1))
	if f.WorkspaceProxy != nil {
		proxy := poolRow(sizing.RoleWorkspaceProxy, f.WorkspaceProxy, f.ProxyRegions)
		proxy.note = counted(f.WorkspaceProxy.NodeCount, "node") + " in each of " +
			counted(f.ProxyRegions, "further region")
		rows = append(rows, proxy)
	}
	return append(rows, totalsRow(&f.Totals), databaseRow(&f.Database))
}

// poolRow is a pool that stands in so many regions, added up over them.
func poolRow(role sizing.Role, pool *sizing.NodePool, regions int64) row {
	nodes := pool.NodeCount * regions
	r := row{cells: [columns]string{
		colRole:        roleName(role),
		colMachine:     pool.MachineType,
		colNodes:       count(nodes),
		colPodsPerNode: count(pool.PodsPerNode),
		colPods:        count(pool.Pods * regions),
		colVCPU:        count(nodes * pool.VCPU),
		colMemory:      gib(memoryGiB(nodes, pool.MemoryMiB)),
	}}
	if pool.MinNodeCount != pool.MaxNodeCount {
		r.cells[colBounds] = count(pool.MinNodeCount) + " to " + count(pool.MaxNodeCount)
	}
	return r
}

func totalsRow(totals *sizing.Totals) row {
	return row{ruled: true, cells: [columns]string{
		colRole:   "total",
		colNodes:  count(totals.NodeCount),
		colVCPU:   count(totals.VCPU),
		colMemory: gib(totals.MemoryGiB),
	}}
}

// databaseRow names the database as its Terraform resource does.
func databaseRow(database *sizing.Database) row {
	return row{
		cells: [columns]string{
			colRole:    roleName(sizing.RoleDatabase),
			colMachine: database.SKU,
			colNodes:   count(database.NodeCount),
			colVCPU:    count(database.NodeCount * database.VCPU),
			colMemory:  gib(memoryGiB(database.NodeCount, database.MemoryMiB)),
		},
		span: count(database.StorageGB) + " GB storage",
	}
}

// memoryGiB is the memory of so many nodes, rounded as the totals are.
func memoryGiB(nodes, memoryMiB int64) float64 {
	total := nodes * memoryMiB
	hundredths := total/1024*100 + (total%1024*100+512)/1024
	return float64(hundredths) / 100
}
