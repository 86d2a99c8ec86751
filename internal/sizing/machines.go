package sizing

import (
	"slices"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// node is a machine with what it takes of a role's pods, before anybody has
// counted nodes.
type node struct {
	demand      demand
	machine     cloud.Machine
	basis       Basis
	maxPods     int64
	room        room
	request     PodRequest
	podsPerNode int64 // that the role is counted with; of workspaces see workspaceDensity
	schedulable int64
	limitedBy   Limit
}

// demand is what a role wants of a machine, whatever machine it is.
type demand struct {
	role       Role
	cloud      cloud.Cloud
	overhead   cloud.Daemons
	row        *reference.Pool // the page's row; nil where it has none
	rowMachine cloud.Machine   // the row's own type; empty where it names none

	// Of workspaces alone:
	request  PodRequest
	volumes  int64
	maxPods  Arg[int64]
	measured measuredNode
}

// on is the demand met by a machine.
func (d demand) on(m cloud.Machine) node {
	n := node{demand: d, machine: m, basis: BasisDerived}
	if m.Name == d.rowMachine.Name {
		n.basis = BasisPublished
	}
	limits := d.cloud.PodLimits(m)
	n.maxPods = min(d.maxPods.or(limits.Default).value, limits.Maximum)
	n.room = roomOf(cloud.NodeOf(d.cloud, m, n.maxPods), d.overhead, d.measured)
	switch {
	case d.role == RoleWorkspace:
		n.request = d.request
	case d.row.PodRequest != nil: // the edition publishes pods
		n.request, n.podsPerNode = PodRequest(*d.row.PodRequest), 1
	default:
		n.podsPerNode = d.sharing(m, n.room)
		n.request = n.room.share(n.podsPerNode)
		if d.role == RoleProvisioner {
			n.request.CPUMillicores = min(n.request.CPUMillicores, provisionerMaxMillicores)
			n.request.MemoryMiB = min(n.request.MemoryMiB, provisionerMaxMiB)
		}
	}
	n.schedulable, n.limitedBy = n.room.take(n.request, d.volumes)
	if d.role == RoleProvisioner && d.row.PodRequest != nil {
		n.podsPerNode = n.schedulable
	}
	return n
}

// Provisioners request at most what Coder's newest pages give one.
const (
	provisionerMaxMillicores = 1000
	provisionerMaxMiB        = 1024
)

// sharing is how many pods of the role share a machine: the row's number, of
// provisioners as many times more as the machine is larger than the row's.
func (d demand) sharing(m cloud.Machine, r room) int64 {
	pods := *d.row.PodsPerNode
	if d.role != RoleProvisioner {
		return pods
	}
	byCPU := mulDiv(pods, m.VCPU, d.rowMachine.VCPU)
	byMemory := mulDiv(pods, m.MemoryMiB, d.rowMachine.MemoryMiB)
	return min(max(min(byCPU, byMemory), 1), max(r.pods, 1))
}

// smallest tries a family's types from the smallest on; where none takes a pod
// it is the largest, which takes none.
func (d demand) smallest(family string, leastVCPU int64) node {
	var n node
	for _, m := range cloud.FamilyMachines(d.cloud.Name(), family) {
		if m.VCPU < leastVCPU {
			continue
		}
		if n = d.on(m); n.schedulable > 0 {
			break
		}
	}
	return n
}

// anyMachineTakesOne reports whether the cloud sells a machine that takes a pod.
func (d demand) anyMachineTakesOne() bool {
	return slices.ContainsFunc(cloud.MachineTypes(d.cloud.Name()), func(m cloud.Machine) bool { return d.on(m).schedulable > 0 })
}

// overheadOf is what every node runs beside the role's pods: the cloud's own
// daemons, each figure replaced where the request states it.
func overheadOf(in asked) Arg[cloud.Daemons] {
	if !in.cloud.isKnown() {
		return Unknown[cloud.Daemons]()
	}
	own := in.cloud.value.Daemons()
	millicores, mib, pods := in.overhead.millicores.or(own.CPUMillicores), in.overhead.mib.or(own.MemoryMiB), in.overhead.pods.or(own.Pods)
	if !allKnown(millicores.state, mib.state, pods.state) {
		return Unknown[cloud.Daemons]()
	}
	return Known(cloud.Daemons{CPUMillicores: millicores.value, MemoryMiB: mib.value, Pods: pods.value})
}

// overheadPods is known by itself, or by the cloud where it is left out.
func overheadPods(in asked) Arg[int64] {
	if in.overhead.pods.IsLeftOut() && !in.cloud.isKnown() {
		return Unknown[int64]()
	}
	if in.overhead.pods.IsLeftOut() {
		return Known(in.cloud.value.Daemons().Pods)
	}
	return in.overhead.pods
}

// machines are the nodes of all roles. Where provisioners run inside coderd
// theirs describes the machine not run; proxy is nil where none is asked for.
type machines struct {
	coderd, provisioner, workspace node
	proxy                          *node
}

// chooseMachines finds the machine of each role and judges that it takes its
// pods.
func chooseMachines(f *findings, in asked, answering Arg[load]) Arg[machines] {
	overhead := overheadOf(in)
	workspace := chooseWorkspaceNode(f, in, answering, overhead)
	l, ok := answering.Get()
	if !ok {
		return Unknown[machines]()
	}
	coderd := chooseNode(f, in, l, overhead, RoleCoderd)
	provisioner := Unknown[node]()
	if in.colocate.isKnown() {
		provisioner = chooseNode(f, in, l, overhead, RoleProvisioner)
	}
	if !in.proxyRegions.isKnown() {
		return Unknown[machines]()
	}
	var proxies *node
	if in.proxyRegions.value > 0 {
		proxy := chooseNode(f, in, l, overhead, RoleWorkspaceProxy)
		if !proxy.isKnown() {
			return Unknown[machines]()
		}
		proxies = &proxy.value
	}
	if !allKnown(coderd.state, provisioner.state, workspace.state) {
		return Unknown[machines]()
	}
	return Known(machines{coderd.value, provisioner.value, workspace.value, proxies})
}

// rowMachine is the machine that a row names for a cloud, an empty one where it
// names none.
func rowMachine(row *reference.Pool, c cloud.Cloud) cloud.Machine {
	if row == nil {
		return cloud.Machine{}
	}
	m, _ := cloud.FindMachine(c.Name(), row.MachineTypes[string(c.Name())])
	return m
}

// namedWorkspaceMachine is the workspaces' machine where the request or the
// page names one; unknown too where neither does.
func namedWorkspaceMachine(in asked, answering Arg[load]) Arg[cloud.Machine] {
	named := in.machineTypes.workspace
	if !named.IsLeftOut() || !allKnown(in.cloud.state, answering.state) || answering.value.tier.Workspace == nil {
		return named
	}
	if m := rowMachine(answering.value.tier.Workspace, in.cloud.value); m.Name != "" {
		return Known(m)
	}
	return named
}

// chooseWorkspaceNode finds the machine of workspaces and judges that it takes
// one. It can be judged before the tier is known where the machine type does
// not come from the tier.
func chooseWorkspaceNode(f *findings, in asked, answering Arg[load], overhead Arg[cloud.Daemons]) Arg[node] {
	named := namedWorkspaceMachine(in, answering)
	if !allKnown(in.cloud.state, in.edition.state, overhead.state, in.workspace.millicores.state, in.workspace.mib.state, in.workspace.volumes.state, in.measured.millicores.state, in.measured.mib.state) ||
		named.IsUnknown() || in.maxPods.IsUnknown() {
		return Unknown[node]()
	}
	d := demand{
		role: RoleWorkspace, cloud: in.cloud.value, overhead: overhead.value,
		request: PodRequest{in.workspace.millicores.value, in.workspace.mib.value},
		volumes: in.workspace.volumes.value, maxPods: in.maxPods,
		measured: measuredNode{in.measured.millicores.value, in.measured.mib.value},
	}
	if answering.isKnown() {
		d.row = rowOf(answering.value.tier, RoleWorkspace)
		d.rowMachine = rowMachine(d.row, d.cloud)
	}
	edition, m := in.edition.value, named.value
	where, n := m.Name, d.on(m)
	switch {
	case named.isKnown():
	case edition.Fit != nil:
		family := edition.Fit.Families[string(d.cloud.Name())]
		n = d.smallest(family, leastVCPU(edition.Fit, RoleWorkspace))
		where = n.machine.Name + ", the largest of the family " + family + ","
	default: // the tier names the machine, and is not known
		return Unknown[node]()
	}
	if n.schedulable == 0 {
		tellWorkspaceFitsNoNode(f, in, n, where)
		return Unknown[node]()
	}
	return Known(n)
}

// chooseNode finds the machine of coderd, provisioners or proxies: the type
// that the request gives, else the page's, else the smallest that takes a pod.
func chooseNode(f *findings, in asked, l load, overhead Arg[cloud.Daemons], role Role) Arg[node] {
	given := in.machineTypes.of(role)
	if !allKnown(in.cloud.state, overhead.state) || given.IsUnknown() {
		return Unknown[node]()
	}
	row := rowOf(l.tier, role)
	d := demand{role: role, cloud: in.cloud.value, overhead: overhead.value, row: row, rowMachine: rowMachine(row, in.cloud.value)}
	var n node
	switch {
	case given.isKnown():
		n = d.on(given.value)
	case row.MachineTypes != nil:
		n = d.on(d.rowMachine)
	default:
		fit := l.edition.Fit
		n = d.smallest(fit.Families[string(d.cloud.Name())], leastVCPU(fit, role))
	}
	runs := role != RoleProvisioner || !in.colocate.value
	if n.schedulable == 0 && runs {
		tellPodFitsNoNode(f, in, n)
		return Unknown[node]()
	}
	return Known(n)
}

// rowOf is a role's row, nil where the page has none.
func rowOf(t *reference.Tier, role Role) *reference.Pool {
	switch role {
	case RoleCoderd:
		return &t.Coderd
	case RoleProvisioner:
		return &t.Provisioner
	case RoleWorkspace:
		return t.Workspace
	case RoleWorkspaceProxy:
		return t.WorkspaceProxy
	case RoleDatabase:
	}
	return nil
}

// leastVCPU is the least size of a machine that is derived for a role.
func leastVCPU(fit *reference.Fit, role Role) int64 {
	switch role {
	case RoleCoderd:
		return fit.MinimumVCPU.Coderd
	case RoleProvisioner:
		return fit.MinimumVCPU.Provisioner
	case RoleWorkspace:
		return fit.MinimumVCPU.Workspace
	case RoleWorkspaceProxy:
		return fit.MinimumVCPU.WorkspaceProxy
	case RoleDatabase:
	}
	return 0
}

// of is the machine that the request names for a role, left out for a role
// that nobody can name one for.
func (t askedTypes) of(role Role) Arg[cloud.Machine] {
	switch role {
	case RoleCoderd:
		return t.coderd
	case RoleProvisioner:
		return t.provisioner
	case RoleWorkspace:
		return t.workspace
	case RoleWorkspaceProxy, RoleDatabase:
	}
	return Arg[cloud.Machine]{}
}
