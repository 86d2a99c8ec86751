// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sync"
)

// Architecture is a machine's instruction set, as Kubernetes labels nodes.
type Architecture string

// The architectures.
const (
	AMD64 Architecture = "amd64"
	ARM64 Architecture = "arm64"
)

// Architectures lists them, the common one first.
func Architectures() []Architecture { return []Architecture{AMD64, ARM64} }

// Machine is a machine type as its cloud specifies it.
type Machine struct {
	Cloud        Name
	Name         string
	VCPU         int64
	MemoryMiB    int64
	Architecture Architecture
	Burstable    bool
	GPUs         int64 // whole ones, as a node offers them to pods
	// MaxVolumes is how many disks of the cloud's block storage class one node
	// attaches.
	MaxVolumes int64
	// Interfaces and Addresses are the network interfaces of a node of aws and
	// the IPv4 addresses of each; 0 elsewhere, and of a stated type that the
	// catalogue does not know.
	Interfaces, Addresses int64
	// InterfacePods is how many pods the network interfaces have addresses for,
	// or a stated type of aws says so; 0 elsewhere.
	InterfacePods int64
	// DefaultPods is the pod limit that a stated type says a node has unless
	// another one is set; 0 where it is the cloud's own, and on aws.
	DefaultPods int64
	// Stated is true of a type that a configuration states.
	Stated bool
	// MeasuredKernelMiB is what the kernel of a real node of the type did not
	// show of its memory; 0 where nobody measured one.
	MeasuredKernelMiB int64
}

// catalogue is every machine type of one cloud.
type catalogue struct {
	types    []*Machine                   // by name
	byName   map[string]int               // where in types
	byFamily func() map[string][]*Machine // by vCPU, then memory, then name; sorted on first use
}

//go:embed machines/*.csv databases/*.csv quotas/*.csv
var files embed.FS

// builtIn reads a table of the binary on its first use. A faulty one is a
// faulty build, which the tests of the data find.
func builtIn[T any](read func(folder fs.FS) (T, error)) func() T {
	return sync.OnceValue(func() T {
		table, err := read(files)
		if err != nil {
			panic(err)
		}
		return table
	})
}

// tables are those of one cloud, read one by one: a plan is about one cloud.
type tables struct {
	machines func() *catalogue
	quotas   func() *quotas
}

var allTables = func() []tables { // in the order of clouds
	all := make([]tables, len(clouds))
	for i, c := range clouds {
		all[i] = tables{
			machines: builtIn(func(folder fs.FS) (*catalogue, error) { return loadMachines(folder, c) }),
			quotas:   builtIn(func(folder fs.FS) (*quotas, error) { return loadQuotas(folder, c) }),
		}
	}
	return all
}()

func tablesOf(cloud Name) (tables, bool) {
	for i, c := range clouds {
		if c.Name() == cloud {
			return allTables[i], true
		}
	}
	return tables{}, false
}

// machines is the catalogue of a cloud, an empty one of what is no cloud.
func machines(cloud Name) *catalogue {
	if t, ok := tablesOf(cloud); ok {
		return t.machines()
	}
	return &catalogue{byFamily: func() map[string][]*Machine { return nil }}
}

// loadMachines reads a cloud's table, which is sorted by name.
func loadMachines(folder fs.FS, c Cloud) (*catalogue, error) {
	name, last := c.Name(), ""
	rows, byName, err := readTable(folder, "machines/"+string(name)+".csv", machineColumns, func(r *row) Machine {
		m := Machine{
			Cloud: name, Name: r.text(columnName), VCPU: r.count(columnVCPU), MemoryMiB: r.count(columnMemoryMiB),
			Architecture: r.architecture(), Burstable: r.flag(columnBurstable),
			MaxVolumes: r.count(columnMaxVolumes), Interfaces: r.countIfAny(columnInterfaces),
			MeasuredKernelMiB: r.countIfAny(columnKernelMiB), GPUs: r.countIfAny(columnGPUs),
		}
		if m.Interfaces > 0 {
			m.Addresses = r.count(columnAddresses)
			m.InterfacePods = m.Interfaces*(m.Addresses-1) + 2
		}
		if m.Name < last && r.err == nil {
			r.err = fmt.Errorf("%s stands after %s: types are sorted by name", m.Name, last)
		}
		last = m.Name
		return m
	})
	if err != nil {
		return nil, err
	}
	types := make([]*Machine, len(rows))
	for i := range rows {
		types[i] = &rows[i]
	}
	byFamily := sync.OnceValue(func() map[string][]*Machine { return families(c, types) })
	return &catalogue{types, byName, byFamily}, nil
}

func families(c Cloud, types []*Machine) map[string][]*Machine {
	all := map[string][]*Machine{}
	for _, m := range types {
		family := c.Family(m.Name)
		all[family] = append(all[family], m)
	}
	for _, family := range all {
		slices.SortFunc(family, func(a, b *Machine) int {
			return cmp.Or(cmp.Compare(a.VCPU, b.VCPU), cmp.Compare(a.MemoryMiB, b.MemoryMiB), cmp.Compare(a.Name, b.Name))
		})
	}
	return all
}

// FindMachine finds a machine type of a cloud, nil where there is none. It is
// shared and must not be changed.
func FindMachine(cloud Name, machineType string) (*Machine, bool) {
	all := machines(cloud)
	i, ok := all.byName[machineType]
	if !ok {
		return nil, false
	}
	return all.types[i], true
}

// OwnerOf is the cloud that sells a machine type.
func OwnerOf(machineType string) (Name, bool) {
	for _, c := range clouds {
		if _, ok := FindMachine(c.Name(), machineType); ok {
			return c.Name(), true
		}
	}
	return "", false
}

// FamilyMachines lists the types of a family, such as n4-standard-<n>, from the
// smallest to the largest. They are shared and must not be changed.
func FamilyMachines(cloud Name, family string) []*Machine { return machines(cloud).byFamily()[family] }

// MachineTypes lists a cloud's machine types by name. They are shared and must
// not be changed.
func MachineTypes(cloud Name) []*Machine { return machines(cloud).types }
