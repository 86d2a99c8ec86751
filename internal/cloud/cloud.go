// SPDX-License-Identifier: MPL-2.0

// Package cloud holds what the clouds sell and what Kubernetes keeps of it for
// itself: machine types and the quotas they count against, the managed
// Kubernetes services' node reservations, the addresses that nodes and pods
// take, and managed PostgreSQL. One file a cloud behind the Cloud interface; a
// fourth cloud is a fourth file and its data. Memory is MiB, CPU millicores,
// storage GB as the clouds count it (GiB in truth).
package cloud

import "strings"

// Name is how configurations spell a cloud.
type Name string

// The clouds.
const (
	GCP   Name = "gcp"
	AWS   Name = "aws"
	Azure Name = "azure"
)

// Cloud is one cloud: its managed Kubernetes and its managed PostgreSQL.
type Cloud interface {
	Name() Name
	// OtherNames are what people and the cloud's own Terraform providers call it,
	// in lower-case letters and digits.
	OtherNames() []string
	// Kubernetes is the service's name, for words: GKE, EKS or AKS.
	Kubernetes() string

	// Family names the family of a machine type with a placeholder for the
	// size: n4-standard-<n>, m8i.<size>, Standard_D<n>s_v5.
	Family(machineType string) string
	// CommonFamilies are those that an example of a machine is taken from first.
	CommonFamilies() []string
	// PodLimits says how many pods a node of this type may run.
	PodLimits(m *Machine) PodLimits
	// KernelMiB is the nominal memory that the kernel does not show.
	KernelMiB(m *Machine) int64
	// Reserved is what the kubelet keeps of a node with this pod limit.
	Reserved(m *Machine, maxPods int64) Reserved
	// Stated is a machine type by what a configuration says of it; the rules of
	// this cloud's nodes hold for it.
	Stated(spec Spec) *Machine
	// StatedPods bounds the pods that a stated type may say it runs.
	StatedPods() (minimum, maximum int64)
	// PoolNames are the names that modules may give node pools.
	PoolNames() PoolNames
	// MaxNodesPerPool is how many nodes a node pool takes, on gcp in each zone.
	// The quota is the cloud's name of what raises it, empty where nothing does.
	MaxNodesPerPool() (nodes int64, quota string)
	// Prefixes are the smallest blocks that hold the pools and the other nodes
	// of a cluster. Others are described as nodes of the workspaces' pool.
	Prefixes(pools []NodeGroup, others NodeGroup) Prefixes
	// Daemons is what every node of a default cluster runs.
	Daemons() Daemons
	// CountsAllRegions reports of a quota, by its name, that it is not a region's
	// own.
	CountsAllRegions(quota string) bool

	// Database finds a PostgreSQL class by its published name.
	Database(machineType string) (Database, bool)
	// LargerDatabase is the smallest class of the same family with at least so
	// many vCPU.
	LargerDatabase(like Database, vcpu int64) (Database, bool)
	// LargestDatabase is the largest class of the same family.
	LargestDatabase(like Database) Database
	// Storage is the smallest size sold that holds gb, if there is one.
	Storage(gb int64) (int64, bool)
	// LargestStorageGB is the largest size sold.
	LargestStorageGB() int64
}

var clouds = []Cloud{gcp{}, aws{}, azure{}}

// All returns the clouds in the order in which they are listed.
func All() []Cloud { return clouds }

// Names lists the clouds as configurations spell them.
func Names() []string {
	names := make([]string, len(clouds))
	for i, c := range clouds {
		names[i] = string(c.Name())
	}
	return names
}

// ByName finds a cloud, nil where there is none of the name.
func ByName(name string) (Cloud, bool) {
	for _, c := range clouds {
		if string(c.Name()) == name {
			return c, true
		}
	}
	return nil, false
}

// PoolNames is what the name of a node pool may be: a lower-case letter, then
// lower-case letters, digits and, where allowed, hyphens, not at the end.
type PoolNames struct {
	MaxLength int
	Hyphens   bool
}

// Allow reports whether a name is such.
func (p PoolNames) Allow(name string) bool {
	allowed := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' && p.Hyphens
	}
	return name != "" && len(name) <= p.MaxLength && name[0] >= 'a' && name[0] <= 'z' && !strings.HasSuffix(name, "-") &&
		!strings.ContainsFunc(name, func(r rune) bool { return !allowed(r) })
}

// PodLimits bounds the pods of a node: what a cluster sets by itself, and what
// it can be set to.
type PodLimits struct{ Default, Minimum, Maximum int64 }

// Reserved is what the kubelet keeps of a node for itself and the system, and
// the free memory below which it evicts pods.
type Reserved struct{ CPUMillicores, MemoryMiB, EvictionMiB int64 }

// Daemons sums up what every node runs beside the pods it is bought for.
type Daemons struct{ CPUMillicores, MemoryMiB, Pods int64 }
