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
func (q Quota) Of(m *Machine) int64 {
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
func QuotaOf(m *Machine) (Quota, bool) {
	quotas := quotasOf(m.Cloud)
	if q, ok := quotas.find(m.Name); ok {
		return q, true
	}
	for end := len(m.Name); end > 0; end-- { // the longest beginning that the file has
		if !endsBeginning(m.Name[end-1]) {
			continue
		}
		if q, ok := quotas.find(m.Name[:end] + "*"); ok {
			return q, true
		}
	}
	return Quota{}, false
}

// endsBeginning reports that a beginning of names may end so: a name has few of
// them to look up.
func endsBeginning(last byte) bool { return last == '-' || last == '.' }

// TotalQuota is the quota of all vCPU together, beside those of QuotaOf: of a
// region on azure, of the project on gcp; aws has none.
func TotalQuota(of Name) (Quota, bool) { return quotasOf(of).find("*") }

// quotas are a cloud's, by names and by beginnings of names, n2-*.
type quotas struct {
	all []Quota
	at  map[string]int // where in all
}

func (q *quotas) find(machineType string) (Quota, bool) {
	i, ok := q.at[machineType]
	if !ok {
		return Quota{}, false
	}
	return q.all[i], true
}

func quotasOf(cloud Name) *quotas {
	if t, ok := tablesOf(cloud); ok {
		return t.quotas()
	}
	return &quotas{}
}

func loadQuotas(folder fs.FS, c Cloud) (*quotas, error) {
	all, at, err := readTable(folder, "quotas/"+string(c.Name())+".csv", []string{"machine_type", "quota", "unit"}, func(r *row) Quota {
		machineType := r.text(0)
		q := Quota{Name: r.text(1), Unit: QuotaUnit(r.text(2))}
		if q.Unit != QuotaVCPU && q.Unit != QuotaGPU && r.err == nil {
			r.err = fmt.Errorf("unit %q is neither %s nor %s", q.Unit, QuotaVCPU, QuotaGPU)
		}
		if beginning, ok := strings.CutSuffix(machineType, "*"); ok && beginning != "" && !endsBeginning(beginning[len(beginning)-1]) && r.err == nil {
			r.err = fmt.Errorf("machine_type %q ends within a word", machineType)
		}
		q.AllRegions = c.CountsAllRegions(q.Name)
		return q
	})
	return &quotas{all, at}, err
}
