// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
)

// NearestMachineTypes are the names closest to one that is not in the
// catalogue, nearest first: those of one cloud, or of all where cloud is empty.
func NearestMachineTypes(cloud Name, machineType string, atMost int) []string {
	type candidate struct {
		name     string
		distance int
	}
	var candidates []candidate
	wanted := strings.ToLower(machineType)
	if len(wanted) > longestName {
		wanted = wanted[:longestName]
	}
	for _, c := range clouds {
		if cloud != "" && c.Name() != cloud {
			continue
		}
		for name := range machines(c.Name()).byName {
			candidates = append(candidates, candidate{name, levenshtein.Distance(wanted, strings.ToLower(name), nil)})
		}
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.name, b.name))
	})
	var names []string
	for _, c := range candidates[:min(atMost, len(candidates))] {
		names = append(names, c.name)
	}
	return names
}

// NearestName is the cloud that somebody means by a name that is none: another
// word for it, in letters of any case, or one with a single slip. It is false
// where nothing is near.
func NearestName(name string) (Name, bool) {
	wanted := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name[:min(len(name), longestName)]))
	for _, c := range clouds {
		if wanted == string(c.Name()) || slices.Contains(c.OtherNames(), wanted) {
			return c.Name(), true
		}
	}
	for _, c := range clouds {
		if levenshtein.Distance(wanted, string(c.Name()), nil) == 1 {
			return c.Name(), true
		}
	}
	return "", false
}

// longestName bounds the work that a very long text can cause.
const longestName = 64

// AlikeMachineType is a machine type of a cloud with the vCPU, memory, GPUs and
// architecture of another cloud's: of a common family, else the first by name.
func AlikeMachineType(of Cloud, like *Machine) (*Machine, bool) {
	for _, family := range of.CommonFamilies() {
		if m, ok := firstAlike(FamilyMachines(of.Name(), family), like); ok {
			return m, true
		}
	}
	return firstAlike(MachineTypes(of.Name()), like)
}

func firstAlike(types []*Machine, like *Machine) (*Machine, bool) {
	i := slices.IndexFunc(types, func(m *Machine) bool {
		return m.VCPU == like.VCPU && m.MemoryMiB == like.MemoryMiB && m.GPUs == like.GPUs &&
			m.Architecture == like.Architecture && !m.Burstable
	})
	if i < 0 {
		return nil, false
	}
	return types[i], true
}
