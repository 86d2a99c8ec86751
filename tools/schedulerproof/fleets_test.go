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

// TestSchedulableFleets holds the recommendations against the scheduler: every tier of every edition on every cloud, and
// random ones for each limit.
func TestSchedulableFleets(t *testing.T) {
	t.Parallel()
	for _, p := range append(tierFleets(t), randomFleets(t)...) {
		t.Run(fmt.Sprintf("%+v", p.order), func(t *testing.T) {
			t.Parallel()
			prove(t, p.order.claims(t, p.fleet))
		})
	}
}

// oneCloudBeyond is the number of users beyond which a tier is placed on one cloud only: 6,000 workspaces take the
// scheduler a while.
const oneCloudBeyond = 3000

// tierFleets are the published tiers at their full number of users. Editions that recommend the same nodes for a tier are
// one fleet.
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
				fleet := o.mustSize(t)
				if nodes := fmt.Sprint(o.claims(t, fleet)); !seen[nodes] {
					seen[nodes] = true
					fleets = append(fleets, proven{o, fleet})
				}
			}
		}
	}
	return fleets
}

// TestPublishedPackingLeavesPodsPending: the vendor's 16 workspaces a node are more than Kubernetes places, by exactly as
// many as the warning is about.
func TestPublishedPackingLeavesPodsPending(t *testing.T) {
	t.Parallel()
	for _, o := range []order{
		{cloud: "gcp", edition: "2024-03", users: 1000, packing: sizing.PackingPublished},
		{cloud: "aws", edition: "2024-03", users: 250, packing: sizing.PackingPublished},
		{cloud: "azure", edition: "2024-03", users: 500, packing: sizing.PackingPublished},
	} {
		t.Run(o.cloud, func(t *testing.T) {
			t.Parallel()
			fleet := o.mustSize(t)
			if !slices.ContainsFunc(fleet.Warnings, func(w sizing.Warning) bool { return w.Code == sizing.WarnUnschedulablePacking }) {
				t.Error("nothing warns of it")
			}
			w := &fleet.Workspace
			pending := w.Pods - w.NodeCount*w.SchedulablePodsPerNode
			prove(t, []claimed{{o.pool(t, sizing.RolePool{Role: sizing.RoleWorkspace, NodePool: w}), pending, w.LimitedBy}})
		})
	}
}

// TestDerivedMachinesTakeTheirPod: where an edition names no machine types, the derived one takes a pod of its role, and
// the next smaller of its family does not, or is below the edition's least size.
func TestDerivedMachinesTakeTheirPod(t *testing.T) {
	t.Parallel()
	editions, err := reference.Editions()
	if err != nil {
		t.Fatal(err)
	}
	var claims []claimed
	add := func(p Pool, name string, pending int64) {
		p.Role, p.Nodes, p.Pods = name, 1, 1
		claims = append(claims, claimed{p, pending, ""})
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
				for _, p := range o.mustSize(t).Pools() {
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
	if len(claims) == 0 {
		t.Fatal("no edition derives its machines")
	}
	prove(t, claims)
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
