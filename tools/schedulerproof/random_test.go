// SPDX-License-Identifier: MPL-2.0

package schedulerproof

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// How many random fleets there are for each limit: of like workspaces, and of
// two to four kinds.
const (
	plainPerLimit = 12
	kindsPerLimit = 6
)

// Bounds that keep a random fleet a matter of a second.
const (
	mostRandomNodes = 120
	mostRandomPods  = 900
)

// mostDraws bounds the search for a fleet of a limit; a few dozen draws find one.
const mostDraws = 10_000

// randomFleets draws orders until each limit has its fleets, as many on each
// cloud. The draws are the same every time.
func randomFleets(t *testing.T) (fleets []proven) {
	t.Helper()
	for i, limit := range sizing.Limits() {
		d := dice{rand.New(rand.NewPCG(2026, uint64(i))), editions(t)}
		for n := range plainPerLimit {
			if limit != sizing.LimitGPUs { // which only kinds request
				fleets = append(fleets, d.fleet(t, fmt.Sprintf("%s %d", limit, n), n, limit, 0))
			}
		}
		for n := range kindsPerLimit {
			kinds := 2 + n%3
			fleets = append(fleets, d.fleet(t, fmt.Sprintf("%s %d of %d kinds", limit, n, kinds), n, limit, kinds))
		}
	}
	return fleets
}

// fleet draws until sizing recommends a fleet of that limit: another draw has a
// pod that fits no node, another limit, or too much of it.
func (d dice) fleet(t *testing.T, name string, n int, limit sizing.Limit, kinds int) proven {
	t.Helper()
	c := cloud.All()[n%len(cloud.All())]
	for range mostDraws {
		o := d.order(c, limit, kinds)
		if fleet, faults := sizing.Size(o.Request); len(faults) == 0 && suits(fleet, limit) {
			o.name = name + " on " + string(c.Name())
			return proven{o, fleet}
		}
	}
	t.Fatalf("%d draws find no fleet for %s on %s", mostDraws, name, c.Name())
	return proven{}
}

// suits reports that a fleet is placed soon, and that the limit ends the
// workspaces of a node of one of the kinds, or of the pool workspace where there
// are none; and that these need several nodes.
func suits(f *sizing.Fleet, limit sizing.Limit) bool {
	pods, isOf := int64(0), false
	for _, p := range f.Pools() {
		pods += p.Pods
		isOf = isOf || p.Role == sizing.RoleWorkspace && (p.Kind != "") == (len(f.WorkspacePools) > 0) &&
			p.LimitedBy == limit && p.Pods > p.SchedulablePodsPerNode
	}
	return isOf && f.Totals.NodeCount <= mostRandomNodes && pods <= mostRandomPods
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

// order draws whatever a user may ask for, leaning towards one limit: with kinds
// the first of them, and the others towards any.
func (d dice) order(c cloud.Cloud, towards sizing.Limit, kinds int) order {
	edition, machines := one(d, d.editions), cloud.MachineTypes(c.Name())
	o := newOrder("", c, edition.ID, d.between(1, 3000))
	o.ConcurrentWorkspaces, o.ConcurrentBuilds = sizing.Count(d.between(20, 400)), sizing.Count(d.between(1, 90))
	if d.oneIn(2) {
		o.MachineTypes.Coderd = sizing.Known(one(d, machines).Name)
	}
	if d.oneIn(2) {
		o.MachineTypes.Provisioner = sizing.Known(one(d, machines).Name)
	}
	if d.oneIn(3) {
		o.runDaemons(cloud.Daemons{CPUMillicores: d.between(0, 900), MemoryMiB: d.between(0, 2048), Pods: d.between(1, 9)})
	}
	if towards == sizing.LimitPods {
		o.MaxPodsPerNode = sizing.Count(d.between(8, 25))
	}
	if d.oneIn(2) && kinds > 0 {
		vcpu, pods, disks := d.between(2, 64), d.between(20, 110), d.between(8, 40)
		o.state(cloud.Spec{
			Name: stated, VCPU: vcpu, MemoryMiB: vcpu * d.between(1024, 8192), Architecture: cloud.AMD64, GPUs: d.between(0, 8),
			MaxPods: &pods, MaxVolumes: &disks,
		})
	}
	d.run(&o, "", edition.WorkspaceMemoryMiB, towards)
	for i := range kinds {
		d.run(&o, fmt.Sprintf("kind%d", i), edition.WorkspaceMemoryMiB, towards)
		towards = one(d, sizing.Limits())
	}
	return o
}

// stated is the name of a machine type that nobody sells.
const stated = "lab.large"

// run draws a fixed number or a percentage of workspaces of at least so much
// memory, of a kind at times with GPUs, on any machine type or the edition's.
func (d dice) run(o *order, name string, leastMiB int64, towards sizing.Limit) {
	w := workspace{Pod: Pod{d.request(leastMiB, towards), d.between(0, 4), 0}}
	kind := sizing.WorkspaceKind{Workspaces: sizing.Count(d.between(0, 60))}
	if d.oneIn(2) {
		kind.Workspaces, kind.Percent = sizing.Number{}, part(d.between(1, 25_000), 1000)
	}
	machines := slices.Clone(cloud.MachineTypes(o.cloud.Name()))
	if m, ok := o.stated[stated]; ok && d.oneIn(2) {
		machines = []*cloud.Machine{m}
	}
	wantsGPUs := name != "" && (towards == sizing.LimitGPUs || d.oneIn(4))
	if wantsGPUs {
		machines = slices.DeleteFunc(machines, func(m *cloud.Machine) bool { return m.GPUs == 0 })
	}
	if len(machines) > 0 && (wantsGPUs || towards == sizing.LimitVolumes || d.oneIn(2)) {
		m := one(d, machines)
		kind.MachineType = sizing.Known(m.Name)
		if wantsGPUs {
			w.GPUs = d.between(1, m.GPUs)
		}
		if d.oneIn(3) {
			w.measuredMillicores, w.measuredMiB = m.VCPU*d.between(800, 990), m.MemoryMiB*d.between(80, 95)/100
		}
	}
	o.run(name, kind, w)
}

// request draws what one workspace requests, leaning towards one limit.
func (d dice) request(leastMiB int64, towards sizing.Limit) sizing.PodRequest {
	millicores, mib := d.between(50, 500), d.between(leastMiB, 4096)
	switch towards {
	case sizing.LimitMemory:
		mib = d.between(leastMiB, 16_384)
	case sizing.LimitCPU:
		millicores = d.between(1000, 4000)
	case sizing.LimitPods:
		millicores, mib = d.between(50, 250), d.between(leastMiB, 3072)
	case sizing.LimitVolumes, sizing.LimitGPUs:
	}
	return sizing.PodRequest{CPUMillicores: millicores, MemoryMiB: mib}
}
