package sizing

import (
	"strconv"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// The rules here join several arguments. Each is judged once all that it reads
// is known; an argument at fault is unknown to the rules after it.

// judgeEdition refuses what the edition does not speak of.
func (s *sizer) judgeEdition() {
	edition, ok := s.in.edition.Get()
	if !ok {
		return
	}
	if rps, stated := s.in.apiRPS.Get(); stated && !edition.PublishesAPIRPS() {
		s.faultf("No Request Limit in This Edition", []string{"api_rps"},
			"api_rps is %d, and edition %s publishes no limit of API requests. Leave api_rps out: users, concurrent_workspaces and concurrent_builds state the load.",
			rps, edition.ID)
		s.in.apiRPS = Unknown[int64]()
	}
	_, sound := s.in.requestMiB.Get()
	if asked, stated := s.in.requestGiB.Get(); stated && sound && belowUnits(asked, 1024, edition.WorkspaceMemoryMiB) {
		least := strconv.FormatFloat(float64(edition.WorkspaceMemoryMiB)/1024, 'f', -1, 64)
		s.faultf("Workspace Memory Below the Edition's Minimum", []string{"workspace_request", "memory_gib"},
			"workspace_request.memory_gib is %s, and edition %s counts with at least %d MiB for a workspace. Set it to %s or more.",
			given(asked), edition.ID, edition.WorkspaceMemoryMiB, least)
		s.in.requestMiB = Unknown[int64]()
	}
	_, cpuMeasured := s.in.measuredMillicores.Get()
	_, memoryMeasured := s.in.measuredMiB.Get()
	if (cpuMeasured || memoryMeasured) && edition.Fit != nil && s.in.workspaceType.IsLeftOut() {
		s.faultf("Measured Node Without Machine Type", []string{"workspace_node_allocatable"},
			"workspace_node_allocatable describes a node of one machine type, and edition %s names none for workspaces. Set machine_types.workspace to the type of the measured node.",
			edition.ID)
		s.in.measuredMillicores, s.in.measuredMiB = Unknown[int64](), Unknown[int64]()
	}
	if regions, stated := s.in.proxyRegions.Get(); stated && regions > 0 && edition.Largest().WorkspaceProxy == nil {
		s.faultf("No Workspace Proxies in This Edition", []string{"proxy_regions"},
			"proxy_regions is %d, and edition %s publishes no workspace proxies. Leave proxy_regions out%s.", regions, edition.ID, s.orEditionWithProxies())
		s.in.proxyRegions = Unknown[int64]()
	}
}

func (s *sizer) orEditionWithProxies() string {
	for _, edition := range s.editions {
		if edition.Largest().WorkspaceProxy != nil {
			return `, or set edition = "` + edition.ID + `"`
		}
	}
	return ""
}

// judgeColocation refuses provisioners inside coderd beyond what the edition
// thinks acceptable.
func (s *sizer) judgeColocation() {
	colocate, ok := s.in.colocate.Get()
	edition, editionKnown := s.in.edition.Get()
	if !ok || !colocate || !editionKnown {
		return
	}
	var allowed *reference.Tier
	for _, tier := range edition.Tiers {
		if tier.Colocation != nil {
			allowed = tier
		}
	}
	if allowed == nil {
		s.faultf("Provisioners Cannot Be Colocated", []string{"colocate_provisioners"},
			"colocate_provisioners is true, and edition %s runs provisioners on nodes of their own only. Leave it out.", edition.ID)
		return
	}
	limits := allowed.Colocation
	users, usersKnown := s.in.users.Get()
	builds, buildsKnown := s.in.concurrentBuilds.Get()
	const advice = "Leave colocate_provisioners out, so that provisioners get nodes of their own."
	switch {
	case usersKnown && users > limits.Users:
		s.faultf("Too Large to Colocate Provisioners", []string{"colocate_provisioners"},
			"colocate_provisioners is true with %d users. Provisioners may run inside coderd up to %d users and %d concurrent builds. %s",
			users, limits.Users, limits.ConcurrentBuilds, advice)
	case buildsKnown && builds > limits.ConcurrentBuilds:
		s.faultf("Too Large to Colocate Provisioners", []string{"colocate_provisioners"},
			"colocate_provisioners is true with %d concurrent builds. Provisioners may run inside coderd up to %d users and %d concurrent builds. %s",
			builds, limits.Users, limits.ConcurrentBuilds, advice)
	case s.loadKnown && s.load.tier.Colocation == nil:
		s.faultf("Too Large to Colocate Provisioners", []string{"colocate_provisioners"},
			"colocate_provisioners is true, and the load takes the tier %s. Provisioners may run inside coderd in the tier %s only. %s",
			s.load.tier.Name, allowed.Name, advice)
	}
}

// judgeProxies refuses proxies in a tier that has none.
func (s *sizer) judgeProxies() {
	regions, ok := s.in.proxyRegions.Get()
	if !ok || regions == 0 || !s.loadKnown || s.load.tier.WorkspaceProxy != nil {
		return
	}
	from := ""
	for _, tier := range s.load.edition.Tiers {
		if tier.WorkspaceProxy != nil {
			from = tier.Name
			break
		}
	}
	s.faultf("No Workspace Proxies in This Tier", []string{"proxy_regions"},
		"proxy_regions is %d, and the tier %s of edition %s runs no workspace proxies; they begin with the tier %s. Leave proxy_regions out.",
		regions, s.load.tier.Name, s.load.edition.ID, from)
	s.in.proxyRegions = Unknown[int64]()
}

// judgeMaxPods holds the pod limit against what the cloud can set and what the
// daemons take.
func (s *sizer) judgeMaxPods() {
	limit, ok := s.in.maxPodsPerNode.Get()
	if !ok {
		return
	}
	fault := func(format string, args ...any) {
		s.faultf("Invalid Pod Limit", []string{"max_pods_per_node"}, "max_pods_per_node is %d. "+format, append([]any{limit}, args...)...)
		s.in.maxPodsPerNode = Unknown[int64]()
	}
	most := int64(maxCount)
	if c, ok := s.in.cloud.Get(); ok {
		bounds, where := c.PodLimits(cloud.Machine{VCPU: maxCount, InterfacePods: maxCount}), c.Kubernetes()
		if m, ok := s.namedWorkspaceMachine(c); ok {
			bounds, where = c.PodLimits(m), m.Name+" on "+where
		}
		if limit < bounds.Minimum || limit > bounds.Maximum {
			fault("The pod limit of a node of %s can be set from %d to %d.", where, bounds.Minimum, bounds.Maximum)
			return
		}
		most = bounds.Maximum
	}
	if pods, ok := s.overheadPods(); ok && limit <= pods {
		advice := "set it higher than that"
		if pods >= most {
			advice = "lower that"
		}
		fault("Every node runs %d pods beside the workspaces (node_overhead.pods): %s.", pods, advice)
	}
}

// judgeMeasured refuses a measured node that is larger than its machine.
func (s *sizer) judgeMeasured() {
	c, ok := s.in.cloud.Get()
	if !ok {
		return
	}
	m, ok := s.namedWorkspaceMachine(c)
	if !ok {
		return
	}
	if millicores, stated := s.in.measuredMillicores.Get(); stated && millicores > m.VCPU*1000 {
		s.faultf("Measured Node Larger Than Its Machine", []string{"workspace_node_allocatable", "cpu_millicores"},
			"workspace_node_allocatable.cpu_millicores is %d, and a %s has %d. Give what a node of this machine type reports as allocatable.",
			millicores, m.Name, m.VCPU*1000)
		s.in.measuredMillicores = Unknown[int64]()
	}
	if mib, stated := s.in.measuredMiB.Get(); stated && mib > m.MemoryMiB {
		s.faultf("Measured Node Larger Than Its Machine", []string{"workspace_node_allocatable", "memory_mib"},
			"workspace_node_allocatable.memory_mib is %d, and a %s has %d MiB. Give what a node of this machine type reports as allocatable: its Ki divided by 1024, rounded down.",
			mib, m.Name, m.MemoryMiB)
		s.in.measuredMiB = Unknown[int64]()
	}
}
