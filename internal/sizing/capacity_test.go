// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

func givenPool(machineType string, nodes int64) Arg[GivenPool] {
	return Known(GivenPool{Known(machineType), Count(nodes)})
}

// carried is an answer in a line: users, what ends them, by part, and what one
// more lacks.
func carried(c *Capacity) string {
	part := func(users *int64) string {
		if users == nil {
			return "-"
		}
		return amount(*users, "user")
	}
	p := c.UsersByPart
	line := amount(c.Users, "user") + " by " + string(c.LimitedBy) + " of " + strings.Join(
		[]string{part(p.Coderd), part(p.Provisioner), part(p.Workspace), part(p.Database)}, ", ")
	for _, lack := range c.Short {
		line += fmt.Sprintf(": %s %d of %d", lack.Of, lack.Given, lack.Needs)
	}
	return line
}

func TestCapacity(t *testing.T) {
	classroom := CapacityQuestion{
		Cloud: Known("aws"), Edition: Known("2025-04"), Packing: Known("schedulable"),
		WorkspaceRequest: WorkspaceRequest{CPU: Count(2), MemoryGiB: Count(8)},
		Coderd:           givenPool("m5.large", 2), Provisioner: givenPool("m5.2xlarge", 2), Workspace: givenPool("m5.4xlarge", 20),
		Database: GivenDatabase{Count(2), Count(8), Count(512)},
	}
	with := func(change func(*CapacityQuestion)) CapacityQuestion {
		q := classroom
		change(&q)
		return q
	}
	gcp := func(change func(*CapacityQuestion)) CapacityQuestion {
		q := CapacityQuestion{Cloud: Known("gcp")}
		change(&q)
		return q
	}
	for name, test := range map[string]struct {
		question CapacityQuestion
		want     string
	}{
		// 64 nodes of 16 are 1,024 places, and the row has 1,024 for 1,000.
		"the published row": {gcp(func(q *CapacityQuestion) { q.Workspace = givenPool("t2d-standard-8", 64) }),
			"1000 users by workspace of -, -, 1000 users, -: nodes 64 of 65"},
		// 64 nodes of 13 are 832 places: 832 x 1,000 / 1,024 = 812.5.
		"the same as it is schedulable": {gcp(func(q *CapacityQuestion) {
			q.Packing, q.Workspace = Known("schedulable"), givenPool("t2d-standard-8", 64)
		}),
			"812 users by workspace of -, -, 812 users, -: nodes 64 of 65"},
		// A node of 16 vCPU takes 7 of 2 vCPU: 140 places, 140 x 1,000 / 1,024 = 136.7.
		"a classroom": {classroom, "136 users by workspace of 1000 users, 1000 users, 136 users, 1000 users: nodes 20 of 21"},
		"coderd ends it, the first of equals": {with(func(q *CapacityQuestion) { q.Workspace = givenPool("m5.4xlarge", 500) }),
			"1000 users by coderd of 1000 users, 1000 users, 2929 users, 1000 users: vcpu 2 of 4: memory 8192 of 16384"},
		"the database ends it": {with(func(q *CapacityQuestion) {
			q.Coderd, q.Provisioner, q.Workspace = givenPool("m5.xlarge", 4), Arg[GivenPool]{}, givenPool("m5.4xlarge", 500)
		}), "1000 users by database of 3000 users, -, 2929 users, 1000 users: vcpu 2 of 4: memory 8192 of 16384: storage 512 of 1024"},
		"the database alone": {gcp(func(q *CapacityQuestion) { q.Database = GivenDatabase{StorageGB: Count(1023)} }),
			"1000 users by database of -, -, -, 1000 users: storage 1023 of 1024"},
		"a sixteenth less memory is enough": {gcp(func(q *CapacityQuestion) { q.Database = GivenDatabase{MemoryGiB: Decimal("7.03125")} }),
			"1000 users by database of -, -, -, 1000 users: memory 7200 of 15360"},
		"less than that is not": {gcp(func(q *CapacityQuestion) { q.Database = GivenDatabase{MemoryGiB: Decimal("7.03")} }),
			"0 users by database of -, -, -, 0 users: memory 7199 of 7680"},
		"the edition ends it": {gcp(func(q *CapacityQuestion) { q.Workspace = givenPool("t2d-standard-8", 300) }),
			"3000 users by edition of -, -, 3000 users, -"},
		"not one user": {gcp(func(q *CapacityQuestion) {
			q.Provisioner, q.Workspace = givenPool("t2d-standard-8", 1), givenPool("t2d-standard-8", 64)
		}),
			"0 users by provisioner of -, 0 users, 1000 users, -: nodes 1 of 2"},
		"provisioners inside coderd": {gcp(func(q *CapacityQuestion) {
			q.ColocateProvisioners, q.Provisioner, q.Coderd = Known(true), givenPool("t2d-standard-8", 1), givenPool("n1-standard-2", 1)
		}), "100 users by edition of 100 users, 100 users, -, -"},
		"one coderd, unlicensed": {gcp(func(q *CapacityQuestion) {
			q.Edition, q.CoderdReplicas, q.Coderd = Known("2026-01"), Count(1), givenPool("n4-standard-4", 1)
		}), "1000 users by coderd of 1000 users, -, -, -: vcpu 4 of 8: memory 16384 of 32768"},
		"a machine of next year": {gcp(func(q *CapacityQuestion) {
			q.MachineSpecs = Known(map[string]MachineSpec{"n9-standard-16": {VCPU: Count(16), MemoryGiB: Count(64)}})
			q.Packing, q.Workspace = Known("schedulable"), givenPool("n9-standard-16", 10)
		}), "273 users by workspace of -, -, 273 users, -: nodes 10 of 11"},
	} {
		t.Run(name, func(t *testing.T) {
			c, faults := CapacityOf(test.question)
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			if got := carried(c); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}

// A part is given back as it was stated, with nil for what was not.
func TestCapacityGivesBackTheParts(t *testing.T) {
	vcpu, storage := int64(4), int64(512)
	c, faults := CapacityOf(CapacityQuestion{
		Cloud: Known("gcp"), Workspace: givenPool("t2d-standard-8", 64), Database: GivenDatabase{VCPU: Count(vcpu), StorageGB: Count(storage)},
	})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	want := []GivenPart{
		{Part: PartWorkspace, Users: 1000, Nodes: 64, MachineType: "t2d-standard-8"},
		{Part: PartDatabase, Users: 1000, VCPU: &vcpu, StorageGB: &storage},
	}
	if !reflect.DeepEqual(c.Given, want) || !c.AsPublished {
		t.Errorf("got %+v, as published %t, want %+v", c.Given, c.AsPublished, want)
	}
}

func TestCapacityFaults(t *testing.T) {
	for name, test := range map[string]struct {
		question CapacityQuestion
		want     []string
	}{
		"nothing": {CapacityQuestion{Cloud: Known("gcp"), Database: GivenDatabase{}}, []string{
			"No Fleet Given | : Nothing is given that could carry users. State at least one of coderd, provisioner, workspace and database.",
		}},
		"nothing, on no cloud": {CapacityQuestion{Cloud: Known("gpc")}, []string{
			"No Fleet Given | : Nothing is given that could carry users. State at least one of coderd, provisioner, workspace and database.",
			`Unknown Cloud | cloud: cloud is "gpc". It must be "gcp", "aws" or "azure".`,
		}},
		"parts without their parts": {CapacityQuestion{
			Cloud: Known("gcp"), Coderd: Known(GivenPool{MachineType: Known("n1-standard-2")}), Workspace: Known(GivenPool{}),
		}, []string{
			"Incomplete Part of the Fleet | coderd.node_count: coderd.node_count is missing. State both machine_type and node_count of a part, or leave the part out.",
			"Incomplete Part of the Fleet | workspace.machine_type: workspace.machine_type is missing. State both machine_type and node_count of a part, or leave the part out.",
			"Incomplete Part of the Fleet | workspace.node_count: workspace.node_count is missing. State both machine_type and node_count of a part, or leave the part out.",
		}},
		"counts of 0": {CapacityQuestion{
			Cloud: Known("gcp"), Workspace: givenPool("t2d-standard-8", 0), Database: GivenDatabase{Count(0), Count(0), Count(0)},
		}, []string{
			"Invalid Count | workspace.node_count: workspace.node_count is 0. It must be a whole number from 1 to 1000000000.",
			"Invalid Count | database.vcpu: database.vcpu is 0. It must be a whole number from 1 to 1000000000.",
			"Invalid Amount | database.memory_gib: database.memory_gib is 0. It must be above 0 and at most 1000000000 GiB; fractions are fine.",
			"Invalid Count | database.storage_gb: database.storage_gb is 0. It must be a whole number from 1 to 1000000000.",
		}},
		"types of another cloud, each on its path": {CapacityQuestion{
			Cloud: Known("aws"), Coderd: givenPool("n1-standard-2", 1), Provisioner: givenPool("t2d-standard-8", 1), Workspace: givenPool("m5.4xlarg", 1),
		}, []string{
			`Machine Type of Another Cloud | coderd.machine_type: coderd.machine_type is "n1-standard-2", a machine type of gcp, and cloud is "aws". Choose a machine type of aws.`,
			`Machine Type of Another Cloud | provisioner.machine_type: provisioner.machine_type is "t2d-standard-8", a machine type of gcp, and cloud is "aws". Choose a machine type of aws, such as "m5.2xlarge".`,
			`Unknown Machine Type | workspace.machine_type: workspace.machine_type is "m5.4xlarg", which the catalogue of machine types does not know. The nearest names are "m5.4xlarge", "c5.4xlarge", "g5.4xlarge". If it is a type that the cloud sells, state it in machine_specs.`,
		}},
		"a workspace that fits no node given": {CapacityQuestion{
			Cloud: Known("gcp"), Workspace: givenPool("t2d-standard-1", 9), WorkspaceRequest: WorkspaceRequest{CPU: Count(4)},
		}, []string{
			"Workspace Fits No Node | workspace_request: A workspace requests 4000 millicores, 2048 MiB and 1 disk, more than a node of t2d-standard-1 has: beside what GKE keeps and every node runs (node_overhead), there is room for 699 millicores, 2354 MiB, 105 pods and 127 disks. Lower workspace_request or set workspace.machine_type to a type that takes one.",
		}},
		"coderd that fits no node": {CapacityQuestion{
			Cloud: Known("gcp"), Workspace: givenPool("t2d-standard-8", 9), PodRequests: PodRequests{Coderd: RolePodRequest{CPU: Count(2)}},
		}, []string{
			"Pod Fits No Node | pod_requests.coderd: A coderd pod needs 2000 millicores and 4640 MiB, more than a node of n1-standard-2 has: beside what GKE keeps and every node runs (node_overhead), there is room for 1689 millicores, 5159 MiB and 105 pods. Lower pod_requests.coderd.",
		}},
		"a tier whose coderd fits no node": {CapacityQuestion{
			Cloud: Known("azure"), Workspace: givenPool("Standard_D8s_v3", 9), NodeOverhead: NodeOverhead{MemoryMiB: Count(12_500)},
		}, []string{
			"Pod Fits No Node | node_overhead: Nine tenths of a node's room have to leave a coderd pod at least 10 millicores and 16 MiB, and of a node of Standard_D2s_v3 they do not: beside what AKS keeps and every node runs (node_overhead), there is room for 1550 millicores, 0 MiB and 104 pods. Lower node_overhead.",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			c, faults := CapacityOf(test.question)
			var got []string
			for _, f := range faults {
				got = append(got, f.Title+" | "+f.Error())
			}
			if c != nil || strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(test.want, "\n     "))
			}
		})
	}
}

// What is not known yet defers the answer and is no fault.
func TestCapacityOfUnknowns(t *testing.T) {
	whole := CapacityQuestion{Cloud: Known("gcp"), Workspace: givenPool("t2d-standard-8", 64)}
	for name, change := range map[string]func(*CapacityQuestion){
		"cloud":   func(q *CapacityQuestion) { q.Cloud = Unknown[string]() },
		"edition": func(q *CapacityQuestion) { q.Edition = Unknown[string]() },
		"a part":  func(q *CapacityQuestion) { q.Coderd = Unknown[GivenPool]() },
		"a type":  func(q *CapacityQuestion) { q.Workspace = Known(GivenPool{Unknown[string](), Count(1)}) },
		"a count": func(q *CapacityQuestion) {
			q.Workspace = Known(GivenPool{Known("t2d-standard-8"), Unknown[*big.Float]()})
		},
		"a database": func(q *CapacityQuestion) { q.Database.VCPU = Unknown[*big.Float]() },
		"packing":    func(q *CapacityQuestion) { q.Packing = Unknown[string]() },
		"the specs":  func(q *CapacityQuestion) { q.MachineSpecs = Unknown[map[string]MachineSpec]() },
	} {
		q := whole
		change(&q)
		if c, faults := CapacityOf(q); c != nil || len(faults) > 0 {
			t.Errorf("%s: %+v, %v", name, c, faults)
		}
	}
}

// A fleet as it was sized carries those that it was sized for; more nodes never
// carry fewer, and what ends it is what helps.
func TestCapacityOfASizing(t *testing.T) {
	editions, err := reference.Editions()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range editions {
		t.Run(e.ID, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				users := rapid.Int64Range(1, e.Largest().Limits.Users).Draw(t, "users")
				q := CapacityQuestion{
					Cloud: Known(rapid.SampledFrom(cloud.Names()).Draw(t, "cloud")), Edition: Known(e.ID),
					HighAvailability: maybe(t, rapid.Bool(), "high_availability"),
					Packing:          maybe(t, rapid.SampledFrom([]string{"published", "schedulable"}), "packing"),
					WorkspaceRequest: WorkspaceRequest{Volumes: maybeCount(t, 0, 2, "volumes"), MemoryGiB: maybeCount(t, 2, 8, "GiB")},
				}
				r := q.request()
				r.Users = Count(users)
				f, faults := Size(r)
				if len(faults) > 0 {
					t.Fatal(faults)
				}
				q.Coderd = givenPool(f.Coderd.MachineType, f.Coderd.NodeCount)
				q.Provisioner = givenPool(f.Provisioner.MachineType, f.Provisioner.NodeCount)
				q.Workspace = givenPool(f.Workspace.MachineType, f.Workspace.NodeCount)
				q.Database = GivenDatabase{Count(f.Database.VCPU), Known(new(big.Float).SetFloat64(f.Database.MemoryGiB)), Count(f.Database.StorageGB)}
				c, faults := CapacityOf(q)
				if len(faults) > 0 || c.Users < users {
					t.Fatalf("sized for %d, carries %+v %v", users, c, faults)
				}
				if c.LimitedBy == PartEdition {
					return
				}
				if len(c.Short) == 0 {
					t.Fatalf("%s ends it and lacks nothing", c.LimitedBy)
				}
				more, _ := CapacityOf(enlarged(q, c))
				if more.Users <= c.Users {
					t.Fatalf("%d users, and %d with what %s lacks", c.Users, more.Users, c.LimitedBy)
				}
			})
		})
	}
}

// enlarged is a fleet of which every part that carries no more users than the
// whole has what it lacks.
func enlarged(q CapacityQuestion, c *Capacity) CapacityQuestion {
	many := func(carries *int64, part Arg[GivenPool]) Arg[GivenPool] {
		if carries != nil && *carries == c.Users {
			return Arg[GivenPool]{}
		}
		return part
	}
	q.Coderd, q.Provisioner, q.Workspace = many(c.UsersByPart.Coderd, q.Coderd), many(c.UsersByPart.Provisioner, q.Provisioner), many(c.UsersByPart.Workspace, q.Workspace)
	if *c.UsersByPart.Database == c.Users {
		q.Database = GivenDatabase{VCPU: Count(maxCount)}
	}
	return q
}

func BenchmarkCapacity(b *testing.B) {
	q := CapacityQuestion{
		Cloud: Known("aws"), Edition: Known("2025-04"), Coderd: givenPool("m5.large", 2), Provisioner: givenPool("m5.2xlarge", 2),
		Workspace: givenPool("m5.4xlarge", 20), Database: GivenDatabase{Count(2), Count(8), Count(512)},
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, faults := CapacityOf(q); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}
