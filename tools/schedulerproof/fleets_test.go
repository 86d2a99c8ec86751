// SPDX-License-Identifier: MPL-2.0

package schedulerproof

import (
	"fmt"
	"slices"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// proven is an order with the fleet that sizing recommends for it.
type proven struct {
	order

	fleet *sizing.Fleet
}

// TestSchedulableFleets holds the recommendations against the scheduler: every
// tier of every edition on every cloud, a worked example of several kinds, and
// random ones for each limit.
func TestSchedulableFleets(t *testing.T) {
	t.Parallel()
	fleets := append(tierFleets(t), kindsFleet(t))
	fleets = append(fleets, randomFleets(t)...)
	limits, have := map[sizing.Limit]int{}, map[string]int{"fleets": len(fleets)}
	for _, p := range fleets {
		if len(p.fleet.WorkspacePools) > 1 {
			have["fleets of several kinds"]++
		}
		for _, pool := range p.fleet.Pools() {
			if pool.Role != sizing.RoleWorkspace || pool.Pods == 0 {
				continue
			}
			limits[pool.LimitedBy]++
			if pool.PodGPUs > 0 {
				have["pools with GPUs"]++
			}
			if _, stated := p.stated[pool.MachineType]; stated {
				have["pools of stated machines"]++
			}
		}
	}
	t.Logf("%v; pools of workspaces by what limits them: %v", have, limits)
	for what, least := range map[string]int{"fleets": 100, "fleets of several kinds": 31, "pools with GPUs": 25, "pools of stated machines": 25} {
		if have[what] < least {
			t.Errorf("%d %s, want %d or more", have[what], what, least)
		}
	}
	for _, p := range fleets {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			prove(t, p.claims(t, p.fleet))
		})
	}
}

// kindsFleet has small workspaces, a fifth of the rest large, and 20 with a GPU.
func kindsFleet(t *testing.T) proven {
	t.Helper()
	gcp := cloud.All()[0]
	o := newOrder("three kinds on gcp", gcp, "2025-04", 1000)
	o.Zones = sizing.Count(3)
	o.run("large", sizing.WorkspaceKind{Percent: sizing.Count(20), MachineType: sizing.Known("n2-standard-16")},
		workspace{Pod: Pod{sizing.PodRequest{CPUMillicores: 2000, MemoryMiB: 8192}, 1, 0}})
	o.run("gpu", sizing.WorkspaceKind{Workspaces: sizing.Count(20), MachineType: sizing.Known("g2-standard-4")},
		workspace{Pod: Pod{sizing.PodRequest{CPUMillicores: 3000, MemoryMiB: 12_288}, 1, 1}})
	fleet := o.mustSize(t)
	gpu, large := fleet.WorkspacePools["gpu"], fleet.WorkspacePools["large"]
	got := ""
	for _, p := range []sizing.NodePool{fleet.Workspace, large, gpu} {
		got += fmt.Sprintf("%d: %d of %d; ", p.Pods, p.NodeCount, p.PodsPerNode)
	}
	if want := "784: 62 of 13; 196: 28 of 7; 20: 20 of 1; "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	return proven{o, fleet}
}

// tierOrders are an edition's tiers at their full number of users, on each cloud.
func tierOrders(edition *reference.Edition) (orders []order) {
	for _, tier := range edition.Tiers {
		for _, c := range cloud.All() {
			o := newOrder(fmt.Sprintf("%s of %s on %s", tier.Name, edition.ID, c.Name()), c, edition.ID, tier.Limits.Users)
			if tier.WorkspaceProxy != nil {
				o.ProxyRegions = sizing.Count(1)
			}
			orders = append(orders, o)
		}
	}
	return orders
}

func editions(t *testing.T) []*reference.Edition {
	t.Helper()
	all, err := reference.Editions()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// oneCloudBeyond is the number of users beyond which a tier is placed on one
// cloud only: 6,000 workspaces take the scheduler a while.
const oneCloudBeyond = 3000

// tierFleets are those of the tiers. Editions that recommend the same nodes for
// a tier are one fleet.
func tierFleets(t *testing.T) (fleets []proven) {
	t.Helper()
	seen := map[string]bool{}
	for _, edition := range editions(t) {
		for _, o := range tierOrders(edition) {
			fleet := o.mustSize(t)
			nodes := fmt.Sprint(o.claims(t, fleet))
			if seen[nodes] || fleet.Users > oneCloudBeyond && o.cloud != cloud.All()[0] {
				continue
			}
			seen[nodes] = true
			fleets = append(fleets, proven{o, fleet})
		}
	}
	return fleets
}

// TestPublishedPackingLeavesPodsPending: the vendor's 16 workspaces a node are
// more than Kubernetes places, by exactly as many as the warning is about.
func TestPublishedPackingLeavesPodsPending(t *testing.T) {
	t.Parallel()
	var pools []Pool
	for _, c := range cloud.All() {
		name, users := string(c.Name()), map[cloud.Name]int64{cloud.GCP: 1000, cloud.AWS: 250, cloud.Azure: 500}[c.Name()]
		o := newOrder(name, c, "2024-03", users)
		o.Packing = sizing.Known(string(sizing.PackingPublished))
		fleet := o.mustSize(t)
		if !slices.ContainsFunc(fleet.Warnings, func(w sizing.Warning) bool { return w.Code == sizing.WarnUnschedulablePacking }) {
			t.Errorf("%s: nothing warns of it", name)
		}
		pool := o.pool(t, sizing.Pool{Subject: sizing.Subject{Role: sizing.RoleWorkspace}, NodePool: &fleet.Workspace})
		pool.Name = name
		pools = append(pools, pool)
	}
	pending := map[string]int{}
	_, outcomes := mustPlace(t, pools...)
	for name, o := range outcomes {
		pending[name] = o.Pending
	}
	if got, want := fmt.Sprint(pending), "map[aws:26 azure:52 gcp:168]"; got != want {
		t.Errorf("pending: %s, want %s", got, want)
	}
}

// TestDerivedMachinesTakeTheirPod: where an edition names no machine types, the
// derived one takes a pod of its role, and the next smaller of its family does
// not, or is below the edition's least size. So the coderd of the larger tiers,
// which requests four vCPU, fits no node of four: that keeps some for itself.
func TestDerivedMachinesTakeTheirPod(t *testing.T) {
	t.Parallel()
	var pools []Pool
	want, ofFour := map[string]int{}, map[cloud.Name]bool{}
	for _, edition := range editions(t) {
		if edition.Fit == nil {
			continue
		}
		least := map[sizing.Role]int64{
			sizing.RoleCoderd: edition.Fit.MinimumVCPU.Coderd, sizing.RoleProvisioner: edition.Fit.MinimumVCPU.Provisioner,
			sizing.RoleWorkspace: edition.Fit.MinimumVCPU.Workspace, sizing.RoleWorkspaceProxy: edition.Fit.MinimumVCPU.WorkspaceProxy,
		}
		for i, o := range tierOrders(edition) {
			for _, p := range o.mustSize(t).Pools() {
				pool := o.pool(t, p)
				pool.Name, pool.Nodes, pool.Pods = fmt.Sprintf("%s-%s-%d", pool.Name, edition.ID, i), 1, 1
				pools = append(pools, pool)
				family := cloud.FamilyMachines(o.cloud.Name(), o.cloud.Family(p.MachineType))
				at := slices.IndexFunc(family, func(m *cloud.Machine) bool { return m.Name == p.MachineType })
				if at < 1 || family[at-1].VCPU < least[p.Role] {
					continue
				}
				smaller := family[at-1]
				pool.Name, pool.Node = pool.Name+"-smaller", o.node(t, smaller.Name, o.cloud.PodLimits(smaller).Default)
				pools = append(pools, pool)
				want[pool.Name] = 1
				if smaller.VCPU == 4 && pool.Pod.CPUMillicores == 4000 {
					ofFour[o.cloud.Name()] = true
				}
			}
		}
	}
	_, outcomes := mustPlace(t, pools...)
	for _, p := range pools {
		if o := outcomes[p.Name]; o.Pending != want[p.Name] {
			t.Errorf("%s on %s: %d pods are pending, want %d: %v", p.Name, p.Node.Machine.Name, o.Pending, want[p.Name], o.Reasons)
		}
	}
	if len(ofFour) != len(cloud.All()) {
		t.Errorf("nodes of 4 vCPU are tried with a pod of 4000m on %v only", ofFour)
	}
}
