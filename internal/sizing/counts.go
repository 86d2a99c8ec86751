package sizing

// nodePool puts a pool of the answer together; the three counts are equal until
// a role says otherwise.
func (p machinePool) nodePool(nodes, podsPerNode, pods, zones int64) NodePool {
	m := p.machine
	return NodePool{
		MachineType: m.Name, Architecture: m.Architecture, Burstable: m.Burstable,
		VCPU: m.VCPU, MemoryGiB: gib(m.MemoryMiB), MemoryMiB: m.MemoryMiB,
		NodeCount: nodes, MinNodeCount: nodes, MaxNodeCount: nodes, NodeCountPerZone: ceilDiv(nodes, zones),
		PodsPerNode: podsPerNode, Pods: pods,
		SchedulablePodsPerNode: p.schedulable, LimitedBy: p.limitedBy,
		MaxPodsPerNode: p.maxPods, MaxVolumesPerNode: m.MaxVolumes, PodRequest: p.request,
		Published: PublishedOf(p.role, p.row), Basis: p.basis,
	}
}

// coderd runs the row's nodes, one pod each. Where the row leaves a choice,
// high availability takes the larger number.
func (s *sizer) coderd(p machinePool, highAvailability bool, zones int64) NodePool {
	if p.row.Nodes == nil {
		return p.nodePool(s.load.scaled(*p.row.Pods), 1, s.load.scaled(*p.row.Pods), zones)
	}
	least, most := s.load.scaled(p.row.Nodes.Min), s.load.scaled(p.row.Nodes.Max)
	nodes := least
	if highAvailability {
		nodes = most
	}
	pool := p.nodePool(nodes, p.podsPerNode, nodes, zones)
	pool.MinNodeCount, pool.MaxNodeCount = least, most
	return pool
}

// provisioner runs one provisioner a build; inside coderd it runs no nodes, and
// the rest describes the machine not run.
func (s *sizer) provisioner(p machinePool, colocated bool, zones int64) NodePool {
	if colocated {
		return p.nodePool(0, p.podsPerNode, 0, zones)
	}
	return p.nodePool(ceilDiv(s.load.builds, p.podsPerNode), p.podsPerNode, s.load.builds, zones)
}

// proxy is one region's workspace proxies, one pod a node.
func (s *sizer) proxy(p machinePool, zones int64) NodePool {
	pods := s.load.scaled(*p.row.Pods)
	return p.nodePool(pods, 1, pods, zones)
}

// workspace runs the concurrent workspaces, up to everyone at once, and never
// scales to zero.
func (s *sizer) workspace(p machinePool, density, zones int64) NodePool {
	nodes := ceilDiv(s.places(p, s.load.workspaces), density)
	pool := p.nodePool(nodes, density, s.load.workspaces, zones)
	pool.MinNodeCount = min(zones, nodes)
	pool.MaxNodeCount = ceilDiv(s.places(p, max(s.load.users, s.load.workspaces)), density)
	return pool
}

// places is how many workspaces the nodes have to hold. A row that publishes
// nodes has some more places than users, 1,024 for 1,000: so many more are
// there for fewer workspaces too, within the tier never beyond the row's own.
func (s *sizer) places(p machinePool, workspaces int64) int64 {
	if p.row == nil {
		return workspaces
	}
	published := p.row.Nodes.Max * *p.row.PodsPerNode
	places := ceilMulDiv(workspaces, published, s.load.tier.Limits.Users)
	if s.load.beyond == nil {
		places = min(places, published)
	}
	return places
}
