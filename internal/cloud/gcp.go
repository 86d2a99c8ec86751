// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"cmp"
	"math"
	"strconv"
	"strings"
)

// gcp is Google Cloud: GKE and Cloud SQL for PostgreSQL.
type gcp struct{}

func (gcp) Name() Name         { return GCP }
func (gcp) Kubernetes() string { return "GKE" }

func (gcp) OtherNames() []string {
	return []string{"google", "googlecloud", "googlecloudplatform", "googlebeta", "gcloud", "gce", "gke"}
}

// Family of n4-standard-8 is n4-standard-<n>; c3-standard-8-lssd is of the
// family that it is named after, c3-standard-<n>.
func (gcp) Family(machineType string) string {
	series, rest, _ := strings.Cut(machineType, "-")
	class, _, sized := strings.Cut(rest, "-")
	if !sized {
		return machineType
	}
	return series + "-" + class + "-<n>"
}

func (gcp) CommonFamilies() []string {
	return []string{"e2-standard-<n>", "n2-standard-<n>", "n2-highmem-<n>", "n2-highcpu-<n>"}
}

// PodLimits: 110 unless set when the pool is made, 8 to 256.
// Source: cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr.
func (gcp) PodLimits(m *Machine) PodLimits {
	return PodLimits{Default: cmp.Or(m.DefaultPods, gkeDefaultPods), Minimum: 8, Maximum: 256}
}

const gkeDefaultPods = 110

// Stated attaches what a machine of most families does.
func (gcp) Stated(spec Spec) *Machine {
	m := spec.machine(GCP, 127)
	m.DefaultPods = orElse(spec.MaxPods, 0)
	return m
}

// StatedPods are those that a pool can be set to.
func (gcp) StatedPods() (minimum, maximum int64) { return 8, 256 }

// PoolNames leaves room for what modules put around the name of a pool, which
// may have 40 characters.
// Source: hashicorp/terraform-provider-google e03b7622, google/services/container.
func (gcp) PoolNames() PoolNames { return PoolNames{MaxLength: 20, Hyphens: true} }

// MaxNodesPerPool is for each zone of a pool.
// Source: cloud.google.com/kubernetes-engine/quotas.
func (gcp) MaxNodesPerPool() (nodes int64, quota string) { return 1000, "" }

// Prefixes: of a subnet the cloud keeps 4 addresses, and it is a /29 at the
// smallest: 252 nodes are a /24, 253 a /23. Every node takes a block of the pod
// range, the next power of two of twice its pod limit: 12 nodes of 110 pods
// take 3,072 addresses, a /20. The range is a /24 at the smallest.
// Source: cloud.google.com/kubernetes-engine/docs/concepts/alias-ips.
func (gcp) Prefixes(pools []NodeGroup, others NodeGroup) Prefixes {
	pods := others.Nodes * gkePodBlock(gkeDefaultPods)
	for _, g := range pools {
		pods += g.Nodes * gkePodBlock(g.MaxPods)
	}
	return nodesAndPods(prefix(nodesIn(pools)+others.Nodes+4, shortestPrefix, 29), prefix(pods, shortestPrefix, 24))
}

// gkePodBlock: 110 pods take 256 addresses, 129 to 256 take 512.
func gkePodBlock(maxPods int64) int64 { return 1 << log2(2*maxPods) }

// KernelMiB follows kubernetes/autoscaler 55c37cd5,
// cloudprovider/gce/gce_reserved.go, and adds what newer images lose beside:
// 24 MiB, on Arm 72. Newest node that shows it: n2-standard-16, July 2026.
func (gcp) KernelMiB(m *Machine) int64 {
	loss := m.MemoryMiB/64 + 16 + min(ceilDiv(175*m.MemoryMiB, 100_000), 248) + 24
	if m.Architecture == ARM64 {
		loss += 48
	}
	if m.MemoryMiB > 3072 {
		loss += 64
	}
	if m.MemoryMiB <= 8192 {
		loss += 8
	}
	return loss
}

// gkeMemory has its edges where real nodes show them; the vendor's page speaks
// of 4, 8, 16 and 128 GiB, which would keep up to 162 MiB more.
var gkeMemory = []bracket{{4000, 25}, {8000, 20}, {16_000, 10}, {128_000, 6}, {math.MaxInt64, 2}}

// Reserved holds for GKE up to 1.36.
// Source: cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes.
// Newest node that shows it: n2-standard-16 and n2-standard-64, July 2026.
func (gcp) Reserved(m *Machine, _ int64) Reserved {
	memory := progressive(m.MemoryMiB, gkeMemory) / 100
	if m.MemoryMiB < 1024 {
		memory = 255
	}
	return Reserved{CPUMillicores: commonCPUReserved(m.VCPU), MemoryMiB: memory, EvictionMiB: 100}
}

// commonCPUReserved is GKE's and EKS' rule: 6 % of the first core, 1 % of the
// second, 0.5 % of the third and fourth, 0.25 % of each further core; a part of
// a millicore counts whole. 2 cores keep 70m, 8 keep 90m.
func commonCPUReserved(vcpu int64) int64 {
	return ceilDiv(progressive(vcpu, []bracket{{1, 6000}, {2, 1000}, {4, 500}, {math.MaxInt64, 250}}), 100)
}

// Daemons of a default cluster of 2025 or 2026: fluentbit 105m and 230 MiB,
// metrics agent 21m and 155, kube-proxy 100m, the disk driver 10m and 20,
// managed Prometheus 5m and 34.
func (gcp) Daemons() Daemons { return Daemons{CPUMillicores: 241, MemoryMiB: 439, Pods: 5} }

// CountsAllRegions of what is the project's: its name ends so.
func (gcp) CountsAllRegions(quota string) bool { return strings.HasSuffix(quota, "_ALL_REGIONS") }

// cloudSQL bounds Cloud SQL's custom tiers.
// Source: cloud.google.com/sql/docs/postgres/create-instance.
const (
	cloudSQLMaxVCPU      = 96
	cloudSQLMemoryStepMB = 256
	cloudSQLMinMemoryMB  = 3840
	cloudSQLMinStorageGB = 10
	cloudSQLMaxStorageGB = 65_536
	// Custom tiers exist in ENTERPRISE only; PostgreSQL 16 and later default to
	// ENTERPRISE_PLUS, which refuses them:
	// hashicorp/terraform-provider-google#20498.
	cloudSQLEdition = "ENTERPRISE"
)

// Database reads a tier such as db-custom-2-7680: 1 or an even number of vCPU
// up to 96, memory in steps of 256 MB, 0.9 to 6.5 GB a vCPU.
func (gcp) Database(machineType string) (Database, bool) {
	cpus, megabytes, _ := strings.Cut(strings.TrimPrefix(machineType, "db-custom-"), "-")
	vcpu, err := strconv.ParseInt(cpus, 10, 64)
	if err != nil {
		return Database{}, false
	}
	memory, err := strconv.ParseInt(megabytes, 10, 64)
	if err != nil {
		return Database{}, false
	}
	db := cloudSQL(vcpu, memory)
	legal := (vcpu == 1 || vcpu >= 2 && vcpu%2 == 0) && vcpu <= cloudSQLMaxVCPU &&
		memory >= cloudSQLMinMemoryMB && memory%cloudSQLMemoryStepMB == 0 &&
		memory*10 >= vcpu*9*1024 && memory*10 <= vcpu*65*1024
	return db, legal && db.MachineType == machineType
}

func cloudSQL(vcpu, memoryMB int64) Database {
	name := "db-custom-" + strconv.FormatInt(vcpu, 10) + "-" + strconv.FormatInt(memoryMB, 10)
	return Database{
		MachineType: name, SKU: name, Architecture: AMD64, VCPU: vcpu, MemoryMiB: memoryMB,
		CloudSQLEdition: cloudSQLEdition,
	}
}

// LargerDatabase keeps the memory of each vCPU; vCPU are even.
func (gcp) LargerDatabase(like Database, vcpu int64) (Database, bool) {
	vcpu += vcpu % 2
	if vcpu > cloudSQLMaxVCPU {
		return Database{}, false
	}
	memory := ceilDiv(like.MemoryMiB*vcpu, like.VCPU)
	return cloudSQL(vcpu, ceilDiv(memory, cloudSQLMemoryStepMB)*cloudSQLMemoryStepMB), true
}

func (g gcp) LargestDatabase(like Database) Database {
	largest, _ := g.LargerDatabase(like, cloudSQLMaxVCPU)
	return largest
}

func (gcp) Storage(gb int64) (int64, bool) {
	return max(gb, cloudSQLMinStorageGB), gb <= cloudSQLMaxStorageGB
}

func (gcp) LargestStorageGB() int64 { return cloudSQLMaxStorageGB }
