// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
)

// askedKind is a kind of workspace, after the rules that read one part alone.
type askedKind struct {
	name  string
	given *WorkspaceKind

	workspaces Arg[int64] // exactly one of the two is stated
	share      Arg[int64] // in millionths of a percent
	workspace  askedWorkspace
	machine    Arg[*cloud.Machine]
	measured   askedMeasured
}

const (
	// MaxKinds is how many kinds are sized: each is a node pool of its own.
	MaxKinds = 20
	// Shares are rounded to six decimals of a percent.
	wholeShare = 100 * 1_000_000
	// nearlyWhole is how far the sum of all shares may be from 100 and still mean
	// everybody: thirds are 33.333.
	nearlyWhole = 1000
)

// readKinds judges each kind by itself, by name.
func readKinds(f *findings, in *asked, kinds *Arg[map[string]WorkspaceKind]) Arg[[]askedKind] {
	given, ok := kinds.Get()
	if !ok {
		return absent[[]askedKind](*kinds).or(nil)
	}
	if len(given) > MaxKinds {
		f.tellf(kinds, "Too Many Kinds of Workspaces", "%s has %d kinds. At most %d are sized: each is a node pool of its own. Put alike ones together.",
			len(given), MaxKinds)
	}
	path := f.pathOf(kinds)
	read := make([]askedKind, 0, len(given))
	for _, name := range slices.Sorted(maps.Keys(given)) {
		kind := given[name]
		f.locate(&kind, append(path[:len(path):len(path)], Step{name, true}))
		read = append(read, readKind(f, in, name, &kind))
	}
	return Known(read)
}

func readKind(f *findings, in *asked, name string, k *WorkspaceKind) askedKind {
	judgeKindName(f, in.cloud, name, k)
	kind := askedKind{
		name: name, given: k,
		workspaces: readCount(f, &k.Workspaces, 0),
		share:      readShare(f, &k.Percent),
		workspace: askedWorkspace{
			request: askedPod{readCPU(f, &k.Requests.CPU), readWorkspaceMemory(f, &k.Requests.MemoryGiB)},
			volumes: readCount(f, &k.Requests.Volumes, 0),
			gpus:    readCount(f, &k.Requests.GPUs, 0).or(0),
			limits:  askedPod{readCPU(f, &k.Limits.CPU), readMemory(f, &k.Limits.MemoryGiB)},
		},
		machine: readMachineType(f, &k.MachineType, in.cloud, in.specs),
		measured: askedMeasured{
			millicores: readCount(f, &k.NodeAllocatable.CPUMillicores, 1).or(0),
			mib:        readCount(f, &k.NodeAllocatable.MemoryMiB, 1).or(0),
		},
	}
	if kind.workspace.volumes.IsLeftOut() {
		kind.workspace.volumes = in.workspace.volumes
	}
	judgeRequests(f, &kind)
	judgeOneShare(f, &kind)
	judgeGPUs(f, &kind)
	return kind
}

// judgeRequests wants both parts of what a workspace requests. Terraform drops
// names that an object does not have, so a misspelt requests is one without
// parts.
func judgeRequests(f *findings, kind *askedKind) {
	const title = "Incomplete Kind of Workspaces"
	requests, request := &kind.given.Requests, &kind.workspace.request
	if *requests == (KindRequests{}) {
		f.tellf(requests, title, "%s is missing. State what one workspace of this kind requests: cpu in vCPU and memory_gib in GiB.")
		*request = askedPod{Unknown[int64](), Unknown[int64]()}
		return
	}
	require := func(part *Arg[int64], name, unit string) {
		if part.IsLeftOut() {
			f.tellf(requests, title, "%s.%s is missing. State what one workspace of this kind requests, in %s.", name, unit)
			*part = Unknown[int64]()
		}
	}
	require(&request.millicores, "cpu", "vCPU")
	require(&request.mib, "memory_gib", "GiB")
}

// readShare reads a share in millionths of a percent.
func readShare(f *findings, percent *Number) Arg[int64] {
	value, ok := percent.Get()
	if !ok {
		return absent[int64](*percent)
	}
	if value.Cmp(big.NewFloat(101)) < 0 {
		if share := nearestUnits(value, 1_000_000); share > 0 && share <= wholeShare {
			return Known(share)
		}
	}
	f.tellf(percent, "Invalid Percentage", "%s is %s. It must be above 0 and at most 100; fractions are fine, to six decimals.", shown(value))
	return Unknown[int64]()
}

// judgeKindName holds the key, which names a node pool, against what the cloud
// takes; while the cloud is unknown, against what any cloud takes.
func judgeKindName(f *findings, asked Arg[cloud.Cloud], name string, k *WorkspaceKind) {
	const title = "Invalid Name of a Kind"
	var rule cloud.PoolNames
	if c, ok := asked.Get(); ok {
		rule = c.PoolNames()
	} else {
		for _, c := range cloud.All() {
			own := c.PoolNames()
			rule = cloud.PoolNames{MaxLength: max(rule.MaxLength, own.MaxLength), Hyphens: rule.Hyphens || own.Hyphens}
		}
	}
	switch {
	case slices.Contains(ReservedPools(), name):
		f.tellf(k, title, "%s has the name of a pool that a fleet has anyway. Choose another name.")
	case !rule.Allow(name):
		letters := "lower-case letters and digits"
		if rule.Hyphens {
			letters = "lower-case letters, digits and hyphens, not at the end"
		}
		f.tellf(k, title, "%s names a node pool: a lower-case letter, then %s, at most %d characters. Choose such a name.",
			letters, rule.MaxLength)
	}
}

// ReservedPools are the names of pools that modules make beside the kinds'.
func ReservedPools() []string {
	return []string{"coderd", "provisioner", "workspace", "workspace-proxy", "system"}
}

// judgeOneShare wants one of workspaces and percent.
func judgeOneShare(f *findings, kind *askedKind) {
	k, stated := kind.given, ""
	_, fixed := k.Workspaces.Get()
	_, relative := k.Percent.Get()
	switch {
	case fixed && relative:
		stated = "both workspaces and percent"
	case k.Workspaces.IsLeftOut() && k.Percent.IsLeftOut():
		stated = "neither workspaces nor percent"
	default:
		return
	}
	f.tellf(k, "Share of a Kind", "%s states %s. State one of them: how many run at once, or their share of the rest.", stated)
	kind.workspaces, kind.share = Unknown[int64](), Unknown[int64]()
}

// judgeGPUs wants the machine of workspaces with GPUs named, and large enough.
func judgeGPUs(f *findings, kind *askedKind) {
	gpus := kind.workspace.gpus.value
	if gpus == 0 {
		return
	}
	argument := &kind.given.Requests.GPUs
	m := kind.machine.value
	switch {
	case kind.machine.IsLeftOut():
		f.tellf(argument, "GPUs Without Machine Type", "%s is %d, and machine_type is left out: no edition names a machine with GPUs. Set machine_type to one that has them.", gpus)
	case kind.machine.isKnown() && m.GPUs < gpus:
		f.tellf(argument, "Too Few GPUs", "%s is %d, and a %s has %d. Choose a machine_type with more, or lower it.", gpus, m.Name, m.GPUs)
	default:
		return
	}
	kind.workspace.gpus = Unknown[int64]()
}

// split is how many workspaces of each kind run, now and with everybody at work.
type split struct {
	kinds []running // as the kinds asked for
	rest  running   // in the pool workspace
}

type running struct{ now, most int64 }

// splitWorkspaces divides the concurrent workspaces among the kinds: the fixed
// ones first, of what they leave each its share, the rest to the pool
// workspace.
func splitWorkspaces(f *findings, in *asked, answering Arg[load]) Arg[split] {
	fixed, shares := fixedWorkspaces(f, in), sharesOfKinds(f, in)
	if !allKnown(fixed.state, shares.state, answering.state) {
		return Unknown[split]()
	}
	l := answering.value
	s := split{kinds: make([]running, len(in.kinds.value))}
	now, most := l.workspaces-fixed.value, max(l.users, l.workspaces)-fixed.value
	share := func(millionths int64) running {
		return running{ceilMulDiv(now, millionths, wholeShare), ceilMulDiv(most, millionths, wholeShare)}
	}
	for i, kind := range in.kinds.value {
		if n, ok := kind.workspaces.Get(); ok {
			s.kinds[i] = running{n, n}
		} else {
			s.kinds[i] = share(kind.share.value)
		}
	}
	s.rest = share(wholeShare - shares.value)
	return Known(s)
}

// fixedWorkspaces adds up the workspaces that kinds state, of which no more can
// run than run at all.
func fixedWorkspaces(f *findings, in *asked) Arg[int64] {
	sum := sumOfKinds(in, func(kind askedKind) Arg[int64] { return kind.workspaces })
	if !sum.isKnown() {
		return sum
	}
	if all := workspacesAtOnce(in); all.isKnown() && sum.value > all.value {
		atOnce := "fewer" // how many users there are may be a secret
		if in.concurrentWorkspaces.isKnown() {
			atOnce = strconv.FormatInt(all.value, 10)
		}
		f.tellf(&in.given.WorkspaceKinds, "More Workspaces Than Run", "The workspaces of all kinds in %s add up to %d, and %s run at once. Lower some, or raise concurrent_workspaces.",
			sum.value, atOnce)
		return Unknown[int64]()
	}
	return sum
}

// sharesOfKinds adds up the shares of the rest, which are at most everybody.
func sharesOfKinds(f *findings, in *asked) Arg[int64] {
	sum := sumOfKinds(in, func(kind askedKind) Arg[int64] { return kind.share })
	switch {
	case !sum.isKnown():
	case max(sum.value-wholeShare, wholeShare-sum.value) <= nearlyWhole:
		sum.value = wholeShare
	case sum.value > wholeShare:
		f.tellf(&in.given.WorkspaceKinds, "More Than Everybody", "The percent of all kinds in %s add up to %s. They must be at most 100: lower some.", percentage(sum.value))
		return Unknown[int64]()
	}
	return sum
}

// sumOfKinds adds up what kinds state, unknown while one is.
func sumOfKinds(in *asked, stated func(askedKind) Arg[int64]) Arg[int64] {
	if !in.kinds.isKnown() {
		return Unknown[int64]()
	}
	sum := Known(int64(0))
	for _, kind := range in.kinds.value {
		n := stated(kind)
		if n.IsUnknown() {
			return n
		}
		sum.value += n.value
	}
	return sum
}

// percentage writes millionths of a percent as a configuration has them.
func percentage(millionths int64) string {
	return strings.TrimRight(strings.TrimRight(new(big.Rat).SetFrac64(millionths, 1_000_000).FloatString(6), "0"), ".")
}

// chooseKindNodes finds the machine of each kind and judges that it takes one
// of its workspaces.
func chooseKindNodes(f *findings, in *asked, named Arg[*cloud.Machine], overhead Arg[cloud.Daemons]) Arg[[]node] {
	kinds, ok := in.kinds.Get()
	if !ok {
		return Unknown[[]node]()
	}
	all := Known(make([]node, len(kinds)))
	for i := range kinds {
		chosen := chooseKindNode(f, in, kinds[i], named, overhead)
		if !chosen.isKnown() {
			all = Unknown[[]node]()
			continue
		}
		if all.isKnown() {
			all.value[i] = chosen.value
		}
	}
	return all
}

// chooseKindNode finds a kind's machine: its own, else the one that the request
// names for workspaces, else the edition's.
func chooseKindNode(f *findings, in *asked, kind askedKind, named Arg[*cloud.Machine], overhead Arg[cloud.Daemons]) Arg[node] {
	if !kind.machine.IsLeftOut() {
		named = kind.machine
	}
	w := kind.workspace
	if !allKnown(in.cloud.state, in.edition.state, overhead.state, w.request.millicores.state, w.request.mib.state, w.volumes.state, w.gpus.state,
		kind.measured.millicores.state, kind.measured.mib.state) || named.IsUnknown() || in.maxPods.IsUnknown() {
		return Unknown[node]()
	}
	d := demand{
		role: RoleWorkspace, kind: kind.name, cloud: in.cloud.value, overhead: overhead.value,
		request: PodRequest{w.request.millicores.value, w.request.mib.value},
		volumes: w.volumes.value, gpus: w.gpus.value, maxPods: in.maxPods,
		measured: measuredNode{kind.measured.millicores.value, kind.measured.mib.value},
	}
	chosen, where := d.workspaceNode(named, in.edition.value)
	if chosen.isKnown() && chosen.value.schedulable == 0 {
		tellKindFitsNoNode(f, in, kind, &chosen.value, where)
		return Unknown[node]()
	}
	return chosen
}
