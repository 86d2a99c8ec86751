package sizing

import (
	"strconv"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// The rules here join several arguments. Each is judged once all that it reads
// is known; an argument at fault is unknown to the rules after it.

// judgeEdition refuses what the edition does not speak of.
func judgeEdition(f *findings, in asked) asked {
	edition, ok := in.edition.Get()
	if !ok {
		return in
	}
	given := in.given
	if rps, stated := in.apiRPS.Get(); stated && !edition.PublishesAPIRPS() {
		f.tellf(&given.APIRPS, "No Request Limit in This Edition",
			"%s is %d, and edition %s publishes no limit of API requests. Leave %[1]s out: users, concurrent_workspaces and concurrent_builds state the load.",
			rps, edition.ID)
		in.apiRPS = Unknown[int64]()
	}
	if asked, stated := given.WorkspaceRequest.MemoryGiB.Get(); stated && in.workspace.mib.isKnown() && belowUnits(asked, 1024, edition.WorkspaceMemoryMiB) {
		least := strconv.FormatFloat(float64(edition.WorkspaceMemoryMiB)/1024, 'f', -1, 64)
		f.tellf(&given.WorkspaceRequest.MemoryGiB, "Workspace Memory Below the Edition's Minimum",
			"%s is %s, and edition %s counts with at least %d MiB for a workspace. Set it to %s or more.",
			shown(asked), edition.ID, edition.WorkspaceMemoryMiB, least)
		in.workspace.mib = Unknown[int64]()
	}
	if in.measured.states() && edition.Fit != nil && given.MachineTypes.Workspace.IsLeftOut() {
		f.tellf(&given.WorkspaceNodeAllocatable, "Measured Node Without Machine Type",
			"%s describes a node of one machine type, and edition %s names none for workspaces. Set %s to the type of the measured node.",
			edition.ID, f.name(&given.MachineTypes.Workspace))
		in.measured = askedMeasured{Unknown[int64](), Unknown[int64]()}
	}
	if regions, stated := in.proxyRegions.Get(); stated && regions > 0 && edition.Largest().WorkspaceProxy == nil {
		f.tellf(&given.ProxyRegions, "No Workspace Proxies in This Edition",
			"%s is %d, and edition %s publishes no workspace proxies. Leave %[1]s out%[4]s.", regions, edition.ID, orEditionWithProxies(in.editions))
		in.proxyRegions = Unknown[int64]()
	}
	return in
}

// states reports that a figure is known, whatever the other one is.
func (m askedMeasured) states() bool { return m.millicores.value > 0 || m.mib.value > 0 }

func orEditionWithProxies(editions []*reference.Edition) string {
	for _, edition := range editions {
		if edition.Largest().WorkspaceProxy != nil {
			return `, or set edition = "` + edition.ID + `"`
		}
	}
	return ""
}

// judgeColocation refuses provisioners inside coderd beyond what the edition
// thinks acceptable.
func judgeColocation(f *findings, in asked, answering Arg[load]) {
	edition, ok := in.edition.Get()
	if !ok || !in.colocate.value {
		return
	}
	const advice = "Leave %[1]s out, so that provisioners get nodes of their own."
	argument := &in.given.ColocateProvisioners
	allowed := colocatingTier(edition)
	if allowed == nil {
		f.tellf(argument, "Provisioners Cannot Be Colocated",
			"%s is true, and edition %s runs provisioners on nodes of their own only. Leave it out.", edition.ID)
		return
	}
	const title = "Too Large to Colocate Provisioners"
	limits := allowed.Colocation
	users, builds := in.users.value, in.concurrentBuilds.value
	switch {
	case users > limits.Users:
		f.tellf(argument, title, "%s is true with %d users. Provisioners may run inside coderd up to %d users and %d concurrent builds. "+advice,
			users, limits.Users, limits.ConcurrentBuilds)
	case builds > limits.ConcurrentBuilds:
		f.tellf(argument, title, "%s is true with %d concurrent builds. Provisioners may run inside coderd up to %d users and %d concurrent builds. "+advice,
			builds, limits.Users, limits.ConcurrentBuilds)
	case answering.isKnown() && answering.value.tier.Colocation == nil:
		f.tellf(argument, title, "%s is true, and the load takes the tier %s. Provisioners may run inside coderd in the tier %s only. "+advice,
			answering.value.tier.Name, allowed.Name)
	}
}

// colocatingTier is the largest row that lets provisioners run inside coderd,
// nil where none does.
func colocatingTier(e *reference.Edition) *reference.Tier {
	var allowed *reference.Tier
	for _, tier := range e.Tiers {
		if tier.Colocation != nil {
			allowed = tier
		}
	}
	return allowed
}

// judgeProxies refuses proxies in a tier that has none.
func judgeProxies(f *findings, in asked, answering Arg[load]) asked {
	regions, l := in.proxyRegions.value, answering.value
	if regions == 0 || !answering.isKnown() || l.tier.WorkspaceProxy != nil {
		return in
	}
	from := ""
	for _, tier := range l.edition.Tiers {
		if tier.WorkspaceProxy != nil {
			from = tier.Name
			break
		}
	}
	f.tellf(&in.given.ProxyRegions, "No Workspace Proxies in This Tier",
		"%s is %d, and the tier %s of edition %s runs no workspace proxies; they begin with the tier %s. Leave %[1]s out.",
		regions, l.tier.Name, l.edition.ID, from)
	in.proxyRegions = Unknown[int64]()
	return in
}

// judgeMaxPods holds the pod limit against what the cloud can set and what the
// daemons take.
func judgeMaxPods(f *findings, in asked, named Arg[cloud.Machine]) asked {
	limit, ok := in.maxPods.Get()
	if !ok {
		return in
	}
	const title = "Invalid Pod Limit"
	most := int64(maxCount)
	if c, ok := in.cloud.Get(); ok {
		bounds, where := c.PodLimits(cloud.Machine{VCPU: maxCount, InterfacePods: maxCount}), c.Kubernetes()
		if m, ok := named.Get(); ok {
			bounds, where = c.PodLimits(m), m.Name+" on "+where
		}
		if limit < bounds.Minimum || limit > bounds.Maximum {
			f.tellf(&in.given.MaxPodsPerNode, title, "%s is %d. The pod limit of a node of %s can be set from %d to %d.",
				limit, where, bounds.Minimum, bounds.Maximum)
			in.maxPods = Unknown[int64]()
			return in
		}
		most = bounds.Maximum
	}
	if pods := overheadPods(in); pods.isKnown() && limit <= pods.value {
		advice := "set it higher than that"
		if pods.value >= most {
			advice = "lower that"
		}
		f.tellf(&in.given.MaxPodsPerNode, title, "%s is %d. Every node runs %d pods beside the workspaces (%s): %s.",
			limit, pods.value, f.name(&in.given.NodeOverhead.Pods), advice)
		in.maxPods = Unknown[int64]()
	}
	return in
}

// judgeMeasured refuses a measured node that is larger than its machine.
func judgeMeasured(f *findings, in asked, named Arg[cloud.Machine]) asked {
	m, ok := named.Get()
	if !ok {
		return in
	}
	const title = "Measured Node Larger Than Its Machine"
	given := &in.given.WorkspaceNodeAllocatable
	if millicores := in.measured.millicores.value; millicores > m.VCPU*1000 {
		f.tellf(&given.CPUMillicores, title, "%s is %d, and a %s has %d. Give what a node of this machine type reports as allocatable.",
			millicores, m.Name, m.VCPU*1000)
		in.measured.millicores = Unknown[int64]()
	}
	if mib := in.measured.mib.value; mib > m.MemoryMiB {
		f.tellf(&given.MemoryMiB, title,
			"%s is %d, and a %s has %d MiB. Give what a node of this machine type reports as allocatable: its Ki divided by 1024, rounded down.",
			mib, m.Name, m.MemoryMiB)
		in.measured.mib = Unknown[int64]()
	}
	return in
}
