// SPDX-License-Identifier: MPL-2.0

package sizing

import "github.com/refarch/terraform-provider-refarch/internal/cloud"

// CapacityQuestion is a fleet that exists, and how to count it. Its fields are
// the arguments of refarch_capacity under the names of their `tfsdk` tags; those
// that refarch_sizing has too mean the same.
type CapacityQuestion struct {
	Cloud                    Arg[string]                 `tfsdk:"cloud"`
	Coderd                   Arg[GivenPool]              `tfsdk:"coderd"`
	Provisioner              Arg[GivenPool]              `tfsdk:"provisioner"`
	Workspace                Arg[GivenPool]              `tfsdk:"workspace"`
	Database                 GivenDatabase               `tfsdk:"database"`
	Edition                  Arg[string]                 `tfsdk:"edition"`
	HighAvailability         Arg[bool]                   `tfsdk:"high_availability"`
	WorkspaceRequest         WorkspaceRequest            `tfsdk:"workspace_request"`
	Packing                  Arg[string]                 `tfsdk:"packing"`
	MaxPodsPerNode           Number                      `tfsdk:"max_pods_per_node"`
	NodeOverhead             NodeOverhead                `tfsdk:"node_overhead"`
	WorkspaceNodeAllocatable MeasuredAllocatable         `tfsdk:"workspace_node_allocatable"`
	MachineSpecs             Arg[map[string]MachineSpec] `tfsdk:"machine_specs"`
	PodRequests              PodRequests                 `tfsdk:"pod_requests"`
	CoderdReplicas           Number                      `tfsdk:"coderd_replicas"`
	ColocateProvisioners     Arg[bool]                   `tfsdk:"colocate_provisioners"`
}

// GivenPool are the nodes of a role that exist. Both parts are required; an object
// that is there without them is one with misspelt names, which Terraform drops.
type GivenPool struct {
	MachineType Arg[string] `tfsdk:"machine_type"`
	NodeCount   Number      `tfsdk:"node_count"`
}

// GivenDatabase is the database that exists; what is left out ends nothing.
type GivenDatabase struct {
	VCPU      Number `tfsdk:"vcpu"`
	MemoryGiB Number `tfsdk:"memory_gib"`
	StorageGB Number `tfsdk:"storage_gb"`
}

// Part is a part of a fleet that can end how many users it carries.
type Part string

// The parts, in the order that decides a tie. The edition ends what nothing
// else does.
const (
	PartCoderd      Part = "coderd"
	PartProvisioner Part = "provisioner"
	PartWorkspace   Part = "workspace"
	PartDatabase    Part = "database"
	PartEdition     Part = "edition"
)

// Parts lists the values of limited_by.
func Parts() []Part {
	return []Part{PartCoderd, PartProvisioner, PartWorkspace, PartDatabase, PartEdition}
}

// Capacity is how many users a fleet carries, and what ends it. Package report
// words what one user more would need.
type Capacity struct {
	Edition     string      `tfsdk:"edition"`
	Users       int64       `tfsdk:"users"` // 0 where not even one fits
	LimitedBy   Part        `tfsdk:"limited_by"`
	UsersByPart UsersByPart `tfsdk:"users_by_part"`

	Cloud     cloud.Name  `tfsdk:"-"`
	Tier      string      `tfsdk:"-"` // of the users, of one where there are none
	EndsAt    int64       `tfsdk:"-"` // the largest number that was looked at
	Colocated bool        `tfsdk:"-"` // provisioners run inside coderd, which ends before the edition
	Given     []GivenPart `tfsdk:"-"` // in the order of Parts
	// AsPublished is true where nodes of workspaces are given and counted as
	// full as the page packs them, which may be more than Kubernetes can place.
	AsPublished bool   `tfsdk:"-"`
	Short       []Lack `tfsdk:"-"` // what the part that ends it lacks for one user more
}

// GivenPart is a part as it is given, and the users that it carries by itself.
type GivenPart struct {
	Part  Part
	Users int64

	Nodes       int64  // of a pool
	MachineType string // of a pool

	VCPU, MemoryMiB, StorageGB *int64 // of the database, nil where it is not stated
}

// UsersByPart is how many users each part carries by itself; nil of a part that
// is not given.
type UsersByPart struct {
	Coderd      *int64 `tfsdk:"coderd"`
	Provisioner *int64 `tfsdk:"provisioner"`
	Workspace   *int64 `tfsdk:"workspace"`
	Database    *int64 `tfsdk:"database"`
}

// Lack is what a part has too little of.
type Lack struct {
	Of           Scarce
	Needs, Given int64
	MachineType  string // of the nodes; empty of the database
}

// Scarce is what a part can have too little of. Memory is MiB, storage GB, each
// of one node.
type Scarce string

// What a part can have too little of.
const (
	ScarceNodes   Scarce = "nodes"
	ScarceVCPU    Scarce = "vcpu"
	ScarceMemory  Scarce = "memory"
	ScarceStorage Scarce = "storage"
)
