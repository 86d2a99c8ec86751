// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"cmp"
	"io/fs"
	"slices"
)

// Database is a class of managed PostgreSQL.
type Database struct {
	MachineType  string // as the vendor's page names it
	SKU          string // as the Terraform resource takes it
	Architecture Architecture
	Burstable    bool
	VCPU         int64
	MemoryMiB    int64
	// CloudSQLEdition is what google_sql_database_instance takes as edition;
	// empty elsewhere.
	CloudSQLEdition string
}

// databaseClasses is a cloud's list of PostgreSQL classes.
type databaseClasses struct {
	byName   map[string]Database
	byFamily map[string][]Database // by vCPU
}

func (d *databaseClasses) larger(family string, vcpu int64) (Database, bool) {
	for _, class := range d.byFamily[family] {
		if class.VCPU >= vcpu {
			return class, true
		}
	}
	return Database{}, false
}

func (d *databaseClasses) largest(family string) Database {
	classes := d.byFamily[family]
	if len(classes) == 0 {
		return Database{}
	}
	return classes[len(classes)-1]
}

// loadDatabases reads the classes of a cloud; sku is how Terraform spells one.
func loadDatabases(folder fs.FS, c Cloud, sku func(machineType string) string) (*databaseClasses, error) {
	all, _, err := readTable(folder, "databases/"+string(c.Name())+".csv", databaseColumns, func(r *row) Database {
		return Database{
			MachineType: r.text(columnName), SKU: sku(r.text(columnName)), VCPU: r.count(columnVCPU), MemoryMiB: r.count(columnMemoryMiB),
			Architecture: r.architecture(), Burstable: r.flag(columnBurstable),
		}
	})
	classes := &databaseClasses{make(map[string]Database, len(all)), map[string][]Database{}}
	for _, db := range all {
		classes.byName[db.MachineType] = db
		family := c.Family(db.MachineType)
		classes.byFamily[family] = append(classes.byFamily[family], db)
	}
	for _, family := range classes.byFamily {
		slices.SortFunc(family, func(a, b Database) int { return cmp.Compare(a.VCPU, b.VCPU) })
	}
	return classes, err
}
