// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"fmt"
	"maps"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
)

// Quotas and addresses of the three kinds of 1,000 users: at most 3 + 3 + 63 +
// 30 + 21 nodes, and 120 of 256 pod addresses are 30,720.
func TestAroundThreeKinds(t *testing.T) {
	f := mustSize(t, threeKinds())
	quotas := map[string]ComputeQuota{
		"CPUS":             {cloud.QuotaVCPU, 2, 6},       // n1-standard-2
		"T2D_CPUS":         {cloud.QuotaVCPU, 512, 528},   // 64 and 66 nodes of 8
		"N2_CPUS":          {cloud.QuotaVCPU, 448, 480},   // 28 and 30 nodes of 16
		"NVIDIA_L4_GPUS":   {cloud.QuotaGPU, 20, 21},      // a G2 counts GPUs and no vCPU
		"CPUS_ALL_REGIONS": {cloud.QuotaVCPU, 1042, 1098}, // and they count here
	}
	if !maps.Equal(f.ComputeQuotas, quotas) {
		t.Errorf("quotas %v, want %v", f.ComputeQuotas, quotas)
	}
	if got := addressLine(f); got != "120 nodes, /25, /17" {
		t.Errorf("addresses %s", got)
	}
}

func addressLine(f *Fleet) string {
	return fmt.Sprintf("%d nodes, /%s, /%s", f.Addresses.NodeCount, orDash(f.Addresses.NodePrefixLength), orDash(f.Addresses.PodPrefixLength))
}

func TestAround(t *testing.T) {
	for name, test := range map[string]struct {
		request           Request
		quotas, addresses string
	}{
		"45 machines of 4 vCPU are 180": { // 4 of coderd, 7 of provisioners, 34 of workspaces
			on("aws", "2026-01", 100, func(r *Request) {
				xlarge := Known("m5.xlarge")
				r.MachineTypes, r.ConcurrentBuilds, r.CoderdReplicas = MachineTypes{xlarge, xlarge, xlarge}, Count(21), Count(4)
				r.ConcurrentWorkspaces, r.WorkspaceRequest = Count(100), WorkspaceRequest{CPU: Count(1), MemoryGiB: Count(4)}
			}),
			"map[L-1216C47A:{vCPU 180 180}]", "45 nodes, /21, /-",
		},
		"proxies count in the project's quota, once for each region": {
			on("gcp", "2026-01", 2000, func(r *Request) { r.ProxyRegions = Count(2) }),
			"map[CPUS_ALL_REGIONS:{vCPU 960 1448} CPUS_PER_VM_FAMILY/N4:{vCPU 912 1400}]", "175 nodes, /24, /16",
		},
		"proxies count in no family and no region's total": {
			on("azure", "2026-01", 2000, func(r *Request) { r.ProxyRegions = Count(2) }),
			"map[cores:{vCPU 856 1312} standardDSv5Family:{vCPU 856 1312}]", "164 nodes, /24, /16",
		},
		"other nodes take addresses and no quota": {
			on("azure", "2024-03", 1000, func(r *Request) { r.OtherNodes = Count(60) }),
			"map[cores:{vCPU 530 532} standardDSv3Family:{vCPU 530 532}]", "128 nodes, /24, /17",
		},
		"one more node than a /17 of pods holds": {
			on("azure", "2024-03", 1000, func(r *Request) { r.OtherNodes = Count(61) }),
			"map[cores:{vCPU 530 532} standardDSv3Family:{vCPU 530 532}]", "129 nodes, /24, /16",
		},
		"a quota of GPUs that a stated type has none of": {
			on("gcp", "2024-03", 100, func(r *Request) {
				specs("g2-standard-9", spec(nil))(r)
				r.MachineTypes = MachineTypes{Coderd: Known("g2-standard-9"), Provisioner: Known("g2-standard-9"), Workspace: Known("g2-standard-9")}
			}),
			"map[CPUS_ALL_REGIONS:{vCPU 80 88}]", "11 nodes, /28, /20",
		},
		// 13 workspaces and 3 daemons fill two interfaces of 14, with one to spare: 45 addresses each.
		"other nodes run the daemons too": {
			on("aws", "2024-03", 100, func(r *Request) {
				r.MachineTypes.Workspace, r.Packing = Known("m5.2xlarge"), Known("schedulable")
				r.WorkspaceRequest.MemoryGiB, r.OtherNodes = Decimal("2.2"), Count(11)
			}),
			"map[L-1216C47A:{vCPU 82 84}]", "23 nodes, /21, /-",
		},
		"a pool that runs nothing now counts at its largest": {
			on("azure", "2026-01", 100, func(r *Request) {
				everybody := fixed(60, kindRequests("0.5", "2"))
				everybody.MachineType = Known("Standard_E8s_v5")
				r.WorkspaceKinds = Known(map[string]WorkspaceKind{"all": everybody})
			}),
			"map[cores:{vCPU 124 148} standardDSv5Family:{vCPU 84 108} standardESv5Family:{vCPU 40 40}]", "20 nodes, /27, /19",
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := mustSize(t, test.request)
			if got := fmt.Sprint(f.ComputeQuotas); got != test.quotas {
				t.Errorf("\n got %s\nwant %s\n%s", got, test.quotas, fleetLine(f))
			}
			if got := addressLine(f); got != test.addresses {
				t.Errorf("\n got %s\nwant %s", got, test.addresses)
			}
		})
	}
}

// What the surroundings warn of, each about the pools that it concerns.
func TestWarningsAround(t *testing.T) {
	unknown := fixed(1, kindRequests("1", "4"))
	unknown.MachineType = Known("x9.2xlarge")
	idle := unknown
	idle.Workspaces = Count(0)
	// Of 5 vCPU a machine of 8 takes one.
	alone := func(nodes int64) Request {
		kind := fixed(nodes, kindRequests("5", "4"))
		kind.MachineType = Known("n2-standard-8")
		return on("gcp", "2026-01", 3000, kinds(map[string]WorkspaceKind{"alone": kind}))
	}
	for name, test := range map[string]struct {
		request Request
		want    string
	}{
		"450 nodes in a zone": { // 715 at most
			on("aws", "2026-01", 10_000, nil), "pool_node_limit[workspace]",
		},
		"450 nodes in two zones": {on("aws", "2026-01", 10_000, func(r *Request) { r.Zones = Count(2) }), "zones_round_up[workspace]"},
		"1,000 nodes in a zone": {
			on("gcp", "2024-03", 3000, func(r *Request) { r.Packing, r.WorkspaceRequest.MemoryGiB = Known("schedulable"), Count(9) }),
			"capacity_mismatch[coderd] database_replicas_retracted pool_node_limit[workspace]",
		},
		"a pool of as many as it takes": {alone(1000), ""},
		"a pool of one more":            {alone(1001), "pool_node_limit[alone]"},
		"a trial":                       {on("gcp", "2026-01", 15, func(r *Request) { r.CoderdReplicas, r.ColocateProvisioners = Count(1), Known(true) }), "below_reference"},
		"a quota that nobody knows": {on("aws", "2026-01", 100, func(r *Request) {
			specs("x9.2xlarge", spec(nil))(r)
			kinds(map[string]WorkspaceKind{"next": unknown})(r)
		}), "quota_unknown[next]"},
		"no nodes, no quota": {on("aws", "2026-01", 100, func(r *Request) { specs("x9.2xlarge", spec(nil))(r); kinds(map[string]WorkspaceKind{"next": idle})(r) }), ""},
		"a stated type without the GPUs that its quota counts": {on("gcp", "2026-01", 100, func(r *Request) {
			specs("g2-standard-9", spec(nil))(r)
			r.MachineTypes.Workspace = Known("g2-standard-9")
		}), ""},
		"a stated type whose name is in the file": {on("gcp", "2026-01", 100, func(r *Request) {
			specs("n2-standard-9", spec(nil))(r)
			r.MachineTypes.Workspace = Known("n2-standard-9")
		}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := warned(mustSize(t, test.request)); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}
