// Package sizing turns a request into a fleet by the published reference
// architectures: Request -> tier -> counts -> Fleet. It counts in whole
// numbers, knows nothing of Terraform, and answers the same on any machine.
package sizing

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// Size answers a request: a fleet, or every fault of the request at once. A
// request with unknown arguments has no answer.
//
// 1,000 users on gcp by the edition 2024-03 are 64 workspace nodes of 16.
func Size(r Request) (*Fleet, []Fault) {
	fleet, faults := calculate(r)
	if fleet == nil && len(faults) == 0 {
		faults = []Fault{{Title: "Unknown Argument", Detail: "An argument is not known yet. A sizing is calculated once all of its arguments are known."}}
	}
	return fleet, faults
}

// Check judges what is known of a request: the faults that Size would find
// whatever the unknown arguments turn out to be.
func Check(r Request) []Fault {
	_, faults := calculate(r)
	return faults
}

func calculate(r Request) (*Fleet, []Fault) {
	editions, err := reference.Editions()
	if err != nil {
		return nil, []Fault{{Title: "Unreadable Editions", Detail: "The editions built into this provider cannot be read: " + err.Error()}}
	}
	return calculateFrom(editions, r)
}

// calculateFrom is the whole way: configuration -> request -> tier -> counts ->
// fleet. Each step goes on as long as what it reads is known and without fault.
func calculateFrom(editions []*reference.Edition, r Request) (*Fleet, []Fault) {
	s := &sizer{editions: editions}
	s.in = s.read(r)
	s.judgeEdition()
	s.load, s.loadKnown = s.chooseTier()
	s.judgeColocation()
	s.judgeMaxPods()
	s.judgeMeasured()
	pools, poolsKnown := s.pools()
	if !poolsKnown || len(s.faults) > 0 {
		return nil, s.sortedFaults()
	}
	fleet, ok := s.fleet(pools)
	if !ok {
		return nil, s.sortedFaults()
	}
	return fleet, nil
}

// sizer carries one request through the calculation.
type sizer struct {
	editions  []*reference.Edition
	in        input
	load      load
	loadKnown bool
	faults    []Fault
}

func (s *sizer) fault(title, detail string, path ...string) {
	s.faults = append(s.faults, Fault{Path: path, Title: title, Detail: detail})
}

func (s *sizer) faultf(title string, path []string, format string, args ...any) {
	s.fault(title, fmt.Sprintf(format, args...), path...)
}

// sortedFaults puts the faults in the order of the arguments.
func (s *sizer) sortedFaults() []Fault {
	slices.SortStableFunc(s.faults, func(a, b Fault) int {
		return cmp.Compare(slices.Index(arguments, a.Path[0]), slices.Index(arguments, b.Path[0]))
	})
	return s.faults
}

// arguments in the order in which they are documented.
var arguments = []string{
	"users", "cloud", "edition", "high_availability", "concurrent_workspaces", "concurrent_builds", "api_rps", "zones",
	"workspace_request", "machine_types", "packing", "max_pods_per_node", "node_overhead", "workspace_node_allocatable",
	"colocate_provisioners", "proxy_regions", "beyond_range",
}

// fleet puts the answer together once everything is known.
func (s *sizer) fleet(pools pools) (*Fleet, bool) {
	c, _ := s.in.cloud.Get()
	highAvailability, known := orDefault(s.in.highAvailability, s.load.tier.HighAvailability).Get()
	zones, zonesKnown := s.in.zones.Get()
	packing, packingKnown := s.in.packing.Get()
	if !known || !zonesKnown || !packingKnown {
		return nil, false
	}
	colocate, _ := s.in.colocate.Get()
	regions, _ := s.in.proxyRegions.Get()
	volumes, _ := s.in.requestVolumes.Get()

	f := &Fleet{
		Used: Used{
			Edition: s.load.edition.ID, HighAvailability: highAvailability, ConcurrentWorkspaces: s.load.workspaces,
			ConcurrentBuilds: s.load.builds, Zones: zones, Packing: packing,
		},
		Users: s.load.users, Cloud: c.Name(),
		Tier:             Tier{TierRowOf(s.load.tier), s.load.tier.Notes},
		InValidatedRange: s.load.beyond == nil, Beyond: s.load.beyond,
		Colocated: colocate, LimitPodCPU: s.load.edition.RequestsAreLimits,
		VolumesPerWorkspace: volumes, NewestEdition: s.editions[len(s.editions)-1].ID,
	}
	if s.load.beyond != nil {
		quantities, _ := s.stated()
		f.CoveringEdition = s.laterCovering(s.load.edition, quantities)
	}
	f.Coderd = s.coderd(pools.coderd, highAvailability, zones)
	f.Provisioner = s.provisioner(pools.provisioner, colocate, zones)
	density, countedWith := s.workspaceDensity(pools.workspace, packing)
	f.Workspace = s.workspace(pools.workspace, density, zones)
	if pools.proxy != nil {
		proxy := s.proxy(*pools.proxy, zones)
		f.WorkspaceProxy, f.ProxyRegions = &proxy, regions
	}
	f.Database = s.database(c, highAvailability, f.Coderd.Pods)
	if colocate {
		f.BuiltInProvisioners = ceilDiv(s.load.builds, f.Coderd.Pods)
	}
	f.Totals = totals(f)
	f.Warnings = warnings(f, s.in.editionLeftOut, countedWith)
	return f, true
}

// totals adds up the pools at node_count, a proxy pool once per region.
func totals(f *Fleet) Totals {
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
