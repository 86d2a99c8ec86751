// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"fmt"
	"io/fs"
	"strings"
)

// Quota is what a cloud bounds the machines of a project, subscription or
// account by.
type Quota struct {
	Name string // the cloud's own: T2D_CPUS, L-1216C47A, standardDSv5Family
	Unit QuotaUnit
	// AllRegions is true of a quota that is not a region's own.
	AllRegions bool
}

// QuotaUnit is what a quota counts of a machine.
type QuotaUnit string

// The units of quotas.
const (
	QuotaVCPU QuotaUnit = "vCPU"
	QuotaGPU  QuotaUnit = "GPU"
)

// QuotaUnits lists them.
func QuotaUnits() []QuotaUnit { return []QuotaUnit{QuotaVCPU, QuotaGPU} }

// Of is how much a machine takes of the quota.
func (q Quota) Of(m Machine) int64 {
	switch q.Unit {
	case QuotaGPU:
		return m.GPUs
	case QuotaVCPU:
		return m.VCPU
	default:
		return 0
	}
}

// QuotaOf is the quota that a machine counts against, by its name; false where
// no source tells one.
func QuotaOf(m Machine) (Quota, bool) {
	quotas := quotasOf(m.Cloud)
	if q, ok := quotas.byName[m.Name]; ok {
		return q, true
	}
	for end := len(m.Name); end > 0; end-- { // the longest beginning that the file has
		if q, ok := quotas.byPrefix[m.Name[:end]]; ok {
			return q, true
		}
	}
	return Quota{}, false
}

// TotalQuota is the quota of all vCPU together, beside those of QuotaOf: of a
// region on azure, of the project on gcp; aws has none.
func TotalQuota(of Name) (Quota, bool) {
	q, ok := quotasOf(of).byPrefix[""]
	return q, ok
}

// quotas are a cloud's by names and by the beginnings of names, n2- for n2-*.
type quotas struct{ byName, byPrefix map[string]Quota }

var quotaTables = func() map[Name]func() *quotas {
	all := make(map[Name]func() *quotas, len(clouds))
	for _, c := range clouds {
		all[c.Name()] = builtIn(func(folder fs.FS) (*quotas, error) { return loadQuotas(folder, c.Name()) })
	}
	return all
}()

func quotasOf(cloud Name) *quotas {
	if read, ok := quotaTables[cloud]; ok {
		return read()
	}
	return &quotas{}
}

func loadQuotas(folder fs.FS, of Name) (*quotas, error) {
	all := &quotas{map[string]Quota{}, map[string]Quota{}}
	err := readTable(folder, "quotas/"+string(of)+".csv", []string{"machine_type", "quota", "unit"}, func(r *row) {
		q := Quota{Name: r.text("quota"), Unit: QuotaUnit(r.text("unit"))}
		if q.Unit != QuotaVCPU && q.Unit != QuotaGPU && r.err == nil {
			r.err = fmt.Errorf("unit %q is neither %s nor %s", q.Unit, QuotaVCPU, QuotaGPU)
		}
		q.AllRegions = strings.HasSuffix(q.Name, "_ALL_REGIONS") // as Google names what is the project's
		if prefix, ok := strings.CutSuffix(r.text("machine_type"), "*"); ok {
			all.byPrefix[prefix] = q
		} else {
			all.byName[prefix] = q
		}
	})
	return all, err
}
