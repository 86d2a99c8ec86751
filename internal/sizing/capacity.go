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
	s := search{editions: editions, request: q.request(), sized: map[int64]*Fleet{}}
	s.judge(f)
	if len(f.faults) > 0 || !fleet.isKnown() || s.end == 0 {
		return nil, f.sorted()
	}
	return s.answer(fleet.value), nil
}

// request is the sizing that the fleet is held against, but for the users.
func (q *CapacityQuestion) request() Request {
	return Request{
		Cloud: q.Cloud, Edition: q.Edition, HighAvailability: q.HighAvailability, WorkspaceRequest: q.WorkspaceRequest,
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
	machine     cloud.Machine
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
	nodes := func(count Arg[int64], given Arg[GivenPool], m cloud.Machine) *givenNodes {
		if count.IsLeftOut() {
			return nil
		}
		return &givenNodes{given.value.MachineType.value, m, count.value}
	}
	fleet.coderd = nodes(coderd, q.Coderd, machine.value)
	fleet.provisioner, fleet.workspace = nodes(provisioner, q.Provisioner, cloud.Machine{}), nodes(workspace, q.Workspace, cloud.Machine{})
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
	editions []*reference.Edition
	request  Request
	end      int64 // 0 while something is unknown or at fault
	tiers    []*reference.Tier
	sized    map[int64]*Fleet // by users: the halvings of all parts begin alike
}

// judge sizes one user and each tier's own limit. Where one of these sizings is
// at fault nothing is answered: no number in between would be sound.
func (s *search) judge(f *findings) {
	f.locate(&s.request, nil)
	f.locate(&s.request.MachineTypes.Provisioner, Path{{Name: "provisioner"}, {Name: "machine_type"}})
	f.locate(&s.request.MachineTypes.Workspace, Path{{Name: "workspace"}, {Name: "machine_type"}})
	s.request.Users = Count(1)
	known := settleBy(f, s.editions, &s.request)
	edition := readEdition(newFindings(&s.request), &s.request.Edition, s.editions)
	if len(f.faults) > 0 || !edition.isKnown() {
		return
	}
	s.tiers = edition.value.Tiers
	end := edition.value.Largest().Limits.Users
	if colocate, _ := s.request.ColocateProvisioners.Get(); colocate {
		end = colocatingTier(edition.value).Colocation.Users
	}
	for _, tier := range s.tiers {
		s.request.Users = Count(min(tier.Limits.Users, end))
		if settleBy(f, s.editions, &s.request); len(f.faults) > 0 {
			return
		}
	}
	if known.isKnown() {
		s.end = end
	}
}

// size is the sizing of so many users, without fault from 1 to end.
func (s *search) size(users int64) *Fleet {
	f, ok := s.sized[users]
	if !ok {
		r := s.request
		r.Users = Count(users)
		f = countFleet(settleBy(newFindings(&r), s.editions, &r).value)
		s.sized[users] = f
	}
	return f
}

// largest is the largest number of users with a sizing that fits, 0 where not
// even one does.
func (s *search) largest(fits func(*Fleet) bool) int64 {
	return int64(sort.Search(int(s.end), func(i int) bool { return !fits(s.size(int64(i) + 1)) }))
}

// answer asks each part that is given, and then what one user more would need.
func (s *search) answer(given givenFleet) *Capacity {
	c := &Capacity{Users: s.end, LimitedBy: PartEdition}
	for _, part := range Parts() {
		if !given.has(part) {
			continue
		}
		users := s.largest(func(f *Fleet) bool { return len(given.lacks(part, f)) == 0 })
		c.UsersByPart.set(part, users)
		c.Given = append(c.Given, given.part(part, users))
		if users < c.Users {
			c.Users, c.LimitedBy = users, part
		}
	}
	f := s.size(max(c.Users, 1))
	c.Edition, c.Cloud, c.Tier, c.EndsAt, c.Colocated = f.Edition, f.Cloud, f.Tier.Name, s.end, f.ColocateProvisioners
	if c.LimitedBy != PartEdition {
		c.Short = given.lacks(c.LimitedBy, s.size(c.Users+1))
	}
	return c
}

func (g givenFleet) has(part Part) bool {
	switch part {
	case PartCoderd:
		return g.coderd != nil
	case PartProvisioner:
		return g.provisioner != nil
	case PartWorkspace:
		return g.workspace != nil
	case PartDatabase:
		return g.database != nil
	case PartEdition:
	}
	return false
}

// part is a part that is given, as people read it.
func (g givenFleet) part(part Part, users int64) GivenPart {
	p := GivenPart{Part: part, Users: users}
	nodes := map[Part]*givenNodes{PartCoderd: g.coderd, PartProvisioner: g.provisioner, PartWorkspace: g.workspace}[part]
	if nodes != nil {
		p.Nodes, p.MachineType = nodes.count, nodes.machineType
	} else if part == PartDatabase {
		p.VCPU, p.MemoryMiB, p.StorageGB = g.database.vcpu, g.database.mib, g.database.storageGB
	}
	return p
}

// lacks lists what a part that is given has too little of for a sizing.
func (g givenFleet) lacks(part Part, f *Fleet) []Lack {
	var short []Lack
	add := func(of Scarce, given *int64, needs int64, machineType string) {
		if given != nil && !enough(of, *given, needs) {
			short = append(short, Lack{of, needs, *given, machineType})
		}
	}
	switch part {
	case PartCoderd:
		add(ScarceNodes, &g.coderd.count, f.Coderd.NodeCount, g.coderd.machine.Name)
		add(ScarceVCPU, &g.coderd.machine.VCPU, f.Coderd.VCPU, g.coderd.machine.Name)
		add(ScarceMemory, &g.coderd.machine.MemoryMiB, f.Coderd.MemoryMiB, g.coderd.machine.Name)
	case PartProvisioner:
		add(ScarceNodes, &g.provisioner.count, f.Provisioner.NodeCount, f.Provisioner.MachineType)
	case PartWorkspace:
		add(ScarceNodes, &g.workspace.count, f.Workspace.NodeCount, f.Workspace.MachineType)
	case PartDatabase:
		add(ScarceVCPU, g.database.vcpu, f.Database.VCPU, "")
		add(ScarceMemory, g.database.mib, f.Database.MemoryMiB, "")
		add(ScarceStorage, g.database.storageGB, f.Database.WantedStorageGB, "")
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
