// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// asked is what a request says, after the rules that read one argument alone.
// An argument at fault counts as unknown from here on, so that nothing is told
// that only follows from its fault.
type asked struct {
	given    *Request
	editions []*reference.Edition

	users                Arg[int64]
	cloud                Arg[cloud.Cloud]
	edition              Arg[*reference.Edition]
	highAvailability     Arg[bool]
	concurrentWorkspaces Arg[int64]
	concurrentBuilds     Arg[int64]
	apiRPS               Arg[int64]
	zones                Arg[int64]
	workspace            askedWorkspace
	kinds                Arg[[]askedKind]
	specs                Arg[askedSpecs]
	machineTypes         askedTypes
	podRequests          askedPodRequests
	coderdReplicas       Arg[int64]
	otherNodes           Arg[int64]
	packing              Arg[Packing]
	maxPods              Arg[int64]
	overhead             askedOverhead
	measured             askedMeasured
	colocate             Arg[bool]
	proxyRegions         Arg[int64]
	beyondRange          Arg[BeyondRange]
}

// askedWorkspace is what one workspace requests of its node, and may use of it
// at most.
type askedWorkspace struct {
	request       askedPod
	volumes, gpus Arg[int64]
	limits        askedPod
}

// askedPod is CPU and memory of one pod.
type askedPod struct{ millicores, mib Arg[int64] }

// askedPodRequests are what a pod requests instead of what the edition gives it.
type askedPodRequests struct{ coderd, provisioner askedPod }

// askedTypes are the machine types that the request names.
type askedTypes struct{ coderd, provisioner, workspace Arg[*cloud.Machine] }

// askedOverhead is what every node runs beside the role's pods.
type askedOverhead struct{ millicores, mib, pods Arg[int64] }

// askedMeasured is what a real workspace node reports as allocatable; 0 where
// nobody measured.
type askedMeasured struct{ millicores, mib Arg[int64] }

// What one workspace requests unless told otherwise: half a vCPU, 2 GiB, and
// one disk for its home.
const (
	defaultRequestMillicores = 500
	defaultRequestMiB        = 2048
	defaultRequestVolumes    = 1
)

// agentMiB is the least memory of a workspace: what the agent in it needs by
// itself, "0.1 vCPU and 128 MB". Source: the page for 1,000 users of the edition
// 2026-01.
const agentMiB = 128

// AgentGiB is the same in GiB, as a configuration has it.
const AgentGiB = agentMiB / 1024.0

// readRequest judges each argument by itself.
func readRequest(f *findings, r *Request, editions []*reference.Edition) asked {
	in := asked{
		given:                r,
		editions:             editions,
		users:                readUsers(f, &r.Users),
		cloud:                readCloud(f, &r.Cloud),
		edition:              readEdition(f, &r.Edition, editions),
		highAvailability:     r.HighAvailability,
		concurrentWorkspaces: readCount(f, &r.ConcurrentWorkspaces, 1),
		concurrentBuilds:     readCount(f, &r.ConcurrentBuilds, 1),
		apiRPS:               readCount(f, &r.APIRPS, 1),
		zones:                readCount(f, &r.Zones, 1).or(1),
		packing:              readOneOf(f, &r.Packing, Packings(), "Unknown Packing").or(PackingPublished),
		maxPods:              readCount(f, &r.MaxPodsPerNode, 1),
		colocate:             r.ColocateProvisioners.or(false),
		proxyRegions:         readCount(f, &r.ProxyRegions, 0).or(0),
		coderdReplicas:       readCount(f, &r.CoderdReplicas, 1),
		otherNodes:           readCount(f, &r.OtherNodes, 0).or(0),
		beyondRange:          readOneOf(f, &r.BeyondRange, BeyondRanges(), "Unknown Range Behavior").or(BeyondRangeError),
	}
	in.workspace = askedWorkspace{
		request: askedPod{
			millicores: readCPU(f, &r.WorkspaceRequest.CPU).or(defaultRequestMillicores),
			mib:        readWorkspaceMemory(f, &r.WorkspaceRequest.MemoryGiB).or(defaultRequestMiB),
		},
		volumes: readCount(f, &r.WorkspaceRequest.Volumes, 0).or(defaultRequestVolumes),
		gpus:    Known(int64(0)),
		limits:  askedPod{readCPU(f, &r.WorkspaceLimits.CPU), readMemory(f, &r.WorkspaceLimits.MemoryGiB)},
	}
	in.specs = readSpecs(f, &r.MachineSpecs, in.cloud)
	in.machineTypes = askedTypes{
		coderd:      readMachineType(f, &r.MachineTypes.Coderd, in.cloud, in.specs),
		provisioner: readMachineType(f, &r.MachineTypes.Provisioner, in.cloud, in.specs),
		workspace:   readMachineType(f, &r.MachineTypes.Workspace, in.cloud, in.specs),
	}
	in.kinds = readKinds(f, &in, &r.WorkspaceKinds)
	in.podRequests = askedPodRequests{
		coderd:      askedPod{readCPU(f, &r.PodRequests.Coderd.CPU), readMemory(f, &r.PodRequests.Coderd.MemoryGiB)},
		provisioner: askedPod{readCPU(f, &r.PodRequests.Provisioner.CPU), readMemory(f, &r.PodRequests.Provisioner.MemoryGiB)},
	}
	in.overhead = askedOverhead{
		millicores: readCount(f, &r.NodeOverhead.CPUMillicores, 0),
		mib:        readCount(f, &r.NodeOverhead.MemoryMiB, 0),
		pods:       readCount(f, &r.NodeOverhead.Pods, 0),
	}
	in.measured = askedMeasured{
		millicores: readCount(f, &r.WorkspaceNodeAllocatable.CPUMillicores, 1).or(0),
		mib:        readCount(f, &r.WorkspaceNodeAllocatable.MemoryMiB, 1).or(0),
	}
	return in
}

// usedBy are the arguments that read back, but for coderd_replicas, which is
// counted.
func usedBy(s *settled) Used {
	in, l := &s.asked, &s.load
	return Used{
		Edition: l.edition.ID, HighAvailability: s.highAvailability, ConcurrentWorkspaces: l.workspaces,
		ConcurrentBuilds: l.builds, Zones: in.zones.value, Packing: in.packing.value, MaxPodsPerNode: s.machines.workspace.maxPods,
		ColocateProvisioners: in.colocate.value, ProxyRegions: in.proxyRegions.value,
		BeyondRange: in.beyondRange.value, OtherNodes: in.otherNodes.value,
	}
}

// isOpen reports that something is unknown that no choice on the way reads.
func (in *asked) isOpen() bool {
	for _, stated := range in.specs.value {
		if stated.IsUnknown() {
			return true
		}
	}
	return in.zones.IsUnknown() || in.packing.IsUnknown() || in.beyondRange.IsUnknown() || in.otherNodes.IsUnknown() ||
		in.specs.IsUnknown() || in.coderdReplicas.IsUnknown() || in.workspace.limits.isOpen() ||
		slices.ContainsFunc(in.kinds.value, func(kind askedKind) bool { return kind.workspace.limits.isOpen() })
}

func (p askedPod) isOpen() bool { return p.millicores.IsUnknown() || p.mib.IsUnknown() }

func readUsers(f *findings, users *Number) Arg[int64] {
	if users.IsLeftOut() {
		f.tell(users, "Missing User Count", "The number of users is missing. Set users to the people with an account, at least 1.")
		return Unknown[int64]()
	}
	return readCount(f, users, 1)
}

// readCount reads a whole number of at least so much.
func readCount(f *findings, n *Number, least int64) Arg[int64] {
	value, ok := n.Get()
	if !ok {
		return absent[int64](*n)
	}
	whole, ok := wholeNumber(value, least)
	if !ok {
		f.tellf(n, "Invalid Count", "%s is %s. It must be a whole number from %d to %d.", shown(value), least, int64(maxCount))
		return Unknown[int64]()
	}
	return Known(whole)
}

// readAmount reads a positive decimal into a unit that is per times smaller.
func readAmount(f *findings, n *Number, per int64, unit string) Arg[int64] {
	value, ok := n.Get()
	if !ok {
		return absent[int64](*n)
	}
	if value.Sign() <= 0 || value.Cmp(bigMaxCount) > 0 {
		f.tellf(n, "Invalid Amount", "%s is %s. It must be above 0 and at most %d %s; fractions are fine.", shown(value), int64(maxCount), unit)
		return Unknown[int64]()
	}
	return Known(wholeUnits(value, per))
}

func readCPU(f *findings, vcpu *Number) Arg[int64]   { return readAmount(f, vcpu, 1000, "vCPU") }
func readMemory(f *findings, gib *Number) Arg[int64] { return readAmount(f, gib, 1024, "GiB") }

// readWorkspaceMemory reads what a workspace requests, which holds its agent.
func readWorkspaceMemory(f *findings, gib *Number) Arg[int64] {
	mib := readMemory(f, gib)
	if given, ok := gib.Get(); ok && mib.isKnown() && belowUnits(given, 1024, agentMiB) {
		f.tellf(gib, "Workspace Memory Below the Agent's Own",
			"%s is %s, and the agent in a workspace needs %g GiB by itself. Set it to %g or more.", shown(given), AgentGiB, AgentGiB)
		return Unknown[int64]()
	}
	return mib
}

func readCloud(f *findings, name *Arg[string]) Arg[cloud.Cloud] {
	value, ok := name.Get()
	switch {
	case name.IsLeftOut():
		f.tell(name, "Missing Cloud", "The cloud is missing. Set cloud to "+words.Or(words.Quoted(cloud.Names()))+".")
		return Unknown[cloud.Cloud]()
	case !ok:
		return Unknown[cloud.Cloud]()
	}
	found, ok := cloud.ByName(value)
	if !ok {
		meant := ""
		if nearest, ok := cloud.NearestName(value); ok {
			meant = fmt.Sprintf("Did you mean %q? ", nearest)
		}
		f.tellf(name, "Unknown Cloud", "%s is %q. %sIt must be %s.", value, meant, words.Or(words.Quoted(cloud.Names())))
		return Unknown[cloud.Cloud]()
	}
	return Known(found)
}

func readEdition(f *findings, id *Arg[string], editions []*reference.Edition) Arg[*reference.Edition] {
	value, ok := id.or(reference.DefaultEdition).Get()
	if !ok {
		return Unknown[*reference.Edition]()
	}
	var ids []string
	for _, edition := range editions {
		if edition.ID == value {
			return Known(edition)
		}
		ids = append(ids, edition.ID)
	}
	quotes := ""
	if _, err := strconv.Atoi(value); err == nil {
		quotes = ", in quotation marks: without them Terraform reads 2024-03 as 2024 minus 3"
	}
	f.tellf(id, "Unknown Edition", "%s is %q. It must be %s%s.", value, words.Or(words.Quoted(ids)), quotes)
	return Unknown[*reference.Edition]()
}

// readOneOf reads a word of a closed vocabulary.
func readOneOf[T ~string](f *findings, word *Arg[string], allowed []T, title string) Arg[T] {
	value, ok := word.Get()
	if !ok {
		return absent[T](*word)
	}
	if !slices.Contains(allowed, T(value)) {
		f.tellf(word, title, "%s is %q. It must be %s.", value, words.Or(words.Quoted(allowed)))
		return Unknown[T]()
	}
	return Known(T(value))
}

// readMachineType finds a machine type: as the request states it, else in the
// catalogue. It refuses a name that no cloud sells, or another cloud than the
// one that is asked for; what no cloud sells is told before the cloud is known.
func readMachineType(f *findings, name *Arg[string], asked Arg[cloud.Cloud], specs Arg[askedSpecs]) Arg[*cloud.Machine] {
	value, ok := name.Get()
	if !ok {
		return absent[*cloud.Machine](*name)
	}
	if specs.IsUnknown() {
		return Unknown[*cloud.Machine]()
	}
	if stated, ok := specs.value[value]; ok {
		return stated
	}
	owner, sold := cloud.OwnerOf(value)
	c, cloudKnown := asked.Get()
	switch {
	case sold && !cloudKnown:
		return Unknown[*cloud.Machine]()
	case sold && c.Name() == owner:
		m, _ := cloud.FindMachine(owner, value)
		return Known(m)
	case sold:
		such := ""
		m, _ := cloud.FindMachine(owner, value)
		if alike, ok := cloud.AlikeMachineType(c, m); ok {
			such = `, such as "` + alike.Name + `"`
		}
		f.tellf(name, "Machine Type of Another Cloud", "%s is %q, a machine type of %s, and cloud is %q. Choose a machine type of %s%s.",
			value, owner, c.Name(), c.Name(), such)
	default:
		var from cloud.Name
		if cloudKnown {
			from = c.Name()
		}
		f.tellf(name, "Unknown Machine Type", "%s is %q, which the catalogue of machine types does not know. The nearest names are %s.%s",
			value, strings.Join(words.Quoted(cloud.NearestMachineTypes(from, value, 3)), ", "), orState(f))
	}
	return Unknown[*cloud.Machine]()
}

// orState offers to state a machine type where the question can.
func orState(f *findings) string {
	if !f.asksFor("machine_specs") {
		return ""
	}
	return " If it is a type that the cloud sells, state it in machine_specs."
}
