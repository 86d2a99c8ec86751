// SPDX-License-Identifier: MPL-2.0

// Package reference holds what the vendor of Coder published as its validated
// reference architectures: every edition as a file of data with the source of
// its figures, strictly loaded. It knows nothing of clouds beyond the names of
// the page's columns, and calculates nothing but the limits that follow from a
// row's own cells.
package reference

// DefaultEdition answers where a configuration names none. It never changes
// within a major version.
const DefaultEdition = "2024-03"

// Edition is one published state of the reference architecture. Values are
// shared and must not be changed.
type Edition struct {
	ID        string   `yaml:"id"`
	Releases  Releases `yaml:"releases"`
	Published string   `yaml:"published"` // date of the 1k page, as 2024-03-15
	Source    Source   `yaml:"source"`    // of the 1k page

	// RunningWorkspacesPercent is the share of users whose workspace runs at
	// once, unless a configuration says otherwise.
	RunningWorkspacesPercent int64 `yaml:"running_workspaces_percent"`
	// WorkspaceMemoryMiB is the least memory of a workspace that the pages
	// allow for, in MiB; where nodes are published it is also what their
	// workspaces per node are counted with.
	WorkspaceMemoryMiB int64 `yaml:"workspace_memory_mib"`
	// MaxWorkspacesPerNode caps the workspaces of one node; nil where the
	// edition publishes no workspace nodes.
	MaxWorkspacesPerNode *int64 `yaml:"max_workspaces_per_node"`
	// RequestsAreLimits is true where the pages ask for CPU limits equal to
	// the requests.
	RequestsAreLimits bool `yaml:"requests_are_limits"`
	// Fit says how machine types are derived; nil where the pages name them.
	Fit *Fit `yaml:"fit"`

	Tiers []*Tier `yaml:"tiers"` // from the smallest to the largest
	// Remarks are contradictions and peculiarities of the pages that change no
	// answer, for the edition's page in the documentation.
	Remarks []string `yaml:"remarks"`
}

// Releases is the range of Coder releases whose documentation carries an
// edition, with their leading v. Last is nil while the edition is current, and
// where only the next one's first release is known.
type Releases struct {
	First string  `yaml:"first"`
	Last  *string `yaml:"last"`
}

// Source is where a figure was published: a page, the commit of coder/coder
// that introduced it, and the pull request as coder/coder#12609.
type Source struct {
	URL         string `yaml:"url"`
	Commit      string `yaml:"commit"`
	PullRequest string `yaml:"pull_request"`
}

// Fit derives a machine type where the pages name none: the smallest of the
// cloud's family that takes one pod of the role, of at least so many vCPU.
type Fit struct {
	// Families has a pattern a cloud, such as n4-standard-<n>.
	Families    map[string]string `yaml:"families"`
	MinimumVCPU MinimumVCPU       `yaml:"minimum_vcpu"`
	// DatabaseStoragePer1000Users is in GB.
	DatabaseStoragePer1000Users int64 `yaml:"database_storage_gb_per_1000_users"`
}

// MinimumVCPU is the least size of a derived machine, by role.
type MinimumVCPU struct {
	Coderd         int64 `yaml:"coderd"`
	Provisioner    int64 `yaml:"provisioner"`
	Workspace      int64 `yaml:"workspace"`
	WorkspaceProxy int64 `yaml:"workspace_proxy"`
}

// Tier is one published row: what the vendor runs up to a number of users.
type Tier struct {
	Name             string      `yaml:"name"` // such as 1k
	Limits           Limits      `yaml:"limits"`
	HighAvailability bool        `yaml:"high_availability"`
	Source           Source      `yaml:"source"`
	Notes            []string    `yaml:"notes"` // stance and footnotes in page order
	Colocation       *Colocation `yaml:"colocation"`
	Coderd           Pool        `yaml:"coderd"`
	Provisioner      Pool        `yaml:"provisioner"`
	Workspace        *Pool       `yaml:"workspace"`       // nil where the nodes are the operator's to size
	WorkspaceProxy   *Pool       `yaml:"workspace_proxy"` // nil where the tier has none
	Database         Database    `yaml:"database"`
}

// Limits is the load that a tier covers. APIRPS is nil where the edition
// publishes none. Where the page does not state workspaces and builds, they
// are the places its nodes have.
type Limits struct {
	Users                int64  `yaml:"users"`
	APIRPS               *int64 `yaml:"api_rps"`
	ConcurrentWorkspaces *int64 `yaml:"concurrent_workspaces"`
	ConcurrentBuilds     *int64 `yaml:"concurrent_builds"`
}

// Colocation is up to where provisioners may run inside coderd; nil in tiers
// that advise against it.
type Colocation struct {
	Users            int64 `yaml:"users"`
	ConcurrentBuilds int64 `yaml:"concurrent_builds"`
}

// Pool is a role's row. It publishes either nodes (Nodes, PodsPerNode and
// MachineTypes) or pods (Pods and PodRequest). MachineTypes are the page's;
// DerivedMachineTypes those of the clouds that it has no column for.
type Pool struct {
	VCPU                int64             `yaml:"vcpu"`
	MemoryGB            int64             `yaml:"memory_gb"` // the page's own word
	Nodes               *Range            `yaml:"nodes"`
	PodsPerNode         *int64            `yaml:"pods_per_node"`
	MachineTypes        map[string]string `yaml:"machine_types"` // by cloud
	DerivedMachineTypes map[string]string `yaml:"derived_machine_types"`
	Pods                *int64            `yaml:"pods"`
	PodRequest          *PodRequest       `yaml:"pod_request"`
}

// Range is a count as the page gives it: "1-2", or one number as both.
type Range struct {
	Min int64 `yaml:"min"`
	Max int64 `yaml:"max"`
}

// PodRequest is what the page asks Kubernetes for, for one pod.
type PodRequest struct {
	CPUMillicores int64 `yaml:"cpu_millicores"`
	MemoryMiB     int64 `yaml:"memory_mib"`
}

// Database is the database's row. MachineTypes are the page's; of clouds that it
// names none for, DerivedMachineTypes are the classes of the published size.
type Database struct {
	VCPU                int64             `yaml:"vcpu"`
	MemoryGB            int64             `yaml:"memory_gb"`
	Nodes               int64             `yaml:"nodes"`
	StorageGB           *int64            `yaml:"storage_gb"`
	MachineTypes        map[string]string `yaml:"machine_types"`
	DerivedMachineTypes map[string]string `yaml:"derived_machine_types"`
}

// MachineType is the row's machine type on a cloud, and whether the page names
// it or it is derived; empty where the edition fits machine types to pods.
func (p *Pool) MachineType(cloud string) (name string, published bool) {
	return machineType(cloud, p.MachineTypes, p.DerivedMachineTypes)
}

// MachineType is the row's class on a cloud, and whether the page names it or
// it is derived.
func (db *Database) MachineType(cloud string) (name string, published bool) {
	return machineType(cloud, db.MachineTypes, db.DerivedMachineTypes)
}

func machineType(cloud string, published, derived map[string]string) (string, bool) {
	if name, ok := published[cloud]; ok {
		return name, true
	}
	return derived[cloud], false
}

// ConcurrentWorkspaces is how many workspaces the tier runs at once: its
// published limit, or the places on its workspace nodes.
func (t *Tier) ConcurrentWorkspaces() int64 {
	if t.Limits.ConcurrentWorkspaces != nil {
		return *t.Limits.ConcurrentWorkspaces
	}
	return t.Workspace.Nodes.Max * *t.Workspace.PodsPerNode
}

// ConcurrentBuilds is how many builds the tier runs at once: its published
// limit, or the provisioners on its nodes.
func (t *Tier) ConcurrentBuilds() int64 {
	if t.Limits.ConcurrentBuilds != nil {
		return *t.Limits.ConcurrentBuilds
	}
	return t.Provisioner.Nodes.Max * *t.Provisioner.PodsPerNode
}

// Largest is the edition's largest tier.
func (e *Edition) Largest() *Tier { return e.Tiers[len(e.Tiers)-1] }

// PublishesAPIRPS reports whether the edition limits API requests per second.
func (e *Edition) PublishesAPIRPS() bool { return e.Tiers[0].Limits.APIRPS != nil }
