// SPDX-License-Identifier: MPL-2.0

package report_test

import (
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// fleet is a hand-made answer, with the totals that follow from the rest.
func fleet(f sizing.Fleet) *sizing.Fleet {
	for _, pool := range f.Pools() {
		nodes := pool.NodeCount * pool.Regions
		f.Totals.NodeCount += nodes
		f.Totals.VCPU += nodes * pool.VCPU
		f.Totals.MemoryMiB += nodes * pool.MemoryMiB
	}
	return &f
}

// fixed is a pool of one size: its three counts are equal.
func fixed(machineType string, vcpu, memoryMiB, nodes, podsPerNode, pods int64) sizing.NodePool {
	return sizing.NodePool{
		MachineType: machineType, Architecture: "amd64", VCPU: vcpu, MemoryMiB: memoryMiB,
		NodeCount: nodes, MinNodeCount: nodes, MaxNodeCount: nodes, NodeCountPerZone: nodes,
		MaxNodeCountPerZone: nodes, PodVolumes: 1,
		PodsPerNode: podsPerNode, Pods: pods, SchedulablePodsPerNode: podsPerNode, LimitedBy: "memory",
	}
}

// bounded is a pool with bounds.
func bounded(pool sizing.NodePool, from, to int64) sizing.NodePool {
	pool.MinNodeCount, pool.MaxNodeCount = from, to
	return pool
}

// schedulable is a pool of which Kubernetes places another number per node.
func schedulable(pool sizing.NodePool, pods int64, limitedBy sizing.Limit) sizing.NodePool {
	pool.SchedulablePodsPerNode, pool.LimitedBy = pods, limitedBy
	return pool
}

// requesting is a pool with the request of one pod, which is its memory limit
// too.
func requesting(pool sizing.NodePool, cpuMillicores, memoryMiB int64) sizing.NodePool {
	pool.PodRequest = sizing.PodRequest{CPUMillicores: cpuMillicores, MemoryMiB: memoryMiB}
	pool.PodLimits = sizing.PodLimits{MemoryMiB: &memoryMiB}
	return pool
}

// guaranteed is a pool whose pods have their whole request as limits.
func guaranteed(pool sizing.NodePool, cpuMillicores, memoryMiB int64) sizing.NodePool {
	pool = requesting(pool, cpuMillicores, memoryMiB)
	pool.PodLimits.CPUMillicores = &cpuMillicores
	return pool
}

// kindOf is a kind of workspaces on a machine type, with what one requests.
func kindOf(kind sizing.WorkspaceKind, machineType string, cpu, memoryGiB, gpus int64) sizing.WorkspaceKind {
	kind.MachineType = sizing.Known(machineType)
	kind.Requests = sizing.KindRequests{CPU: sizing.Count(cpu), MemoryGiB: sizing.Count(memoryGiB), GPUs: sizing.Count(gpus)}
	return kind
}

func limits(cpu, memoryGiB int64) sizing.WorkspaceLimits {
	return sizing.WorkspaceLimits{CPU: sizing.Count(cpu), MemoryGiB: sizing.Count(memoryGiB)}
}

func warnings(codes ...sizing.WarningCode) []sizing.Warning {
	list := make([]sizing.Warning, 0, len(codes))
	for _, code := range codes {
		list = append(list, sizing.Warning{Code: code})
	}
	return list
}

// sized is a real answer.
func sized(tb testing.TB, request sizing.Request) *sizing.Fleet {
	tb.Helper()
	fleet, faults := sizing.Size(request)
	if len(faults) > 0 {
		tb.Fatalf("%v", faults)
	}
	return fleet
}

// gcp1000 is the published row for 1,000 users on GKE.
func gcp1000() *sizing.Fleet {
	return fleet(sizing.Fleet{
		Used: sizing.Used{
			Edition: "2024-03", Zones: 1, Packing: "published", ConcurrentWorkspaces: 1000, ConcurrentBuilds: 60,
		},
		Users: 1000, Cloud: "gcp", NewestEdition: "2026-01", InValidatedRange: true,
		Tier:        sizing.Tier{TierRow: sizing.TierRow{Name: "1k", Users: 1000}},
		Coderd:      requesting(bounded(fixed("n1-standard-2", 2, 7680, 1, 1, 1), 1, 2), 1510, 4384),
		Provisioner: requesting(fixed("t2d-standard-8", 8, 32768, 2, 30, 60), 230, 832),
		Workspace:   schedulable(bounded(fixed("t2d-standard-8", 8, 32768, 64, 16, 1000), 1, 64), 13, "memory"),
		Database: sizing.Database{
			MachineType: "db-custom-2-7680", SKU: "db-custom-2-7680", VCPU: 2, MemoryMiB: 7680,
			NodeCount: 1, StorageGB: 512, WantedStorageGB: 512,
		},
		Warnings: warnings(sizing.WarnUnschedulablePacking, sizing.WarnNewerEdition),
	})
}

// widest is the largest tier on the longest names there are, with proxies, in
// the edition that limits the CPU of pods.
func widest() *sizing.Fleet {
	proxy := fixed("Standard_D8s_v5", 8, 32768, 10, 1, 10)
	return fleet(sizing.Fleet{
		Used: sizing.Used{
			Edition: "2026-01", Zones: 1, Packing: "published", HighAvailability: true, ConcurrentWorkspaces: 6000, ConcurrentBuilds: 600, ProxyRegions: 2,
		},
		Users: 10000, Cloud: "azure", NewestEdition: "2026-01", InValidatedRange: true, WorkspaceProxy: &proxy,
		Tier:        sizing.Tier{TierRow: sizing.TierRow{Name: "10k", Users: 10000, HighAvailability: true}},
		Coderd:      guaranteed(fixed("Standard_D128lds_v6", 128, 262144, 10, 1, 10), 4000, 12288),
		Provisioner: guaranteed(fixed("Standard_E104ids_v5", 104, 688128, 6, 101, 600), 1000, 1024),
		Workspace:   bounded(fixed("Standard_D8s_v5", 8, 32768, 429, 14, 6000), 1, 715),
		Database: sizing.Database{
			MachineType: "Standard_D64ds_v5", SKU: "GP_Standard_D64ds_v5", VCPU: 64, MemoryMiB: 262144,
			NodeCount: 1, StorageGB: 8192, WantedStorageGB: 5120,
		},
	})
}

// kindsWidest is the largest tier on the longest names of machines and kinds:
// the table fits by its narrower head alone.
func kindsWidest() *sizing.Fleet {
	f := widest()
	f.WorkspacePools = map[string]sizing.NodePool{}
	for i, name := range []string{"aa", "workspace5", "dozenletters", "zz"} {
		pool := bounded(fixed("Standard_ND128isr_GB300_v6", 128, 2_097_152, 100, 8, 800), 3, 1000+int64(i))
		pool.GPUs, pool.PodGPUs = 8, 1
		f.WorkspacePools[name] = pool
	}
	f.Totals = sizing.Totals{}
	return fleet(*f)
}

// billion is the largest load there can be: too wide for a table.
func billion() *sizing.Fleet {
	return fleet(sizing.Fleet{
		Used: sizing.Used{
			Edition: "2026-01", Zones: 3, Packing: "schedulable", HighAvailability: true, ConcurrentWorkspaces: 1_000_000_000, ConcurrentBuilds: 60_000_000,
		},
		Users: 1_000_000_000, Cloud: "gcp", NewestEdition: "2026-01", Beyond: &sizing.Extrapolation{Quantity: "users", Value: 1_000_000_000, Limit: 10_000},
		Tier:        sizing.Tier{TierRow: sizing.TierRow{Name: "10k", Users: 10000, HighAvailability: true}},
		Coderd:      guaranteed(fixed("n4-standard-8", 8, 32768, 1_000_000, 1, 1_000_000), 4000, 12288),
		Provisioner: guaranteed(fixed("n4-standard-8", 8, 32768, 8_571_429, 7, 60_000_000), 1000, 1024),
		Workspace:   bounded(fixed("n4-standard-8", 8, 32768, 76_923_077, 13, 1_000_000_000), 3, 76_923_077),
		Database: sizing.Database{
			MachineType: "db-custom-96-368640", SKU: "db-custom-96-368640", VCPU: 96, MemoryMiB: 368640,
			NodeCount: 1, StorageGB: 65536, WantedStorageGB: 65536,
		},
		Warnings: warnings(sizing.WarnBeyondValidatedRange),
	})
}
