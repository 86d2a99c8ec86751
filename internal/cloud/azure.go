// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"cmp"
	"io/fs"
	"math"
	"slices"
	"strings"
)

// azure is Microsoft Azure: AKS from Kubernetes 1.29 on without node
// hardening, and Azure Database for PostgreSQL, flexible server.
type azure struct{}

func (azure) Name() Name         { return Azure }
func (azure) Kubernetes() string { return "AKS" }

func (azure) OtherNames() []string {
	return []string{"azurerm", "azapi", "microsoft", "microsoftazure", "msazure", "az", "arm", "aks"}
}

// Family of Standard_D8s_v5 is Standard_D<n>s_v5.
func (azure) Family(machineType string) string {
	isDigit := func(r rune) bool { return r >= '0' && r <= '9' }
	from := strings.IndexFunc(machineType, isDigit)
	if from < 0 {
		return machineType
	}
	rest := strings.TrimLeftFunc(machineType[from:], isDigit)
	return machineType[:from] + "<n>" + rest
}

func (azure) CommonFamilies() []string {
	return []string{"Standard_D<n>s_v5", "Standard_E<n>s_v5", "Standard_F<n>s_v2"}
}

// PodLimits: 110 is our recommendation. What AKS sets by itself depends on the
// cluster's network: 250 for overlay, 110 for a pod subnet, 30 for the node
// subnet; so a pool's max_pods is to be wired from the answer.
// Source: learn.microsoft.com/azure/aks/azure-cni-overview.
func (azure) PodLimits(m *Machine) PodLimits {
	return PodLimits{Default: cmp.Or(m.DefaultPods, 110), Minimum: 10, Maximum: 250}
}

// Stated attaches what the disk driver counts for a size that it does not know.
func (azure) Stated(spec Spec) *Machine {
	m := spec.machine(Azure, 16)
	m.DefaultPods = orElse(spec.MaxPods, 0)
	return m
}

// StatedPods are those that a pool can be set to.
func (azure) StatedPods() (minimum, maximum int64) { return 10, 250 }

// PoolNames are what AKS takes of a Linux pool.
// Source: MicrosoftDocs/azure-aks-docs fb060abe, articles/aks/create-node-pools.md.
func (azure) PoolNames() PoolNames { return PoolNames{MaxLength: 12} }

// MaxNodesPerPool counts those that an upgrade adds too.
// Source: learn.microsoft.com/azure/aks/quotas-skus-regions.
func (azure) MaxNodesPerPool() (nodes int64, quota string) { return 1000, "" }

// Prefixes are those of an overlay network: the subnet holds the nodes, of
// which the cloud keeps 5 addresses, and every node takes a /24 of the pod
// range, whatever its pod limit: 128 nodes are a /17, 251 nodes a subnet of /24.
// Source: learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay.
func (azure) Prefixes(pools []NodeGroup, others NodeGroup) Prefixes {
	nodes := nodesIn(pools) + others.Nodes
	return nodesAndPods(prefix(nodes+5, shortestPrefix, 32), prefix(256*nodes, shortestPrefix, 24))
}

// azureKernel is what real nodes lost, by nominal memory: the size decides, not
// the family.
var azureKernel = builtIn(func(folder fs.FS) (map[int64]int64, error) {
	measured := map[int64]int64{}
	_, _, err := readTable(folder, "machines/azure_kernel.csv", []string{"memory_mib", "kernel_mib"}, func(r *row) int64 {
		kernel := r.count(1)
		measured[r.count(0)] = kernel
		return kernel
	})
	return measured, err
})

// KernelMiB is measured for the common sizes and a line above all measured
// ones for the others. Newest node that shows it: Standard_B8ms, January 2026.
func (azure) KernelMiB(m *Machine) int64 {
	if measured, ok := azureKernel()[m.MemoryMiB]; ok {
		return measured
	}
	return 128 + ceilDiv(175*m.MemoryMiB, 10_000)
}

// Reserved grows with the pod limit: the lesser of 20 MiB a pod and 50, and a
// quarter of the nominal memory. The page says MB; nodes keep MiB.
// Source: learn.microsoft.com/azure/aks/node-resource-reservations.
// Newest node that shows it: Standard_B8ms, January 2026.
func (azure) Reserved(m *Machine, maxPods int64) Reserved {
	cpu := progressive(m.VCPU, []bracket{{1, 6000}, {2, 4000}, {4, 2000}, {math.MaxInt64, 1000}}) / 100
	return Reserved{
		CPUMillicores: cpu,
		MemoryMiB:     min(20*maxPods+50, m.MemoryMiB/4),
		EvictionMiB:   100,
	}
}

// Daemons of a default cluster of 2025 or 2026: kube-proxy 100m, ip-masq 100m
// and 50 MiB, azure-cns 40m and 250, cloud-node-manager 50m and 50, the disk
// and file drivers 30m and 60 each.
func (azure) Daemons() Daemons { return Daemons{CPUMillicores: 350, MemoryMiB: 470, Pods: 6} }

// CountsAllRegions of none: a subscription's quotas are those of a region.
func (azure) CountsAllRegions(string) bool { return false }

var flexibleServerSizes = builtIn(func(folder fs.FS) (*databaseClasses, error) {
	return loadDatabases(folder, azure{}, flexibleServerSKU)
})

// flexibleServerSKU puts before a size what azurerm wants there: MO for memory
// optimised, GP for general purpose.
func flexibleServerSKU(machineType string) string {
	if strings.HasPrefix(machineType, "Standard_E") {
		return "MO_" + machineType
	}
	return "GP_" + machineType
}

func (azure) Database(machineType string) (Database, bool) {
	db, ok := flexibleServerSizes().byName[machineType]
	return db, ok
}

func (a azure) LargerDatabase(like Database, vcpu int64) (Database, bool) {
	return flexibleServerSizes().larger(a.Family(like.MachineType), vcpu)
}

func (a azure) LargestDatabase(like Database) Database {
	return flexibleServerSizes().largest(a.Family(like.MachineType))
}

// flexibleServerStorageGB are the sizes a flexible server starts with. The
// provider also takes 4193280 MB, which is no step of a tier and never chosen.
// Source: hashicorp/terraform-provider-azurerm v5.2.0, internal/services/postgres.
var flexibleServerStorageGB = []int64{32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_767}

func (azure) Storage(gb int64) (int64, bool) {
	i, _ := slices.BinarySearch(flexibleServerStorageGB, gb)
	if i == len(flexibleServerStorageGB) {
		return 0, false
	}
	return flexibleServerStorageGB[i], true
}

func (azure) LargestStorageGB() int64 {
	return flexibleServerStorageGB[len(flexibleServerStorageGB)-1]
}
