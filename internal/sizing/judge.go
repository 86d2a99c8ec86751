// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"slices"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// The rules here join several arguments. Each is judged once all that it reads
// is known; an argument at fault is unknown to the rules after it.

// judgeAPIRPS refuses requests per second where the edition has no limit of
// them: the other quantities state the load.
func judgeAPIRPS(f *findings, in *asked) Arg[int64] {
	rps, stated := in.apiRPS.Get()
	edition, ok := in.edition.Get()
	if !ok || !stated || edition.PublishesAPIRPS() {
		return in.apiRPS
	}
	f.tellf(&in.given.APIRPS, "No Request Limit in This Edition",
		"%s is %d, and edition %s publishes no limit of API requests. Leave %[1]s out: users, concurrent_workspaces and concurrent_builds state the load.",
		rps, edition.ID)
	return Arg[int64]{}
}

// judgeProxyEdition refuses proxies in an edition without any.
func judgeProxyEdition(f *findings, in *asked) Arg[int64] {
	edition, ok := in.edition.Get()
	if regions := in.proxyRegions.value; ok && regions > 0 && edition.Largest().WorkspaceProxy == nil {
		f.tellf(&in.given.ProxyRegions, "No Workspace Proxies in This Edition",
			"%s is %d, and edition %s publishes no workspace proxies. Leave %[1]s out%[4]s.", regions, edition.ID, orEditionWithProxies(in.editions))
		return Unknown[int64]()
	}
	return in.proxyRegions
}

// judgeMeasuredTypes wants the machine type of a measured node named where the
// edition names none.
func judgeMeasuredTypes(f *findings, in *asked) (askedMeasured, Arg[[]askedKind]) {
	given, edition := in.given, in.edition.value
	if !in.edition.isKnown() || edition.Fit == nil || !given.MachineTypes.Workspace.IsLeftOut() {
		return in.measured, in.kinds
	}
	const title = "Measured Node Without Machine Type"
	const text = "%s describes a node of one machine type, and edition %s names none for workspaces. Set %s to the type of the measured node."
	nobody := askedMeasured{Unknown[int64](), Unknown[int64]()}
	measured := in.measured
	if measured.states() {
		f.tellf(&given.WorkspaceNodeAllocatable, title, text, edition.ID, f.name(&given.MachineTypes.Workspace))
		measured = nobody
	}
	return measured, eachKind(in.kinds, func(kind *askedKind) {
		if kind.measured.states() && kind.given.MachineType.IsLeftOut() {
			f.tellf(&kind.given.NodeAllocatable, title, text, edition.ID, f.name(&kind.given.MachineType))
			kind.measured = nobody
		}
	})
}

// judgeLimits refuses a limit below its request.
func judgeLimits(f *findings, in *asked) (askedPod, Arg[[]askedKind]) {
	limits := judgeLimit(f, &in.given.WorkspaceLimits, &in.workspace)
	return limits, eachKind(in.kinds, func(kind *askedKind) {
		kind.workspace.limits = judgeLimit(f, &kind.given.Limits, &kind.workspace)
	})
}

// eachKind is the kinds with every one changed.
func eachKind(kinds Arg[[]askedKind], change func(*askedKind)) Arg[[]askedKind] {
	kinds.value = slices.Clone(kinds.value)
	for i := range kinds.value {
		change(&kinds.value[i])
	}
	return kinds
}

func judgeLimit(f *findings, given *WorkspaceLimits, w *askedWorkspace) askedPod {
	below := func(limit, request Arg[int64], argument *Number, unit string) Arg[int64] {
		if !allKnown(limit.state, request.state) || limit.value >= request.value {
			return limit
		}
		f.tellf(argument, "Limit Below Its Request", "%s comes to %d %s, and a workspace requests %d. Set it to what is requested or more, or leave it out.",
			limit.value, unit, request.value)
		return Unknown[int64]()
	}
	return askedPod{
		millicores: below(w.limits.millicores, w.request.millicores, &given.CPU, "millicores"),
		mib:        below(w.limits.mib, w.request.mib, &given.MemoryGiB, "MiB"),
	}
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
func judgeColocation(f *findings, in *asked, answering Arg[load]) {
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
		f.tellf(argument, title, "%s is true with more than %d users. Provisioners may run inside coderd up to %[2]d users and %[3]d concurrent builds. "+advice,
			limits.Users, limits.ConcurrentBuilds)
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

// judgeProxyTier refuses proxies in a tier that has none.
func judgeProxyTier(f *findings, in *asked, answering Arg[load]) Arg[int64] {
	regions, l := in.proxyRegions.value, answering.value
	if regions == 0 || !answering.isKnown() || l.tier.WorkspaceProxy != nil {
		return in.proxyRegions
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
	return Unknown[int64]()
}

// judgeMeasured refuses measured nodes that are larger than their machines.
func judgeMeasured(f *findings, in *asked, named Arg[*cloud.Machine]) (askedMeasured, Arg[[]askedKind]) {
	measured := judgeMeasuredNode(f, &in.given.WorkspaceNodeAllocatable, in.measured, named)
	return measured, eachKind(in.kinds, func(kind *askedKind) {
		machine := kind.machine
		if machine.IsLeftOut() {
			machine = named
		}
		kind.measured = judgeMeasuredNode(f, &kind.given.NodeAllocatable, kind.measured, machine)
	})
}

func judgeMeasuredNode(f *findings, given *MeasuredAllocatable, measured askedMeasured, named Arg[*cloud.Machine]) askedMeasured {
	m, ok := named.Get()
	if !ok {
		return measured
	}
	const title = "Measured Node Larger Than Its Machine"
	if millicores := measured.millicores.value; millicores > m.VCPU*1000 {
		f.tellf(&given.CPUMillicores, title, "%s is %d, and a %s has %d. Give what a node of this machine type reports as allocatable.",
			millicores, m.Name, m.VCPU*1000)
		measured.millicores = Unknown[int64]()
	}
	if mib := measured.mib.value; mib > m.MemoryMiB {
		f.tellf(&given.MemoryMiB, title,
			"%s is %d, and a %s has %d MiB. Give what a node of this machine type reports as allocatable: its Ki divided by 1024, rounded down.",
			mib, m.Name, m.MemoryMiB)
		measured.mib = Unknown[int64]()
	}
	return measured
}
