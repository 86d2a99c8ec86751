package report_test

import (
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// fleet is a hand-made answer, with the totals that follow from the rest.
func fleet(f sizing.Fleet) *sizing.Fleet {
	for _, pool := range f.Pools() {
		nodes := pool.NodeCount
		if pool.Role == sizing.RoleWorkspaceProxy {
			nodes *= f.ProxyRegions
		}
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

// requesting is a pool with the request of one pod.
func requesting(pool sizing.NodePool, cpuMillicores, memoryMiB int64) sizing.NodePool {
	pool.PodRequest = sizing.PodRequest{CPUMillicores: cpuMillicores, MemoryMiB: memoryMiB}
	return pool
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
		Users: 1000, Cloud: "gcp", NewestEdition: "2026-01", InValidatedRange: true, VolumesPerWorkspace: 1,
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
			Edition: "2026-01", Zones: 1, Packing: "published", HighAvailability: true, ConcurrentWorkspaces: 6000, ConcurrentBuilds: 600,
		},
		Users: 10000, Cloud: "azure", NewestEdition: "2026-01", InValidatedRange: true, VolumesPerWorkspace: 1, LimitPodCPU: true, ProxyRegions: 2, WorkspaceProxy: &proxy,
		Tier:        sizing.Tier{TierRow: sizing.TierRow{Name: "10k", Users: 10000, HighAvailability: true}},
		Coderd:      requesting(fixed("Standard_D128lds_v6", 128, 262144, 10, 1, 10), 4000, 12288),
		Provisioner: requesting(fixed("Standard_E104ids_v5", 104, 688128, 6, 101, 600), 1000, 1024),
		Workspace:   bounded(fixed("Standard_D8s_v5", 8, 32768, 429, 14, 6000), 1, 715),
		Database: sizing.Database{
			MachineType: "Standard_D64ds_v5", SKU: "GP_Standard_D64ds_v5", VCPU: 64, MemoryMiB: 262144,
			NodeCount: 1, StorageGB: 8192, WantedStorageGB: 5120,
		},
	})
}

// billion is the largest load there can be: too wide for a table.
func billion() *sizing.Fleet {
	return fleet(sizing.Fleet{
		Used: sizing.Used{
			Edition: "2026-01", Zones: 3, Packing: "schedulable", HighAvailability: true, ConcurrentWorkspaces: 1_000_000_000, ConcurrentBuilds: 60_000_000,
		},
		Users: 1_000_000_000, Cloud: "gcp", NewestEdition: "2026-01", VolumesPerWorkspace: 1, LimitPodCPU: true, Beyond: &sizing.Extrapolation{Quantity: "users", Value: 1_000_000_000, Limit: 10_000},
		Tier:        sizing.Tier{TierRow: sizing.TierRow{Name: "10k", Users: 10000, HighAvailability: true}},
		Coderd:      requesting(fixed("n4-standard-8", 8, 32768, 1_000_000, 1, 1_000_000), 4000, 12288),
		Provisioner: requesting(fixed("n4-standard-8", 8, 32768, 8_571_429, 7, 60_000_000), 1000, 1024),
		Workspace:   bounded(fixed("n4-standard-8", 8, 32768, 76_923_077, 13, 1_000_000_000), 3, 76_923_077),
		Database: sizing.Database{
			MachineType: "db-custom-96-368640", SKU: "db-custom-96-368640", VCPU: 96, MemoryMiB: 368640,
			NodeCount: 1, StorageGB: 65536, WantedStorageGB: 65536,
		},
		Warnings: warnings(sizing.WarnBeyondValidatedRange),
	})
}
