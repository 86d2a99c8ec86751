package schedulerproof

import (
	"math/rand/v2"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// randomFleetsPerLimit is how many random fleets there are for each limit.
const randomFleetsPerLimit = 12

// mostDraws bounds the search for a fleet of a limit; a dozen draws find one.
const mostDraws = 10_000

// randomFleets draws orders until each limit has its fleets, as many on each cloud. The draws are the same every time.
func randomFleets(t *testing.T) []proven {
	t.Helper()
	editions, err := reference.Editions()
	if err != nil {
		t.Fatal(err)
	}
	names := cloud.Names()
	var fleets []proven
	for i, limit := range sizing.Limits() {
		d := dice{rand.New(rand.NewPCG(2026, uint64(i))), editions}
		for n := range randomFleetsPerLimit {
			fleets = append(fleets, d.fleet(t, names[n%len(names)], limit))
		}
	}
	return fleets
}

// fleet draws until sizing recommends a fleet of that limit: another draw has a pod that fits no node, another limit,
// or too much of it.
func (d dice) fleet(t *testing.T, cloudName string, limit sizing.Limit) proven {
	t.Helper()
	for range mostDraws {
		o := d.order(cloudName, limit)
		fleet, faults := o.size()
		if len(faults) == 0 && fleet.Workspace.LimitedBy == limit && placesSoon(fleet) {
			return proven{o, fleet}
		}
	}
	t.Fatalf("%d draws find no fleet on %s that is limited by %s", mostDraws, cloudName, limit)
	return proven{}
}

// placesSoon reports that a fleet is a matter of a second.
func placesSoon(f *sizing.Fleet) bool {
	var nodes, pods int64
	for _, p := range f.Pools() {
		nodes += p.NodeCount
		pods += p.Pods
	}
	return nodes <= 120 && pods <= 900
}

type dice struct {
	*rand.Rand
	editions []*reference.Edition
}

// between is a number from least to most.
func (d dice) between(least, most int64) int64 { return least + d.Int64N(most-least+1) }

// oneIn is true once in n times.
func (d dice) oneIn(n int) bool { return d.IntN(n) == 0 }

func one[T any](d dice, of []T) T { return of[d.IntN(len(of))] }

// order draws whatever a user may ask for, leaning towards one limit.
func (d dice) order(cloudName string, towards sizing.Limit) order {
	edition := one(d, d.editions)
	least := edition.WorkspaceMemoryMiB
	o := order{
		cloud: cloudName, edition: edition.ID, packing: sizing.PackingSchedulable,
		users: d.between(1, 3000), workspaces: d.between(20, 400), builds: d.between(1, 90),
	}
	machines := cloud.MachineTypes(cloud.Name(o.cloud))
	if d.oneIn(2) {
		o.coderdType = one(d, machines).Name
	}
	if d.oneIn(2) {
		o.provisionerType = one(d, machines).Name
	}
	if d.oneIn(3) {
		o.overhead = cloud.Daemons{CPUMillicores: d.between(1, 900), MemoryMiB: d.between(1, 2048), Pods: d.between(1, 9)}
	}
	o.volumes = one(d, []int64{noVolumes, 0, 1, 2, 3, 4})
	switch towards {
	case sizing.LimitMemory:
		o.millicores, o.mib = d.between(50, 500), d.between(least, 16_384)
	case sizing.LimitCPU:
		o.millicores, o.mib = d.between(1000, 4000), d.between(least, 4096)
	case sizing.LimitPods:
		o.millicores, o.mib = d.between(50, 250), d.between(least, 3072)
		o.maxPods = d.between(8, 25)
	case sizing.LimitVolumes:
		o.millicores, o.mib = d.between(50, 500), d.between(least, 4096)
	}
	if d.oneIn(2) || towards == sizing.LimitVolumes {
		m := one(d, machines)
		o.workspaceType = m.Name
		if d.oneIn(3) {
			o.measuredCPU, o.measuredMiB = m.VCPU*d.between(800, 990), m.MemoryMiB*d.between(80, 95)/100
		}
	}
	return o
}
