// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"sort"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// CapacityOf answers how many users a fleet carries: the largest number whose
// sizing needs no more than what is given. A sizing never shrinks when users
// grow, so that number is found by halving, and no rule stands here twice.
// There is no answer while an argument is unknown.
//
// 64 nodes of t2d-standard-8 on gcp carry 1,000 users of the edition 2024-03.
func CapacityOf(q CapacityQuestion) (*Capacity, []Fault) {
	editions, err := reference.Editions()
	if err != nil {
		return nil, []Fault{unreadable(err)}
	}
	f := newFindings(&q)
	fleet := readFleet(f, &q)
	s := search{needed: make(map[int64]needs, 32)}
	request := q.request()
	s.judge(f, editions, &request)
	if len(f.faults) > 0 || !fleet.isKnown() || s.end == 0 {
		return nil, f.sorted()
	}
	return s.answer(fleet.value), nil
}

// request is the sizing of one user that the fleet is held against.
func (q *CapacityQuestion) request() Request {
	return Request{
		Users: Count(1), Cloud: q.Cloud, Edition: q.Edition, HighAvailability: q.HighAvailability, WorkspaceRequest: q.WorkspaceRequest,
		MachineTypes: MachineTypes{Provisioner: machineOf(q.Provisioner), Workspace: machineOf(q.Workspace)},
		Packing:      q.Packing, MaxPodsPerNode: q.MaxPodsPerNode, NodeOverhead: q.NodeOverhead,
		WorkspaceNodeAllocatable: q.WorkspaceNodeAllocatable, MachineSpecs: q.MachineSpecs, PodRequests: q.PodRequests,
		CoderdReplicas: q.CoderdReplicas, ColocateProvisioners: q.ColocateProvisioners,
	}
}

// machineOf is the machine type of a part.
func machineOf(part Arg[GivenPool]) Arg[string] {
	if !part.isKnown() {
		return absent[string](part)
	}
	return part.value.MachineType
}

// givenFleet is what exists; a part that is nil is not given.
type givenFleet struct {
	coderd, provisioner, workspace *givenNodes
	database                       *givenDatabase
}

// givenNodes are the nodes of a role. The machine is known of coderd alone: the
// sizing counts the others with theirs.
type givenNodes struct {
	machineType string
	machine     *cloud.Machine
	count       int64
}

// givenDatabase has a nil for what is not stated.
type givenDatabase struct{ vcpu, mib, storageGB *int64 }

// readFleet reads what exists. The machine types of provisioners and workspaces
// are judged with the sizing.
func readFleet(f *findings, q *CapacityQuestion) Arg[givenFleet] {
	coderd, provisioner, workspace := readGivenPool(f, &q.Coderd), readGivenPool(f, &q.Provisioner), readGivenPool(f, &q.Workspace)
	quiet := newFindings(q) // the sizing tells their faults
	asked := readCloud(quiet, &q.Cloud)
	machine := readMachineType(f, &q.Coderd.value.MachineType, asked, readSpecs(quiet, &q.MachineSpecs, asked))
	vcpu, mib := readCount(f, &q.Database.VCPU, 1), readMemory(f, &q.Database.MemoryGiB)
	storage := readCount(f, &q.Database.StorageGB, 1)
	if coderd.IsUnknown() || provisioner.IsUnknown() || workspace.IsUnknown() || machine.IsUnknown() ||
		vcpu.IsUnknown() || mib.IsUnknown() || storage.IsUnknown() {
		return Unknown[givenFleet]()
	}
	var fleet givenFleet
	nodes := func(count Arg[int64], given Arg[GivenPool], m *cloud.Machine) *givenNodes {
		if count.IsLeftOut() {
			return nil
		}
		return &givenNodes{given.value.MachineType.value, m, count.value}
	}
	fleet.coderd = nodes(coderd, q.Coderd, machine.value)
	fleet.provisioner, fleet.workspace = nodes(provisioner, q.Provisioner, nil), nodes(workspace, q.Workspace, nil)
	if !vcpu.IsLeftOut() || !mib.IsLeftOut() || !storage.IsLeftOut() {
		fleet.database = &givenDatabase{pointer(vcpu), pointer(mib), pointer(storage)}
	}
	if fleet == (givenFleet{}) {
		f.tellAll("No Fleet Given", "Nothing is given that could carry users. State at least one of coderd, provisioner, workspace and database.")
		return Unknown[givenFleet]()
	}
	return Known(fleet)
}

// readGivenPool reads the number of nodes, left out where the part is.
func readGivenPool(f *findings, part *Arg[GivenPool]) Arg[int64] {
	if !part.isKnown() {
		return absent[int64](*part)
	}
	p := &part.value
	f.locate(p, f.pathOf(part))
	count := readCount(f, &p.NodeCount, 1)
	for _, missing := range []struct {
		is       bool
		argument any
	}{{p.MachineType.IsLeftOut(), &p.MachineType}, {p.NodeCount.IsLeftOut(), &p.NodeCount}} {
		if missing.is {
			f.tellf(missing.argument, "Incomplete Part of the Fleet", "%s is missing. State both machine_type and node_count of a part, or leave the part out.")
			count = Unknown[int64]()
		}
	}
	return count
}

// search finds how many users are carried, from 1 to end.
type search struct {
	asked  asked           // all but the users
	end    int64           // 0 while something is unknown or at fault
	needed map[int64]needs // by users: the halvings of all parts begin alike
}

// needs is what a sizing needs of the parts that can be given.
type needs struct {
	tier                           *reference.Tier
	coderd, provisioner, workspace neededNodes
	vcpu, mib, storageGB           int64 // of the database
}

type neededNodes struct {
	machine *cloud.Machine
	count   int64
}

// judge settles one user and each tier's own limit. Where one of these is at
// fault nothing is answered: no number in between would be sound.
func (s *search) judge(f *findings, editions []*reference.Edition, r *Request) {
	f.locate(r, nil)
	f.locate(&r.MachineTypes.Provisioner, Path{{Name: "provisioner"}, {Name: "machine_type"}})
	f.locate(&r.MachineTypes.Workspace, Path{{Name: "workspace"}, {Name: "machine_type"}})
	s.asked = readEach(f, editions, r)
	one := settleLoad(f, s.asked)
	edition, ok := s.asked.edition.Get()
	if len(f.faults) > 0 || !ok {
		return
	}
	end := edition.Largest().Limits.Users
	if s.asked.colocate.value {
		end = colocatingTier(edition).Colocation.Users
	}
	for _, tier := range edition.Tiers {
		if settleLoad(f, s.asked.of(min(tier.Limits.Users, end))); len(f.faults) > 0 {
			return
		}
	}
	if one.isKnown() {
		s.end = end
	}
}

// of is the same request of so many users.
func (in asked) of(users int64) asked {
	in.users = Known(users)
	return in
}

// needs is of the sizing of so many users, without fault from 1 to end.
func (s *search) needs(users int64) needs {
	n, ok := s.needed[users]
	if !ok {
		settled := settleLoad(newFindings(s.asked.given), s.asked.of(users)).value
		m, c := &settled.machines, countPools(&settled)
		class, _, storage := chooseDatabase(s.asked.cloud.value, &settled.load)
		n = needs{
			tier: settled.load.tier, coderd: neededNodes{m.coderd.machine, c.coderd.nodes},
			provisioner: neededNodes{m.provisioner.machine, c.provisioner.nodes}, workspace: neededNodes{m.workspace.machine, c.workspace.nodes},
			vcpu: class.VCPU, mib: class.MemoryMiB, storageGB: storage,
		}
		s.needed[users] = n
	}
	return n
}

// largest is the largest number of users whose sizing a part suffices for, 0
// where it does not for one.
func (s *search) largest(given givenFleet, part Part) int64 {
	return int64(sort.Search(int(s.end), func(i int) bool { return len(given.lacks(part, s.needs(int64(i)+1))) > 0 }))
}

// answer asks each part that is given, and then what one user more would need.
func (s *search) answer(given givenFleet) *Capacity {
	c := &Capacity{
		Edition: s.asked.edition.value.ID, Cloud: s.asked.cloud.value.Name(), Colocated: s.asked.colocate.value,
		AsPublished: given.workspace != nil && s.asked.packing.value == PackingPublished && s.asked.edition.value.Fit == nil,
		Users:       s.end, EndsAt: s.end, LimitedBy: PartEdition,
	}
	for _, part := range Parts() {
		if !given.has(part) {
			continue
		}
		users := s.largest(given, part)
		c.UsersByPart.set(part, users)
		c.Given = append(c.Given, given.part(part, users))
		if users < c.Users {
			c.Users, c.LimitedBy = users, part
		}
	}
	c.Tier = s.needs(max(c.Users, 1)).tier.Name
	if c.LimitedBy != PartEdition {
		c.Short = given.lacks(c.LimitedBy, s.needs(c.Users+1))
	}
	return c
}

func (g givenFleet) has(part Part) bool {
	return g.nodes(part) != nil || part == PartDatabase && g.database != nil
}

// nodes are those of a part, nil of the database and of what is not given.
func (g givenFleet) nodes(part Part) *givenNodes {
	switch part {
	case PartCoderd:
		return g.coderd
	case PartProvisioner:
		return g.provisioner
	case PartWorkspace:
		return g.workspace
	case PartDatabase, PartEdition:
	}
	return nil
}

// part is a part that is given, as people read it.
func (g givenFleet) part(part Part, users int64) GivenPart {
	p := GivenPart{Part: part, Users: users}
	if nodes := g.nodes(part); nodes != nil {
		p.Nodes, p.MachineType = nodes.count, nodes.machineType
	} else if part == PartDatabase {
		p.VCPU, p.MemoryMiB, p.StorageGB = g.database.vcpu, g.database.mib, g.database.storageGB
	}
	return p
}

// lacks lists what a part that is given has too little of for a sizing.
func (g givenFleet) lacks(part Part, n needs) []Lack {
	var short []Lack
	add := func(of Scarce, given *int64, needs int64, machineType string) {
		if given != nil && !enough(of, *given, needs) {
			short = append(short, Lack{of, needs, *given, machineType})
		}
	}
	switch part {
	case PartCoderd:
		own := g.coderd.machine
		add(ScarceNodes, &g.coderd.count, n.coderd.count, own.Name)
		add(ScarceVCPU, &own.VCPU, n.coderd.machine.VCPU, own.Name)
		add(ScarceMemory, &own.MemoryMiB, n.coderd.machine.MemoryMiB, own.Name)
	case PartProvisioner:
		add(ScarceNodes, &g.provisioner.count, n.provisioner.count, n.provisioner.machine.Name)
	case PartWorkspace:
		add(ScarceNodes, &g.workspace.count, n.workspace.count, n.workspace.machine.Name)
	case PartDatabase:
		add(ScarceVCPU, g.database.vcpu, n.vcpu, "")
		add(ScarceMemory, g.database.mib, n.mib, "")
		add(ScarceStorage, g.database.storageGB, n.storageGB, "")
	case PartEdition:
	}
	return short
}

// enough lets memory be a sixteenth less: clouds round it differently.
func enough(of Scarce, given, needs int64) bool {
	if of == ScarceMemory {
		return given*16 >= needs*15
	}
	return given >= needs
}

// set notes how many users a part carries.
func (u *UsersByPart) set(part Part, users int64) {
	switch part {
	case PartCoderd:
		u.Coderd = &users
	case PartProvisioner:
		u.Provisioner = &users
	case PartWorkspace:
		u.Workspace = &users
	case PartDatabase:
		u.Database = &users
	case PartEdition:
	}
}
