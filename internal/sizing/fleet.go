package sizing

import "github.com/refarch/terraform-provider-refarch/internal/reference"

// assemble counts the pools and puts the answer together.
func assemble(s settled) *Fleet {
	in, l, c := s.asked, s.load, s.asked.cloud.value
	zones, packing := in.zones.value, in.packing.value
	f := &Fleet{
		Used: Used{
			Edition: l.edition.ID, HighAvailability: s.highAvailability, ConcurrentWorkspaces: l.workspaces,
			ConcurrentBuilds: l.builds, Zones: zones, Packing: packing,
		},
		Users: l.users, Cloud: c.Name(),
		Tier:             Tier{TierRowOf(l.tier), l.tier.Notes},
		InValidatedRange: l.beyond == nil, Beyond: l.beyond,
		Colocated: in.colocate.value, LimitPodCPU: l.edition.RequestsAreLimits,
		VolumesPerWorkspace: in.workspace.volumes.value, NewestEdition: in.editions[len(in.editions)-1].ID,
	}
	if l.covering != nil {
		f.CoveringEdition = l.covering.ID
	}
	byEdition := publishedDensity(s.machines.workspace, l, !in.given.WorkspaceRequest.CPU.IsLeftOut())
	density := workspaceDensity(s.machines.workspace, byEdition, packing)

	f.Coderd = nodePool(s.machines.coderd, countCoderd(s.machines.coderd, l, s.highAvailability), zones)
	f.Provisioner = nodePool(s.machines.provisioner, countProvisioners(s.machines.provisioner, l, f.Colocated), zones)
	f.Workspace = nodePool(s.machines.workspace, countWorkspaces(s.machines.workspace, l, density, zones), zones)
	if s.machines.proxy != nil {
		proxy := nodePool(*s.machines.proxy, countProxies(*s.machines.proxy, l), zones)
		f.WorkspaceProxy, f.ProxyRegions = &proxy, in.proxyRegions.value
	}
	f.Database = chooseDatabase(c, l, s.highAvailability, f.Coderd.Pods)
	if f.Colocated {
		f.BuiltInProvisioners = ceilDiv(l.builds, f.Coderd.Pods)
	}
	f.Totals = addUp(f)
	f.Warnings = findWarnings(f, in.given.Edition.IsLeftOut(), byEdition)
	return f
}

// nodePool is a pool of the answer.
func nodePool(n node, c counted, zones int64) NodePool {
	m := n.machine
	return NodePool{
		MachineType: m.Name, Architecture: m.Architecture, Burstable: m.Burstable,
		VCPU: m.VCPU, MemoryGiB: gib(m.MemoryMiB), MemoryMiB: m.MemoryMiB,
		NodeCount: c.nodes, MinNodeCount: c.least, MaxNodeCount: c.most, NodeCountPerZone: ceilDiv(c.nodes, zones),
		PodsPerNode: c.podsPerNode, Pods: c.pods,
		SchedulablePodsPerNode: n.schedulable, LimitedBy: n.limitedBy,
		MaxPodsPerNode: n.maxPods, MaxVolumesPerNode: m.MaxVolumes, PodRequest: n.request,
		Published: PublishedOf(n.demand.role, n.demand.row), Basis: n.basis,
	}
}

// addUp is all pools at node_count, a proxy pool once per region.
func addUp(f *Fleet) Totals {
	var t Totals
	for _, pool := range f.Pools() {
		times := int64(1)
		if pool.Role == RoleWorkspaceProxy {
			times = f.ProxyRegions
		}
		t.NodeCount += times * pool.NodeCount
		t.VCPU += times * pool.NodeCount * pool.VCPU
		t.MemoryMiB += times * pool.NodeCount * pool.MemoryMiB
	}
	t.MemoryGiB = gib(t.MemoryMiB)
	return t
}

// TierRowOf is a published row with its limits, for an answer.
func TierRowOf(t *reference.Tier) TierRow {
	return TierRow{
		Name: t.Name, Users: t.Limits.Users, APIRPS: t.Limits.APIRPS,
		ConcurrentWorkspaces: t.ConcurrentWorkspaces(), ConcurrentBuilds: t.ConcurrentBuilds(),
		HighAvailability: t.HighAvailability, SourceURL: t.Source.URL, SourceCommit: t.Source.Commit,
	}
}

// PublishedOf is a role's cells as they stand; nil where the page has no row.
// What a page counts in pods has its replicas as nodes where one pod fills a
// node, and no count where many share one: provisioners.
func PublishedOf(role Role, p *reference.Pool) *PublishedPool {
	if p == nil {
		return nil
	}
	published := &PublishedPool{VCPU: p.VCPU, MemoryGB: p.MemoryGB, PodsPerNode: p.PodsPerNode}
	switch {
	case p.Nodes != nil:
		published.MinNodeCount, published.MaxNodeCount = &p.Nodes.Min, &p.Nodes.Max
	case role != RoleProvisioner:
		published.MinNodeCount, published.MaxNodeCount = p.Pods, p.Pods
	}
	return published
}

// PublishedDatabaseOf is the database's cells as they stand.
func PublishedDatabaseOf(db *reference.Database) PublishedDatabase {
	return PublishedDatabase{VCPU: db.VCPU, MemoryGB: db.MemoryGB, NodeCount: db.Nodes, StorageGB: db.StorageGB}
}
