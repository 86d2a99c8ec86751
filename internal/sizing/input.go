package sizing

import (
	"math/big"
	"slices"
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// input is a request after the rules that read one argument alone. An argument
// at fault counts as unknown from here on, so that nothing is told that only
// follows from its fault.
type input struct {
	users                Arg[int64]
	cloud                Arg[cloud.Cloud]
	edition              Arg[*reference.Edition]
	editionLeftOut       bool
	highAvailability     Arg[bool]
	concurrentWorkspaces Arg[int64]
	concurrentBuilds     Arg[int64]
	apiRPS               Arg[int64]
	zones                Arg[int64]
	requestMillicores    Arg[int64]
	requestGiB           Number // as given
	requestMiB           Arg[int64]
	requestVolumes       Arg[int64]
	coderdType           Arg[string]
	provisionerType      Arg[string]
	workspaceType        Arg[string]
	packing              Arg[Packing]
	maxPodsPerNode       Arg[int64]
	overheadMillicores   Arg[int64]
	overheadMiB          Arg[int64]
	overheadPods         Arg[int64]
	measuredMillicores   Arg[int64]
	measuredMiB          Arg[int64]
	colocate             Arg[bool]
	proxyRegions         Arg[int64]
	beyondRange          Arg[BeyondRange]
}

// What one workspace requests unless told otherwise: half a vCPU, 2 GiB, and
// one disk for its home.
const (
	defaultRequestMillicores = 500
	defaultRequestMiB        = 2048
	defaultRequestVolumes    = 1
)

// read judges each argument by itself.
func (s *sizer) read(r Request) input {
	in := input{
		users:                s.count(r.Users, 1, "users"),
		cloud:                s.cloud(r.Cloud),
		editionLeftOut:       r.Edition.IsLeftOut(),
		highAvailability:     r.HighAvailability,
		concurrentWorkspaces: s.count(r.ConcurrentWorkspaces, 1, "concurrent_workspaces"),
		concurrentBuilds:     s.count(r.ConcurrentBuilds, 1, "concurrent_builds"),
		apiRPS:               s.count(r.APIRPS, 1, "api_rps"),
		zones:                orDefault(s.count(r.Zones, 1, "zones"), 1),
		maxPodsPerNode:       s.count(r.MaxPodsPerNode, 1, "max_pods_per_node"),
		colocate:             orDefault(r.ColocateProvisioners, false),
		proxyRegions:         orDefault(s.count(r.ProxyRegions, 0, "proxy_regions"), 0),
	}
	in.edition = s.edition(r.Edition)
	in.packing = orDefault(oneOf(s, r.Packing, Packings(), "packing", "Unknown Packing"), PackingPublished)
	in.beyondRange = orDefault(oneOf(s, r.BeyondRange, BeyondRanges(), "beyond_range", "Unknown Range Behavior"), BeyondRangeError)
	if r.Users.IsLeftOut() {
		s.fault("Missing User Count", "The number of users is missing. Set users to the people with an account, at least 1.", "users")
		in.users = Unknown[int64]()
	}

	in.requestMillicores = s.amount(r.WorkspaceRequest.CPU, 1000, "vCPU", "workspace_request", "cpu")
	in.requestGiB = r.WorkspaceRequest.MemoryGiB
	in.requestMiB = s.amount(r.WorkspaceRequest.MemoryGiB, 1024, "GiB", "workspace_request", "memory_gib")
	in.requestVolumes = orDefault(s.count(r.WorkspaceRequest.Volumes, 0, "workspace_request", "volumes"), defaultRequestVolumes)

	in.coderdType = s.machineType(in.cloud, r.MachineTypes.Coderd, RoleCoderd)
	in.provisionerType = s.machineType(in.cloud, r.MachineTypes.Provisioner, RoleProvisioner)
	in.workspaceType = s.machineType(in.cloud, r.MachineTypes.Workspace, RoleWorkspace)

	in.overheadMillicores = s.count(r.NodeOverhead.CPUMillicores, 0, "node_overhead", "cpu_millicores")
	in.overheadMiB = s.count(r.NodeOverhead.MemoryMiB, 0, "node_overhead", "memory_mib")
	in.overheadPods = s.count(r.NodeOverhead.Pods, 0, "node_overhead", "pods")

	in.measuredMillicores = s.count(r.WorkspaceNodeAllocatable.CPUMillicores, 1, "workspace_node_allocatable", "cpu_millicores")
	in.measuredMiB = s.count(r.WorkspaceNodeAllocatable.MemoryMiB, 1, "workspace_node_allocatable", "memory_mib")
	return in
}

func orDefault[T any](a Arg[T], value T) Arg[T] {
	if a.IsLeftOut() {
		return Known(value)
	}
	return a
}

// without is the argument's absence in its own type: left out stays left out,
// everything else is unknown.
func without[T, U any](a Arg[T]) Arg[U] {
	if a.IsLeftOut() {
		return Arg[U]{}
	}
	return Unknown[U]()
}

func (s *sizer) count(n Number, least int64, path ...string) Arg[int64] {
	value, ok := n.Get()
	if !ok {
		return without[*big.Float, int64](n)
	}
	whole, ok := wholeNumber(value, least)
	if !ok {
		s.faultf("Invalid Count", path, "%s is %s. It must be a whole number from %d to %d.",
			strings.Join(path, "."), given(value), least, int64(maxCount))
		return Unknown[int64]()
	}
	return Known(whole)
}

// amount reads a positive decimal into a unit that is per times smaller.
func (s *sizer) amount(n Number, per int64, unit string, path ...string) Arg[int64] {
	value, ok := n.Get()
	if !ok {
		return without[*big.Float, int64](n)
	}
	if value.Sign() <= 0 || value.Cmp(bigMaxCount) > 0 {
		s.faultf("Invalid Amount", path, "%s is %s. It must be above 0 and at most %d %s; fractions are fine.",
			strings.Join(path, "."), given(value), int64(maxCount), unit)
		return Unknown[int64]()
	}
	return Known(wholeUnits(value, per))
}

func (s *sizer) cloud(name Arg[string]) Arg[cloud.Cloud] {
	value, ok := name.Get()
	switch {
	case name.IsLeftOut():
		s.faultf("Missing Cloud", []string{"cloud"}, "The cloud is missing. Set cloud to %s.", quotedList(cloud.Names()))
		return Unknown[cloud.Cloud]()
	case !ok:
		return Unknown[cloud.Cloud]()
	}
	found, err := cloud.ByName(value)
	if err != nil {
		s.faultf("Unknown Cloud", []string{"cloud"}, "cloud is %q. It must be %s.", value, quotedList(cloud.Names()))
		return Unknown[cloud.Cloud]()
	}
	return Known(found)
}

func (s *sizer) edition(id Arg[string]) Arg[*reference.Edition] {
	value, ok := orDefault(id, reference.DefaultEdition).Get()
	if !ok {
		return Unknown[*reference.Edition]()
	}
	ids := make([]string, len(s.editions))
	for i, edition := range s.editions {
		if edition.ID == value {
			return Known(edition)
		}
		ids[i] = edition.ID
	}
	s.faultf("Unknown Edition", []string{"edition"}, "edition is %q. It must be %s.", value, quotedList(ids))
	return Unknown[*reference.Edition]()
}

func oneOf[T ~string](s *sizer, a Arg[string], allowed []T, argument, title string) Arg[T] {
	value, ok := a.Get()
	if !ok {
		return without[string, T](a)
	}
	if !slices.Contains(allowed, T(value)) {
		s.faultf(title, []string{argument}, "%s is %q. It must be %s.", argument, value, quotedList(allowed))
		return Unknown[T]()
	}
	return Known(T(value))
}

// machineType refuses a name that no cloud sells, or another cloud than the
// one that is asked for. What no cloud sells is told before the cloud is known.
func (s *sizer) machineType(c Arg[cloud.Cloud], name Arg[string], role Role) Arg[string] {
	value, ok := name.Get()
	if !ok {
		return name
	}
	if s.judgeMachineType(c, value, "machine_types", string(role)) {
		return name
	}
	return Unknown[string]()
}

// judgeMachineType reports whether nothing speaks against a machine type.
func (s *sizer) judgeMachineType(c Arg[cloud.Cloud], machineType string, path ...string) bool {
	argument := strings.Join(path, ".")
	owner, sold := cloud.OwnerOf(machineType)
	asked, cloudKnown := c.Get()
	switch {
	case sold && (!cloudKnown || asked.Name() == owner):
		return true
	case sold:
		such := ""
		m, _ := cloud.FindMachine(owner, machineType)
		if alike, ok := cloud.AlikeMachineType(asked.Name(), m); ok {
			such = `, such as "` + alike.Name + `"`
		}
		s.faultf("Machine Type of Another Cloud", path, "%s is %q, a machine type of %s, and cloud is %q. Choose a machine type of %s%s.",
			argument, machineType, owner, asked.Name(), asked.Name(), such)
	default:
		var from cloud.Name
		if cloudKnown {
			from = asked.Name()
		}
		s.faultf("Unknown Machine Type", path, "%s is %q, which the catalogue of machine types does not know. The nearest names are %s.",
			argument, machineType, commaList(cloud.NearestMachineTypes(from, machineType, 3)))
	}
	return false
}
