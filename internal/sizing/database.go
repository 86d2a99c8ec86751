// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// Connections: CODER_PG_CONN_MAX_OPEN of a coderd pod, and a fifth more.
// Source: Coder's scale-testing page, "max_connections >= replicas x max_open
// x 1.2", since v2.30.0; below 100 no managed PostgreSQL of these sizes goes.
const (
	connectionsPerCoderd = 12
	leastConnections     = 100
)

// storageGB is the row's storage: the page's, or so much per 1,000 users.
func storageGB(e *reference.Edition, t *reference.Tier) int64 {
	if t.Database.StorageGB != nil {
		return *t.Database.StorageGB
	}
	return ceilMulDiv(t.Limits.Users, e.Fit.DatabaseStoragePer1000Users, 1000)
}

// chooseDatabase is the row's class, made larger within its family beyond the
// validated range, and the storage that it wants; mayExtrapolate has seen to it
// that the cloud sells both.
func chooseDatabase(c cloud.Cloud, l *load) (class cloud.Database, basis Basis, wantedGB int64) {
	name, published := l.tier.Database.MachineType(string(c.Name()))
	class, _ = c.Database(name)
	basis = BasisPublished
	if l.beyond != nil {
		class, _ = c.LargerDatabase(class, l.scaled(class.VCPU))
	}
	if !published || l.beyond != nil {
		basis = BasisDerived
	}
	return class, basis, l.scaled(storageGB(l.edition, l.tier))
}

// databaseOf is the database of the answer.
func databaseOf(c cloud.Cloud, l *load, highAvailability bool, coderdPods int64) Database {
	row := &l.tier.Database
	class, basis, wanted := chooseDatabase(c, l)
	sold, _ := c.Storage(wanted)
	ceiling, ok := c.Storage(2 * sold)
	if !ok {
		ceiling = c.LargestStorageGB()
	}
	db := Database{
		MachineType: class.MachineType, SKU: class.SKU, Architecture: class.Architecture, Burstable: class.Burstable,
		VCPU: class.VCPU, MemoryGiB: gib(class.MemoryMiB), MemoryMiB: class.MemoryMiB,
		NodeCount: row.Nodes, HighAvailability: highAvailability,
		StorageGB: sold, StorageMB: sold * 1024, MaxStorageGB: ceiling, WantedStorageGB: wanted,
		MaxConnections: max(coderdPods*connectionsPerCoderd, leastConnections),
		Published:      PublishedDatabaseOf(row), Basis: basis,
	}
	if class.CloudSQLEdition != "" {
		edition := class.CloudSQLEdition
		db.CloudSQLEdition = &edition
	}
	return db
}
