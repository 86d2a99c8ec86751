// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"maps"
	"slices"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
)

// Fleet is the answer: what to run for a request. Its `tfsdk` tags are the
// attribute names of the data source and of the function's result; fields
// tagged "-" are figures for the words that package report writes.
//
// Memory attributes are GiB to two decimals; a nil pointer becomes null.
type Fleet struct {
	Used

	Users int64      `tfsdk:"-"`
	Cloud cloud.Name `tfsdk:"-"`

	Tier                Tier      `tfsdk:"tier"`
	Coderd              NodePool  `tfsdk:"coderd"`
	Provisioner         NodePool  `tfsdk:"provisioner"`
	Workspace           NodePool  `tfsdk:"workspace"`
	WorkspaceProxy      *NodePool `tfsdk:"workspace_proxy"`
	Database            Database  `tfsdk:"database"`
	BuiltInProvisioners int64     `tfsdk:"built_in_provisioners"`
	// WorkspacePools has a pool for each kind, by its key.
	WorkspacePools map[string]NodePool `tfsdk:"workspace_pools"`
	Totals         Totals              `tfsdk:"totals"`
	Peak           Totals              `tfsdk:"peak"` // with every pool at its largest in every zone
	// ComputeQuotas are what the machines count against, by the cloud's name of
	// the quota.
	ComputeQuotas map[string]ComputeQuota `tfsdk:"compute_quotas"`
	Addresses     Addresses               `tfsdk:"addresses"`
	// ResourceQuota is hard of a ResourceQuota for the namespace of all
	// workspaces, everyone at work.
	ResourceQuota    map[string]string `tfsdk:"resource_quota"`
	InValidatedRange bool              `tfsdk:"in_validated_range"`

	Warnings []Warning `tfsdk:"-"` // in the order of WarningCodes

	Beyond *Extrapolation `tfsdk:"-"` // nil within the validated range

	NewestEdition   string      `tfsdk:"-"` // the newest edition there is
	CoveringEdition string      `tfsdk:"-"` // beyond the validated range, a later edition that covers the load; else ""
	BelowReference  []Shortfall `tfsdk:"-"` // what the request sets below the edition's figure
	PoolNodeLimit   int64       `tfsdk:"-"` // nodes that the cloud takes in one pool
	PoolNodeQuota   string      `tfsdk:"-"` // the quota that raises it; "" where none does
	BeyondAddresses bool        `tfsdk:"-"` // no network is large enough
	// PublishedWorkspaceMiB is the least memory that the edition counts a
	// workspace with.
	PublishedWorkspaceMiB int64 `tfsdk:"-"`
}

// Tier is the published row that answers, with the page's stance and footnotes.
type Tier struct {
	TierRow

	Notes []string `tfsdk:"notes"`
}

// TierRow is a published row: its limits and where it stands.
type TierRow struct {
	Name                 string `tfsdk:"name"`
	Users                int64  `tfsdk:"users"`
	APIRPS               *int64 `tfsdk:"api_rps"` // nil where the edition publishes none
	ConcurrentWorkspaces int64  `tfsdk:"concurrent_workspaces"`
	ConcurrentBuilds     int64  `tfsdk:"concurrent_builds"`
	HighAvailability     bool   `tfsdk:"high_availability"`
	SourceURL            string `tfsdk:"source_url"`
	SourceCommit         string `tfsdk:"source_commit"`
}

// NodePool is one role's nodes.
type NodePool struct {
	MachineType            string             `tfsdk:"machine_type"`
	Architecture           cloud.Architecture `tfsdk:"architecture"`
	Burstable              bool               `tfsdk:"burstable"`
	VCPU                   int64              `tfsdk:"vcpu"`
	MemoryGiB              float64            `tfsdk:"memory_gib"` // of one node, by the cloud's specification
	NodeCount              int64              `tfsdk:"node_count"`
	MinNodeCount           int64              `tfsdk:"min_node_count"`
	MaxNodeCount           int64              `tfsdk:"max_node_count"`
	NodeCountPerZone       int64              `tfsdk:"node_count_per_zone"`
	MinNodeCountPerZone    int64              `tfsdk:"min_node_count_per_zone"`
	MaxNodeCountPerZone    int64              `tfsdk:"max_node_count_per_zone"`
	PodsPerNode            int64              `tfsdk:"pods_per_node"`
	Pods                   int64              `tfsdk:"pods"`
	SchedulablePodsPerNode int64              `tfsdk:"schedulable_pods_per_node"`
	LimitedBy              Limit              `tfsdk:"limited_by"`
	// SchedulableCPUMillicores and SchedulableMemoryMiB are what a node has for
	// the role's pods: a pod that requests just this keeps one node warm.
	SchedulableCPUMillicores int64          `tfsdk:"schedulable_cpu_millicores"`
	SchedulableMemoryMiB     int64          `tfsdk:"schedulable_memory_mib"`
	MaxPodsPerNode           int64          `tfsdk:"max_pods_per_node"`
	MaxVolumesPerNode        int64          `tfsdk:"max_volumes_per_node"`
	PodRequest               PodRequest     `tfsdk:"pod_request"`
	GPUs                     int64          `tfsdk:"gpus"` // of one node
	PodLimits                PodLimits      `tfsdk:"pod_limits"`
	Overcommit               Overcommit     `tfsdk:"overcommit"`
	Published                *PublishedPool `tfsdk:"published"` // nil where the edition publishes no such pool
	Basis                    Basis          `tfsdk:"basis"`

	MemoryMiB  int64 `tfsdk:"-"` // of one node, exact
	MostPods   int64 `tfsdk:"-"` // of workspaces: those that run with everybody at work
	PodVolumes int64 `tfsdk:"-"` // disks that one pod attaches
	PodGPUs    int64 `tfsdk:"-"` // GPUs that one pod requests

	machine *cloud.Machine `tfsdk:"-"`
}

// PodRequest is what one pod of a role requests.
type PodRequest struct {
	CPUMillicores int64 `tfsdk:"cpu_millicores"`
	MemoryMiB     int64 `tfsdk:"memory_mib"`
}

// PodLimits is what one pod may use at most; nil where there is no limit.
type PodLimits struct {
	CPUMillicores *int64 `tfsdk:"cpu_millicores"`
	MemoryMiB     *int64 `tfsdk:"memory_mib"`
}

// Overcommit is what the pods of a full node may use over what it has for them,
// to two decimals; nil where there is no limit.
type Overcommit struct {
	CPU    *float64 `tfsdk:"cpu"`
	Memory *float64 `tfsdk:"memory"`
}

// PublishedPool is a role's row on the vendor's page as it stands; nil is a
// cell the page does not have. MemoryGB is the page's own word.
type PublishedPool struct {
	VCPU         int64  `tfsdk:"vcpu"`
	MemoryGB     int64  `tfsdk:"memory_gb"`
	MinNodeCount *int64 `tfsdk:"min_node_count"`
	MaxNodeCount *int64 `tfsdk:"max_node_count"`
	PodsPerNode  *int64 `tfsdk:"pods_per_node"`
}

// Database is the managed PostgreSQL.
type Database struct {
	MachineType      string             `tfsdk:"machine_type"`
	SKU              string             `tfsdk:"sku"`
	CloudSQLEdition  *string            `tfsdk:"cloud_sql_edition"`
	Architecture     cloud.Architecture `tfsdk:"architecture"`
	Burstable        bool               `tfsdk:"burstable"`
	VCPU             int64              `tfsdk:"vcpu"`
	MemoryGiB        float64            `tfsdk:"memory_gib"`
	NodeCount        int64              `tfsdk:"node_count"`
	HighAvailability bool               `tfsdk:"high_availability"`
	StorageGB        int64              `tfsdk:"storage_gb"`
	StorageMB        int64              `tfsdk:"storage_mb"`
	MaxStorageGB     int64              `tfsdk:"max_storage_gb"`
	MaxConnections   int64              `tfsdk:"max_connections"`
	Published        PublishedDatabase  `tfsdk:"published"`
	Basis            Basis              `tfsdk:"basis"`

	MemoryMiB       int64 `tfsdk:"-"`
	WantedStorageGB int64 `tfsdk:"-"` // before rounding up to what the cloud sells
}

// PublishedDatabase is the database's row on the vendor's page as it stands.
type PublishedDatabase struct {
	VCPU      int64  `tfsdk:"vcpu"`
	MemoryGB  int64  `tfsdk:"memory_gb"`
	NodeCount int64  `tfsdk:"node_count"`
	StorageGB *int64 `tfsdk:"storage_gb"` // nil where the edition publishes none
}

// Totals adds up all node pools, at node_count or at their largest; the database
// is not in it.
type Totals struct {
	NodeCount int64   `tfsdk:"node_count"`
	VCPU      int64   `tfsdk:"vcpu"`
	MemoryGiB float64 `tfsdk:"memory_gib"`

	MemoryMiB int64 `tfsdk:"-"` // exact
}

// ComputeQuota is what a fleet takes of a quota, in vCPU or GPU.
type ComputeQuota struct {
	Unit   cloud.QuotaUnit `tfsdk:"unit"`
	Needed int64           `tfsdk:"needed"` // at node_count
	Peak   int64           `tfsdk:"peak"`   // with every pool at its largest
}

// Addresses are what the network has to hold: the lengths of the longest
// prefixes of blocks that are large enough.
type Addresses struct {
	NodeCount        int64  `tfsdk:"node_count"`         // every pool at its largest, proxies aside
	NodePrefixLength *int64 `tfsdk:"node_prefix_length"` // nil where no network is large enough
	PodPrefixLength  *int64 `tfsdk:"pod_prefix_length"`  // nil too where pods take addresses of the nodes
}

// Warning is something that changes the answer and that the user should know.
// Package report words it.
type Warning struct {
	Code     WarningCode
	Subjects []Subject // what it is about, in the order of Pools, then the database
}

// Shortfall is a figure that the request sets below the edition's.
type Shortfall struct {
	Argument  string // such as "pod_requests.coderd.cpu"
	Used      int64
	Published int64
	Unit      Unit
}

// Unit is what a figure counts.
type Unit string

// The units of shortfalls.
const (
	UnitPods       Unit = "pods"
	UnitMillicores Unit = "millicores"
	UnitMiB        Unit = "MiB"
)

// Extrapolation says by how much a load exceeds the largest tier: the quantity
// that exceeds its limit most.
type Extrapolation struct {
	Quantity string // the argument, such as "users"
	Value    int64
	Limit    int64
}

// Role is one part of a Coder deployment that needs machines.
type Role string

// The roles.
const (
	RoleCoderd         Role = "coderd"
	RoleProvisioner    Role = "provisioner"
	RoleWorkspace      Role = "workspace"
	RoleWorkspaceProxy Role = "workspace_proxy"
	RoleDatabase       Role = "database"
)

// Basis is where a machine type comes from.
type Basis string

// The bases: the page names the type, or a rule or the configuration does.
const (
	BasisPublished Basis = "published"
	BasisDerived   Basis = "derived"
)

// Bases lists the values of basis.
func Bases() []Basis { return []Basis{BasisPublished, BasisDerived} }

// Subject is a part of the fleet that has machines: the pool of a role or of a
// kind of workspace, or the database.
type Subject struct {
	Role Role
	Kind string // the key of the kind; empty for the role's own
}

// Pool is a node pool of the fleet with what it is for, in so many regions.
type Pool struct {
	Subject
	*NodePool

	Regions int64
}

// Pools returns the node pools of the fleet in the order people read them:
// coderd, provisioner, workspace, the kinds of workspaces by name, and
// workspace_proxy where there is one. They are for reading: those of kinds are
// copies.
func (f *Fleet) Pools() []Pool {
	pools := make([]Pool, 0, 4+len(f.WorkspacePools))
	pools = append(pools, Pool{Subject{Role: RoleCoderd}, &f.Coderd, 1}, Pool{Subject{Role: RoleProvisioner}, &f.Provisioner, 1},
		Pool{Subject{Role: RoleWorkspace}, &f.Workspace, 1})
	for _, kind := range slices.Sorted(maps.Keys(f.WorkspacePools)) {
		pool := f.WorkspacePools[kind]
		pools = append(pools, Pool{Subject{RoleWorkspace, kind}, &pool, 1})
	}
	if f.WorkspaceProxy != nil {
		pools = append(pools, Pool{Subject{Role: RoleWorkspaceProxy}, f.WorkspaceProxy, f.ProxyRegions})
	}
	return pools
}
