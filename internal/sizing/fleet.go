// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// assemble puts the answer together.
func assemble(s *settled) *Fleet {
	f := countFleet(s)
	pools := f.Pools()
	f.Totals = addUp(pools, func(p *NodePool) int64 { return p.NodeCount })
	f.Peak = addUp(pools, func(p *NodePool) int64 { return nodesAtMost(p, f.Zones) })
	f.ResourceQuota = limitWorkspaces(pools)
	var unknown []Subject
	f.ComputeQuotas, unknown = countQuotas(pools, f.Cloud, f.Zones)
	f.Addresses, f.BeyondAddresses = addressesOf(f, pools, s)
	f.PoolNodeLimit, f.PoolNodeQuota = s.asked.cloud.value.MaxNodesPerPool()
	f.BelowReference = belowReference(s)
	f.Warnings = findWarnings(f, pools, s, unknown)
	return f
}

// countFleet counts the pools and chooses the database.
func countFleet(s *settled) *Fleet {
	in, l, m, zones := &s.asked, &s.load, &s.machines, s.asked.zones.value
	c := countPools(s)
	f := &Fleet{
		Used:  usedBy(s),
		Users: l.users, Cloud: in.cloud.value.Name(),
		Tier:             Tier{TierRowOf(l.tier), l.tier.Notes},
		InValidatedRange: l.beyond == nil, Beyond: l.beyond,
		NewestEdition: in.editions[len(in.editions)-1].ID, PublishedWorkspaceMiB: l.edition.WorkspaceMemoryMiB,
	}
	if l.covering != nil {
		f.CoveringEdition = l.covering.ID
	}
	f.Coderd = rolePool(&m.coderd, c.coderd, l, zones)
	f.Provisioner = rolePool(&m.provisioner, c.provisioner, l, zones)
	if m.proxy != nil {
		proxy := rolePool(m.proxy, c.proxy, l, zones)
		f.WorkspaceProxy = &proxy
	}
	f.CoderdReplicas = f.Coderd.Pods
	f.Workspace = workspacePool(&m.workspace, c.workspace, &in.workspace.limits, zones)
	f.WorkspacePools = make(map[string]NodePool, len(m.kinds))
	for i := range in.kinds.value {
		kind := &in.kinds.value[i]
		f.WorkspacePools[kind.name] = workspacePool(&m.kinds[i], c.kinds[i], &kind.workspace.limits, zones)
	}
	f.Database = databaseOf(in.cloud.value, l, s.highAvailability, f.Coderd.Pods)
	if f.ColocateProvisioners {
		f.BuiltInProvisioners = ceilDiv(l.builds, f.Coderd.Pods)
	}
	return f
}

// nodePool is a pool of the answer.
func nodePool(n *node, c counted, zones int64) NodePool {
	m := n.machine
	return NodePool{
		machine: m, MachineType: m.Name, Architecture: m.Architecture, Burstable: m.Burstable,
		VCPU: m.VCPU, MemoryGiB: gib(m.MemoryMiB), MemoryMiB: m.MemoryMiB, GPUs: m.GPUs,
		NodeCount: c.nodes, MinNodeCount: c.least, MaxNodeCount: c.most,
		NodeCountPerZone: ceilDiv(c.nodes, zones), MinNodeCountPerZone: ceilDiv(c.least, zones), MaxNodeCountPerZone: ceilDiv(c.most, zones),
		PodsPerNode: c.podsPerNode, Pods: c.pods, MostPods: c.mostPods,
		SchedulablePodsPerNode: n.schedulable, LimitedBy: n.limitedBy,
		SchedulableCPUMillicores: n.room.millicores, SchedulableMemoryMiB: n.room.mib,
		MaxPodsPerNode: n.maxPods, MaxVolumesPerNode: m.MaxVolumes,
		PodRequest: n.request, PodVolumes: n.demand.volumes, PodGPUs: n.demand.gpus,
		Published: PublishedOf(n.demand.role, n.demand.row), Basis: n.basis,
	}
}

// rolePool is the pool of coderd, provisioners or proxies. Memory is limited to
// what is requested, as the pages advise against promising more of it than
// there is; CPU only where the edition asks for it.
func rolePool(n *node, c counted, l *load, zones int64) NodePool {
	pool := nodePool(n, c, zones)
	limits := n.request
	pool.PodLimits.MemoryMiB = &limits.MemoryMiB
	if l.edition.RequestsAreLimits {
		pool.PodLimits.CPUMillicores = &limits.CPUMillicores
	}
	pool.Overcommit = overcommitOf(&pool)
	return pool
}

// workspacePool is a pool of workspaces with the limits that the request states.
func workspacePool(n *node, c counted, limits *askedPod, zones int64) NodePool {
	pool := nodePool(n, c, zones)
	pool.PodLimits = PodLimits{pointer(limits.millicores), pointer(limits.mib)}
	pool.Overcommit = overcommitOf(&pool)
	return pool
}

// overcommitOf is what a full node's pods may use over what it has for them.
func overcommitOf(p *NodePool) Overcommit {
	of := func(limit *int64, room int64) *float64 {
		if limit == nil || room == 0 || p.SchedulablePodsPerNode == 0 {
			return nil
		}
		hundredths := mulDiv(p.PodsPerNode*200, *limit, room) // twice, to round half up
		ratio := float64((hundredths+1)/2) / 100
		return &ratio
	}
	return Overcommit{CPU: of(p.PodLimits.CPUMillicores, p.SchedulableCPUMillicores), Memory: of(p.PodLimits.MemoryMiB, p.SchedulableMemoryMiB)}
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
