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
	if q, ok := quotas.byName[m.Name]; ok {
		return q, true
	}
	end := strings.LastIndexAny(m.Name, separators)
	for end >= 0 { // the longest beginning that the file has
		if q, ok := quotas.byPrefix[m.Name[:end+1]]; ok {
			return q, true
		}
		end = strings.LastIndexAny(m.Name[:end], separators)
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

// separators end a beginning of names: a name is looked up by its own few.
const separators = "-."

func quotasOf(cloud Name) *quotas {
	if t, ok := tablesOf(cloud); ok {
		return t.quotas()
	}
	return &quotas{}
}

func loadQuotas(folder fs.FS, of Name) (*quotas, error) {
	all := &quotas{map[string]Quota{}, map[string]Quota{}}
	_, _, err := readTable(folder, "quotas/"+string(of)+".csv", []string{"machine_type", "quota", "unit"}, func(r *row) Quota {
		q := Quota{Name: r.text(1), Unit: QuotaUnit(r.text(2))}
		if q.Unit != QuotaVCPU && q.Unit != QuotaGPU && r.err == nil {
			r.err = fmt.Errorf("unit %q is neither %s nor %s", q.Unit, QuotaVCPU, QuotaGPU)
		}
		q.AllRegions = strings.HasSuffix(q.Name, "_ALL_REGIONS") // as Google names what is the project's
		prefix, ok := strings.CutSuffix(r.text(0), "*")
		switch {
		case !ok:
			all.byName[prefix] = q
		case prefix != "" && !strings.ContainsRune(separators, rune(prefix[len(prefix)-1])) && r.err == nil:
			r.err = fmt.Errorf("machine_type %q ends within a word", prefix+"*")
		default:
			all.byPrefix[prefix] = q
		}
		return q
	})
	return all, err
}
