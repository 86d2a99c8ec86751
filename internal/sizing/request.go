// SPDX-License-Identifier: MPL-2.0

package sizing

import "math/big"

// Number is a numeric argument as Terraform hands it over: any decimal, of any
// size, until a rule has looked at it.
type Number = Arg[*big.Float]

// Request is what a user asks for. Its fields are the arguments of the
// refarch_sizing data source under the names of their `tfsdk` tags; all but
// Users and Cloud may be left out.
//
// An object argument is flat: where the object is left out or unknown, so are
// all of its parts.
type Request struct {
	Users                    Number                        `tfsdk:"users"`
	Cloud                    Arg[string]                   `tfsdk:"cloud"`
	Edition                  Arg[string]                   `tfsdk:"edition"`
	HighAvailability         Arg[bool]                     `tfsdk:"high_availability"`
	ConcurrentWorkspaces     Number                        `tfsdk:"concurrent_workspaces"`
	ConcurrentBuilds         Number                        `tfsdk:"concurrent_builds"`
	APIRPS                   Number                        `tfsdk:"api_rps"`
	Zones                    Number                        `tfsdk:"zones"`
	WorkspaceRequest         WorkspaceRequest              `tfsdk:"workspace_request"`
	MachineTypes             MachineTypes                  `tfsdk:"machine_types"`
	Packing                  Arg[string]                   `tfsdk:"packing"`
	MaxPodsPerNode           Number                        `tfsdk:"max_pods_per_node"`
	NodeOverhead             NodeOverhead                  `tfsdk:"node_overhead"`
	WorkspaceNodeAllocatable MeasuredAllocatable           `tfsdk:"workspace_node_allocatable"`
	ColocateProvisioners     Arg[bool]                     `tfsdk:"colocate_provisioners"`
	ProxyRegions             Number                        `tfsdk:"proxy_regions"`
	BeyondRange              Arg[string]                   `tfsdk:"beyond_range"`
	WorkspaceLimits          WorkspaceLimits               `tfsdk:"workspace_limits"`
	WorkspaceKinds           Arg[map[string]WorkspaceKind] `tfsdk:"workspace_kinds"`
	MachineSpecs             Arg[map[string]MachineSpec]   `tfsdk:"machine_specs"`
	CoderdReplicas           Number                        `tfsdk:"coderd_replicas"`
	PodRequests              PodRequests                   `tfsdk:"pod_requests"`
	OtherNodes               Number                        `tfsdk:"other_nodes"`
}

// Used are the arguments that read back the value used.
type Used struct {
	Edition              string      `tfsdk:"edition"`
	HighAvailability     bool        `tfsdk:"high_availability"`
	ConcurrentWorkspaces int64       `tfsdk:"concurrent_workspaces"`
	ConcurrentBuilds     int64       `tfsdk:"concurrent_builds"`
	Zones                int64       `tfsdk:"zones"`
	Packing              Packing     `tfsdk:"packing"`
	MaxPodsPerNode       int64       `tfsdk:"max_pods_per_node"` // of the pool workspace
	ColocateProvisioners bool        `tfsdk:"colocate_provisioners"`
	ProxyRegions         int64       `tfsdk:"proxy_regions"`
	BeyondRange          BeyondRange `tfsdk:"beyond_range"`
	CoderdReplicas       int64       `tfsdk:"coderd_replicas"`
	OtherNodes           int64       `tfsdk:"other_nodes"`
}

// WorkspaceRequest is what one workspace requests of its node.
type WorkspaceRequest struct {
	CPU       Number `tfsdk:"cpu"`        // vCPU, fractions are fine
	MemoryGiB Number `tfsdk:"memory_gib"` // GiB, fractions are fine
	Volumes   Number `tfsdk:"volumes"`    // disks it attaches, its home among them
}

// MachineTypes names another machine type for a role than the edition's.
type MachineTypes struct {
	Coderd      Arg[string] `tfsdk:"coderd"`
	Provisioner Arg[string] `tfsdk:"provisioner"`
	Workspace   Arg[string] `tfsdk:"workspace"`
}

// NodeOverhead is the sum of what every node runs beside its role's pods. It
// replaces the cloud's own daemons, each figure for itself.
type NodeOverhead struct {
	CPUMillicores Number `tfsdk:"cpu_millicores"`
	MemoryMiB     Number `tfsdk:"memory_mib"`
	Pods          Number `tfsdk:"pods"`
}

// MeasuredAllocatable is what a real node of the workspace pool reports as
// allocatable; measured beats estimated, each figure for itself.
type MeasuredAllocatable struct {
	CPUMillicores Number `tfsdk:"cpu_millicores"`
	MemoryMiB     Number `tfsdk:"memory_mib"`
}

// WorkspaceLimits is what one workspace may use at most. It moves no count.
type WorkspaceLimits struct {
	CPU       Number `tfsdk:"cpu"`        // vCPU, fractions are fine
	MemoryGiB Number `tfsdk:"memory_gib"` // GiB, fractions are fine
}

// WorkspaceKind is a kind of workspace that differs from the rest and has nodes
// of its own. An element of the map that is unknown has unknown parts, one that
// is null none.
type WorkspaceKind struct {
	Workspaces      Number              `tfsdk:"workspaces"` // so many run at once; or else
	Percent         Number              `tfsdk:"percent"`    // of what the fixed ones leave
	Requests        KindRequests        `tfsdk:"requests"`
	Limits          WorkspaceLimits     `tfsdk:"limits"`
	MachineType     Arg[string]         `tfsdk:"machine_type"`
	NodeAllocatable MeasuredAllocatable `tfsdk:"node_allocatable"`
}

// KindRequests is what one workspace of a kind requests of its node.
type KindRequests struct {
	CPU       Number `tfsdk:"cpu"`        // vCPU, fractions are fine
	MemoryGiB Number `tfsdk:"memory_gib"` // GiB, fractions are fine
	Volumes   Number `tfsdk:"volumes"`    // disks it attaches, its home among them
	GPUs      Number `tfsdk:"gpus"`       // whole GPUs
}

// MachineSpec states a machine type that the catalogue lacks or has wrong.
type MachineSpec struct {
	VCPU         Number      `tfsdk:"vcpu"`
	MemoryGiB    Number      `tfsdk:"memory_gib"`
	Architecture Arg[string] `tfsdk:"architecture"`
	Burstable    Arg[bool]   `tfsdk:"burstable"`
	GPUs         Number      `tfsdk:"gpus"`
	MaxPods      Number      `tfsdk:"max_pods"`
	MaxVolumes   Number      `tfsdk:"max_volumes"`
}

// PodRequests is what one pod of a role requests instead of what the edition
// gives it.
type PodRequests struct {
	Coderd      RolePodRequest `tfsdk:"coderd"`
	Provisioner RolePodRequest `tfsdk:"provisioner"`
}

// RolePodRequest is what one pod requests; what is left out stays the edition's.
type RolePodRequest struct {
	CPU       Number `tfsdk:"cpu"`        // vCPU, fractions are fine
	MemoryGiB Number `tfsdk:"memory_gib"` // GiB, fractions are fine
}

// Packing is how many workspaces a node is counted with.
type Packing string

// The ways to pack workspace nodes.
const (
	PackingPublished   Packing = "published"   // as the edition packs them
	PackingSchedulable Packing = "schedulable" // as many as Kubernetes can place
)

// Packings lists the accepted packings, the default first.
func Packings() []Packing { return []Packing{PackingPublished, PackingSchedulable} }

// BeyondRange is what to do with a load that no tier of the edition covers.
type BeyondRange string

// The ways to treat a load beyond the largest tier.
const (
	BeyondRangeError       BeyondRange = "error"
	BeyondRangeExtrapolate BeyondRange = "extrapolate"
)

// BeyondRanges lists the accepted values of beyond_range, the default first.
func BeyondRanges() []BeyondRange { return []BeyondRange{BeyondRangeError, BeyondRangeExtrapolate} }
