package sizing

import (
	"math"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// machinePool is a role's machine with what it takes of the role's pods, before
// anybody has counted nodes.
type machinePool struct {
	role        Role
	machine     cloud.Machine
	basis       Basis
	row         *reference.Pool // nil where the edition has no row
	rowMachine  cloud.Machine   // the row's own type; empty where it names none
	maxPods     int64
	room        room
	request     PodRequest
	podsPerNode int64 // of coderd, proxies and provisioners
	schedulable int64
	limitedBy   Limit
}

// pools are the machines of all roles; proxy is nil where none is asked for.
type pools struct {
	coderd, provisioner, workspace machinePool
	proxy                          *machinePool
}

// Provisioners request at most what Coder's newest pages give one.
const (
	provisionerMaxMillicores = 1000
	provisionerMaxMiB        = 1024
)

// pools finds the machine of each role and judges that it takes its pods.
func (s *sizer) pools() (pools, bool) {
	s.judgeProxies()
	c, cloudKnown := s.in.cloud.Get()
	if !cloudKnown {
		return pools{}, false
	}
	overhead, overheadKnown := s.overhead(c)
	if !overheadKnown {
		return pools{}, false
	}
	var p pools
	workspaceKnown := false
	p.workspace, workspaceKnown = s.workspacePool(c, overhead)
	regions, regionsKnown := s.in.proxyRegions.Get()
	colocate, colocateKnown := s.in.colocate.Get()
	if !s.loadKnown {
		return pools{}, false
	}
	tier, fit := s.load.tier, s.load.edition.Fit
	var least reference.MinimumVCPU
	if fit != nil {
		least = fit.MinimumVCPU
	}
	var coderdKnown, provisionerKnown bool
	p.coderd, coderdKnown = s.rolePool(c, overhead, RoleCoderd, s.in.coderdType, &tier.Coderd, least.Coderd)
	if colocateKnown {
		p.provisioner, provisionerKnown = s.rolePool(c, overhead, RoleProvisioner, s.in.provisionerType, &tier.Provisioner, least.Provisioner)
		provisionerKnown = provisionerKnown || colocate
	}
	proxyKnown := regionsKnown
	if regionsKnown && regions > 0 {
		var proxy machinePool
		proxy, proxyKnown = s.rolePool(c, overhead, RoleWorkspaceProxy, Arg[string]{}, tier.WorkspaceProxy, least.WorkspaceProxy)
		p.proxy = &proxy
	}
	return p, workspaceKnown && coderdKnown && provisionerKnown && proxyKnown
}

// rolePool is the pool of coderd, provisioners or proxies: on the type that the
// request gives, else on the page's, else on the smallest that takes a pod.
func (s *sizer) rolePool(c cloud.Cloud, overhead cloud.Daemons, role Role, given Arg[string], row *reference.Pool, leastVCPU int64) (machinePool, bool) {
	on := func(m cloud.Machine) machinePool {
		p := machinePool{role: role, machine: m, row: row, basis: BasisDerived, maxPods: c.PodLimits(m).Default}
		p.rowMachine, _ = cloud.FindMachine(c.Name(), row.MachineTypes[string(c.Name())])
		if m.Name == p.rowMachine.Name {
			p.basis = BasisPublished
		}
		p.room = roomOf(c, m, p.maxPods, overhead, measuredNode{})
		p.fillWithPods()
		return p
	}
	var pool machinePool
	name, isGiven := given.Get()
	switch {
	case given.IsUnknown():
		return machinePool{}, false
	case isGiven:
		m, _ := cloud.FindMachine(c.Name(), name)
		pool = on(m)
	case row.MachineTypes != nil:
		m, _ := cloud.FindMachine(c.Name(), row.MachineTypes[string(c.Name())])
		pool = on(m)
	default:
		pool = smallestThatTakesOne(c, s.load.edition.Fit, leastVCPU, on)
	}
	if pool.schedulable > 0 {
		return pool, true
	}
	if colocate, _ := s.in.colocate.Get(); colocate && role == RoleProvisioner {
		return pool, true // no such node is run
	}
	s.podFitsNoNode(c, &pool, isGiven, on)
	return pool, false
}

// smallestThatTakesOne tries a family's types from the smallest on; where none
// takes a pod it is the largest, which takes none.
func smallestThatTakesOne(c cloud.Cloud, fit *reference.Fit, leastVCPU int64, on func(cloud.Machine) machinePool) machinePool {
	var pool machinePool
	for _, m := range cloud.FamilyMachines(c.Name(), fit.Families[string(c.Name())]) {
		if m.VCPU < leastVCPU {
			continue
		}
		if pool = on(m); pool.schedulable > 0 {
			break
		}
	}
	return pool
}

// fillWithPods says what a pod of coderd, a proxy or a provisioner requests and
// how many of them a node takes.
func (p *machinePool) fillWithPods() {
	if p.row.PodRequest != nil { // the edition publishes pods
		p.request = PodRequest{p.row.PodRequest.CPUMillicores, p.row.PodRequest.MemoryMiB}
		p.schedulable, p.limitedBy = p.room.take(p.request, 0)
		p.podsPerNode = 1
		if p.role == RoleProvisioner {
			p.podsPerNode = p.schedulable
		}
		return
	}
	perNode := *p.row.PodsPerNode
	if p.role == RoleProvisioner {
		byCPU := mulDiv(perNode, p.machine.VCPU, p.rowMachine.VCPU)
		byMemory := mulDiv(perNode, p.machine.MemoryMiB, p.rowMachine.MemoryMiB)
		perNode = min(max(min(byCPU, byMemory), 1), max(p.room.pods, 1))
	}
	p.podsPerNode = perNode
	p.request = p.room.share(perNode)
	if p.role == RoleProvisioner {
		p.request.CPUMillicores = min(p.request.CPUMillicores, provisionerMaxMillicores)
		p.request.MemoryMiB = min(p.request.MemoryMiB, provisionerMaxMiB)
	}
	p.schedulable, p.limitedBy = p.room.take(p.request, 0)
}

// workspacePool is the workspaces' pool, without the row where the edition
// leaves the nodes to the operator. It can be judged before the tier is known
// where the machine type does not come from the tier.
func (s *sizer) workspacePool(c cloud.Cloud, overhead cloud.Daemons) (machinePool, bool) {
	edition, editionKnown := s.in.edition.Get()
	millicores, cpuKnown := orDefault(s.in.requestMillicores, defaultRequestMillicores).Get()
	mib, memoryKnown := orDefault(s.in.requestMiB, defaultRequestMiB).Get()
	volumes, volumesKnown := s.in.requestVolumes.Get()
	measured, measuredKnown := s.measured()
	if !editionKnown || !cpuKnown || !memoryKnown || !volumesKnown || !measuredKnown ||
		s.in.workspaceType.IsUnknown() || s.in.maxPodsPerNode.IsUnknown() {
		return machinePool{}, false
	}
	on := func(m cloud.Machine) machinePool {
		p := machinePool{role: RoleWorkspace, machine: m, basis: BasisDerived, request: PodRequest{millicores, mib}}
		limits := c.PodLimits(m)
		given, _ := orDefault(s.in.maxPodsPerNode, limits.Default).Get()
		p.maxPods = min(given, limits.Maximum)
		p.room = roomOf(c, m, p.maxPods, overhead, measured)
		p.schedulable, p.limitedBy = p.room.take(p.request, volumes)
		return p
	}
	var pool machinePool
	where := ""
	switch m, named := s.namedWorkspaceMachine(c); {
	case named:
		pool = on(m)
		where = m.Name
	case edition.Fit != nil:
		pool = smallestThatTakesOne(c, edition.Fit, edition.Fit.MinimumVCPU.Workspace, on)
		where = pool.machine.Name + ", the largest of the family " + edition.Fit.Families[string(c.Name())] + ","
	default: // the tier names the machine, and is not known
		return machinePool{}, false
	}
	if pool.schedulable == 0 {
		s.workspaceFitsNoNode(c, &pool, volumes, edition.WorkspaceMemoryMiB, where, on)
		return machinePool{}, false
	}
	if s.loadKnown && s.load.tier.Workspace != nil {
		pool.row = s.load.tier.Workspace
		pool.rowMachine, _ = cloud.FindMachine(c.Name(), pool.row.MachineTypes[string(c.Name())])
		if pool.machine.Name == pool.rowMachine.Name {
			pool.basis = BasisPublished
		}
	}
	return pool, true
}

// namedWorkspaceMachine is the workspaces' machine type where the request or
// the tier names one.
func (s *sizer) namedWorkspaceMachine(c cloud.Cloud) (cloud.Machine, bool) {
	if name, given := s.in.workspaceType.Get(); given {
		return cloud.FindMachine(c.Name(), name)
	}
	if s.in.workspaceType.IsLeftOut() && s.loadKnown && s.load.tier.Workspace != nil {
		return cloud.FindMachine(c.Name(), s.load.tier.Workspace.MachineTypes[string(c.Name())])
	}
	return cloud.Machine{}, false
}

// workspaceDensity is how many workspaces a node is counted with, and the most
// that the edition's own packing allows; there is no such bound where it
// publishes none.
func (s *sizer) workspaceDensity(p machinePool, packing Packing) (density, byEdition int64) {
	if p.row == nil {
		return p.schedulable, math.MaxInt64
	}
	edition := s.load.edition
	byEdition = mulDiv(*p.row.PodsPerNode*edition.WorkspaceMemoryMiB, p.machine.MemoryMiB, p.request.MemoryMiB*p.rowMachine.MemoryMiB)
	if _, stated := s.in.requestMillicores.Get(); stated {
		byEdition = min(byEdition, p.machine.VCPU*1000/p.request.CPUMillicores)
	}
	byEdition = max(min(byEdition, *edition.MaxWorkspacesPerNode), 1)
	if packing == PackingSchedulable {
		return min(byEdition, p.schedulable), byEdition
	}
	return byEdition, byEdition
}
