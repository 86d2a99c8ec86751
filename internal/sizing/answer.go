package sizing

import "github.com/refarch/terraform-provider-refarch/internal/cloud"

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
	Totals              Totals    `tfsdk:"totals"`
	InValidatedRange    bool      `tfsdk:"in_validated_range"`

	Warnings []Warning `tfsdk:"-"` // in the order of WarningCodes

	ProxyRegions int64          `tfsdk:"-"` // how many regions run the workspace proxy pool
	Colocated    bool           `tfsdk:"-"` // provisioners run inside coderd
	LimitPodCPU  bool           `tfsdk:"-"` // the edition publishes CPU limits equal to the requests
	Beyond       *Extrapolation `tfsdk:"-"` // nil within the validated range

	VolumesPerWorkspace int64  `tfsdk:"-"` // disks that one workspace attaches
	NewestEdition       string `tfsdk:"-"` // the newest edition there is
	CoveringEdition     string `tfsdk:"-"` // beyond the validated range, a later edition that covers the load; else ""
}

// Used are the arguments that read back the value used.
type Used struct {
	Edition              string  `tfsdk:"edition"`
	HighAvailability     bool    `tfsdk:"high_availability"`
	ConcurrentWorkspaces int64   `tfsdk:"concurrent_workspaces"`
	ConcurrentBuilds     int64   `tfsdk:"concurrent_builds"`
	Zones                int64   `tfsdk:"zones"`
	Packing              Packing `tfsdk:"packing"`
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
	PodsPerNode            int64              `tfsdk:"pods_per_node"`
	Pods                   int64              `tfsdk:"pods"`
	SchedulablePodsPerNode int64              `tfsdk:"schedulable_pods_per_node"`
	LimitedBy              Limit              `tfsdk:"limited_by"`
	MaxPodsPerNode         int64              `tfsdk:"max_pods_per_node"`
	MaxVolumesPerNode      int64              `tfsdk:"max_volumes_per_node"`
	PodRequest             PodRequest         `tfsdk:"pod_request"`
	Published              *PublishedPool     `tfsdk:"published"` // nil where the edition publishes no such pool
	Basis                  Basis              `tfsdk:"basis"`

	MemoryMiB int64 `tfsdk:"-"` // of one node, exact
}

// PodRequest is what one pod of a role requests.
type PodRequest struct {
	CPUMillicores int64 `tfsdk:"cpu_millicores"`
	MemoryMiB     int64 `tfsdk:"memory_mib"`
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

// Totals adds up all node pools at node_count, for quotas; the database is not
// in it.
type Totals struct {
	NodeCount int64   `tfsdk:"node_count"`
	VCPU      int64   `tfsdk:"vcpu"`
	MemoryGiB float64 `tfsdk:"memory_gib"`

	MemoryMiB int64 `tfsdk:"-"` // exact
}

// Warning is something that changes the answer and that the user should know.
// Package report words it.
type Warning struct {
	Code     WarningCode
	Subjects []Role // the roles it is about, in the order of Pools, then the database
}

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

// RolePool is a node pool under its role's name.
type RolePool struct {
	Role Role
	*NodePool
}

// Pools returns the node pools of the fleet in the order people read them:
// coderd, provisioner, workspace, and workspace_proxy where there is one.
func (f *Fleet) Pools() []RolePool {
	pools := []RolePool{
		{RoleCoderd, &f.Coderd}, {RoleProvisioner, &f.Provisioner}, {RoleWorkspace, &f.Workspace},
	}
	if f.WorkspaceProxy != nil {
		pools = append(pools, RolePool{RoleWorkspaceProxy, f.WorkspaceProxy})
	}
	return pools
}
