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
	order order
	fleet *sizing.Fleet
}

// TestSchedulableFleets holds the recommendations against the scheduler: every
// tier of every edition on every cloud, and random ones for each limit.
func TestSchedulableFleets(t *testing.T) {
	t.Parallel()
	fleets := append(tierFleets(t), randomFleets(t)...)
	limits := map[string]int{}
	for _, p := range fleets {
		limits[p.fleet.Workspace.LimitedBy]++
	}
	t.Logf("%d fleets, their workspaces limited by: %v", len(fleets), limits)
	if len(fleets) < 60 {
		t.Errorf("%d fleets are fewer than 60", len(fleets))
	}
	for _, limit := range sizing.Limits() {
		if limits[limit] < randomFleetsPerLimit {
			t.Errorf("%d fleets are limited by %s, fewer than %d", limits[limit], limit, randomFleetsPerLimit)
		}
	}
	for _, p := range fleets {
		t.Run(p.order.String(), func(t *testing.T) {
			t.Parallel()
			prove(t, p.order.claims(t, p.fleet))
		})
	}
}

// oneCloudBeyond is the number of users beyond which a tier is placed on one
// cloud only: 6,000 workspaces take the scheduler a while.
const oneCloudBeyond = 3000

// tierFleets are the published tiers at their full number of users. Editions
// that recommend the same nodes for a tier are one fleet.
func tierFleets(t *testing.T) []proven {
	t.Helper()
	editions, err := reference.Editions()
	if err != nil {
		t.Fatal(err)
	}
	var fleets []proven
	seen := map[string]bool{}
	for _, edition := range editions {
		for _, tier := range edition.Tiers {
			for i, name := range cloud.Names() {
				if tier.Limits.Users > oneCloudBeyond && i > 0 {
					continue
				}
				o := order{cloud: name, edition: edition.ID, users: tier.Limits.Users, packing: sizing.PackingSchedulable}
				if tier.WorkspaceProxy != nil {
					o.proxyRegions = 1
				}
				fleet := mustSize(t, o)
				if nodes := fmt.Sprint(o.claims(t, fleet)); !seen[nodes] {
					seen[nodes] = true
					fleets = append(fleets, proven{o, fleet})
				}
			}
		}
	}
	return fleets
}

func mustSize(t *testing.T, o order) *sizing.Fleet {
	t.Helper()
	fleet, faults := o.size()
	if len(faults) > 0 {
		t.Fatalf("%s: %v", o, faults)
	}
	return fleet
}

// TestPublishedPackingLeavesPodsPending: the vendor's 16 workspaces a node are
// more than Kubernetes places, by exactly as many as the warning is about.
func TestPublishedPackingLeavesPodsPending(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		order   order
		pending int64
	}{
		{order{cloud: "gcp", edition: "2024-03", users: 1000}, 168},
		{order{cloud: "aws", edition: "2024-03", users: 250}, 26},
		{order{cloud: "azure", edition: "2024-03", users: 500}, 52},
	} {
		test.order.packing = sizing.PackingPublished
		t.Run(test.order.String(), func(t *testing.T) {
			t.Parallel()
			fleet := mustSize(t, test.order)
			if !slices.ContainsFunc(fleet.Warnings, func(w sizing.Warning) bool { return w.Code == sizing.WarnUnschedulablePacking }) {
				t.Error("nothing warns of it")
			}
			_, outcome := mustPlace(t, test.order.pool(t, sizing.RolePool{Role: sizing.RoleWorkspace, NodePool: &fleet.Workspace}))
			if pending := outcome[string(sizing.RoleWorkspace)].Pending; int64(pending) != test.pending {
				t.Errorf("%d workspaces are pending, want %d", pending, test.pending)
			}
		})
	}
}

// TestDerivedMachinesTakeTheirPod: where an edition names no machine types, the
// derived one takes a pod of its role, and the next smaller of its family does
// not, or is below the edition's least size.
func TestDerivedMachinesTakeTheirPod(t *testing.T) {
	t.Parallel()
	editions, err := reference.Editions()
	if err != nil {
		t.Fatal(err)
	}
	var pools []Pool
	want := map[string]int{}
	add := func(p Pool, name string, pending int) {
		p.Role, p.Nodes, p.Pods = name, 1, 1
		pools = append(pools, p)
		want[name] = pending
	}
	for _, edition := range editions {
		if edition.Fit == nil {
			continue
		}
		for _, tier := range edition.Tiers {
			for _, c := range cloud.All() {
				o := order{cloud: string(c.Name()), edition: edition.ID, users: tier.Limits.Users, packing: sizing.PackingSchedulable}
				if tier.WorkspaceProxy != nil {
					o.proxyRegions = 1
				}
				for _, p := range mustSize(t, o).Pools() {
					name := fmt.Sprintf("%s-%s-%s-%s", edition.ID, tier.Name, c.Name(), p.Role)
					pool := o.pool(t, p)
					add(pool, name+"-on-"+p.MachineType, 0)
					if pool.Pod.CPUMillicores == 4000 && pool.Pod.MemoryMiB == 12*1024 && p.VCPU <= 4 {
						t.Errorf("%s: a pod of 4000m and 12Gi is put on %s of %d vCPU", name, p.MachineType, p.VCPU)
					}
					smaller, exists := nextSmaller(c, p.MachineType)
					if exists && smaller.VCPU >= leastVCPU(edition.Fit.MinimumVCPU, p.Role) {
						pool.Node = o.node(t, smaller.Name, c.PodLimits(smaller).Default)
						add(pool, name+"-on-"+smaller.Name, 1)
					}
				}
			}
		}
	}
	if len(pools) == 0 {
		t.Fatal("no edition derives its machines")
	}
	_, outcomes := mustPlace(t, pools...)
	for name, outcome := range outcomes {
		if outcome.Pending != want[name] {
			t.Errorf("%s: %d pods are pending, want %d: %q", name, outcome.Pending, want[name], outcome.Reasons)
		}
	}
}

func nextSmaller(c cloud.Cloud, machineType string) (smaller cloud.Machine, exists bool) {
	family := cloud.FamilyMachines(c.Name(), c.Family(machineType))
	i := slices.IndexFunc(family, func(m cloud.Machine) bool { return m.Name == machineType })
	if i < 1 {
		return cloud.Machine{}, false
	}
	return family[i-1], true
}

func leastVCPU(least reference.MinimumVCPU, role sizing.Role) int64 {
	return map[sizing.Role]int64{
		sizing.RoleCoderd: least.Coderd, sizing.RoleProvisioner: least.Provisioner,
		sizing.RoleWorkspace: least.Workspace, sizing.RoleWorkspaceProxy: least.WorkspaceProxy,
	}[role]
}

// TestLargeCoderdFitsNoFourVCPUNode: the pod of the larger tiers requests all
// four vCPU of a node that keeps some for itself.
func TestLargeCoderdFitsNoFourVCPUNode(t *testing.T) {
	t.Parallel()
	var pools []Pool
	for name, machines := range map[string][2]string{
		"gcp":   {"n4-standard-4", "n4-standard-8"},
		"aws":   {"m8i.xlarge", "m8i.2xlarge"},
		"azure": {"Standard_D4s_v5", "Standard_D8s_v5"},
	} {
		c, err := cloud.ByName(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, machineType := range machines {
			m, _ := cloud.FindMachine(c.Name(), machineType)
			pools = append(pools, Pool{
				Role: fmt.Sprintf("%s-%d", name, 4*(i+1)), Nodes: 1, Pods: 1,
				Node: order{cloud: name}.node(t, machineType, c.PodLimits(m).Default),
				Pod:  Pod{CPUMillicores: 4000, MemoryMiB: 12 * 1024},
			})
		}
	}
	pending := map[string]int{}
	_, outcomes := mustPlace(t, pools...)
	for role, outcome := range outcomes {
		pending[role] = outcome.Pending
	}
	if got, want := fmt.Sprint(pending), "map[aws-4:1 aws-8:0 azure-4:1 azure-8:0 gcp-4:1 gcp-8:0]"; got != want {
		t.Errorf("pending: %s, want %s", got, want)
	}
}
