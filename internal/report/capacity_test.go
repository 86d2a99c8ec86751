// SPDX-License-Identifier: MPL-2.0

package report_test

import (
	"strings"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

func figure(n int64) *int64 { return &n }

// carried is a capacity that one part ends for want of something.
func carried(users int64, part sizing.Part, short ...sizing.Lack) *sizing.Capacity {
	return &sizing.Capacity{
		Edition: "2025-04", Users: users, LimitedBy: part, Cloud: "aws", Tier: "1k", EndsAt: 3000, Short: short,
		Given: []sizing.GivenPart{
			{Part: sizing.PartCoderd, Users: 3000, Nodes: 2, MachineType: "m5.large"},
			{Part: sizing.PartDatabase, Users: users, VCPU: figure(2), MemoryMiB: figure(7680), StorageGB: figure(512)},
		},
	}
}

func TestNeeds(t *testing.T) {
	t.Parallel()
	nodes := sizing.Lack{Of: sizing.ScarceNodes, Needs: 1065, Given: 1064, MachineType: "t3.large"}
	vcpu := sizing.Lack{Of: sizing.ScarceVCPU, Needs: 4, Given: 2, MachineType: "t3.large"}
	memory := sizing.Lack{Of: sizing.ScarceMemory, Needs: 16384, Given: 7680, MachineType: "t3.large"}
	storage := sizing.Lack{Of: sizing.ScarceStorage, Needs: 1024, Given: 512}
	for want, capacity := range map[string]*sizing.Capacity{
		"workspace: 1,065 nodes of t3.large, you have 1,064": carried(1, sizing.PartWorkspace, nodes),
		"provisioner: 1 node of t3.large, you have 0":        carried(1, sizing.PartProvisioner, sizing.Lack{Of: sizing.ScarceNodes, Needs: 1, MachineType: "t3.large"}),

		"coderd: nodes of 4 vCPU, t3.large has 2 vCPU":                                                            carried(1, sizing.PartCoderd, vcpu),
		"coderd: nodes of 16 GiB, t3.large has 7.5 GiB":                                                           carried(1, sizing.PartCoderd, memory),
		"coderd: nodes of 4 vCPU and 16 GiB, t3.large has 2 vCPU and 7.5 GiB":                                     carried(1, sizing.PartCoderd, vcpu, memory),
		"coderd: 1,065 nodes, you have 1,064, each of 4 vCPU and 16 GiB, t3.large has 2 vCPU and 7.5 GiB":         carried(1, sizing.PartCoderd, nodes, vcpu, memory),
		"database: 4 vCPU, you have 2":                                                                            carried(1, sizing.PartDatabase, vcpu),
		"database: 16 GiB of memory, you have 7.5":                                                                carried(1, sizing.PartDatabase, memory),
		"database: 4 vCPU, you have 2, and 1,024 GB of storage, you have 512":                                     carried(1, sizing.PartDatabase, vcpu, storage),
		"database: 4 vCPU, you have 2, and 16 GiB of memory, you have 7.5, and 1,024 GB of storage, you have 512": carried(1, sizing.PartDatabase, vcpu, memory, storage),
	} {
		answer := report.OfCapacity(capacity)
		if answer.Next == nil || answer.Next.Needs != want || answer.Next.Users != 2 {
			t.Errorf("got %+v, want %q", answer.Next, want)
		}
	}
}

func TestCapacitySummary(t *testing.T) {
	t.Parallel()
	vcpu := sizing.Lack{Of: sizing.ScarceVCPU, Needs: 4, Given: 2}
	storage := sizing.Lack{Of: sizing.ScarceStorage, Needs: 1024, Given: 512}
	colocated := carried(100, sizing.PartEdition)
	colocated.Colocated, colocated.EndsAt, colocated.Given[0].Users = true, 100, 100
	published := carried(1000, sizing.PartDatabase, vcpu)
	published.AsPublished = true
	wide := carried(3000, sizing.PartEdition)
	wide.Given[0].MachineType = strings.Repeat("long-", 20) + "name"
	wideOne := carried(1, sizing.PartEdition)
	wideOne.Given[0].MachineType, wideOne.Given[0].Users = wide.Given[0].MachineType, 1
	const rows = `part      given                             users
-------------------------------------------------
coderd    2 x m5.large             at least 3,000
`
	for name, test := range map[string]struct {
		capacity *sizing.Capacity
		want     string
	}{
		"ended by a part": {carried(1000, sizing.PartDatabase, vcpu, storage), `1,000 users on aws: edition 2025-04, tier 1k

` + rows + `database  2 vCPU, 7.5 GiB, 512 GB           1,000

What ends it first, for one user more: database: 4 vCPU, you have 2, and 1,024 GB of storage, you
  have 512.`},
		"workspaces as published": {published, `1,000 users on aws: edition 2025-04, tier 1k

` + rows + `database  2 vCPU, 7.5 GiB, 512 GB           1,000

What ends it first, for one user more: database: 4 vCPU, you have 2. Workspaces are counted as the
  page packs them; packing = "schedulable" counts what Kubernetes can place.`},
		"one user": {carried(1, sizing.PartDatabase, vcpu), `1 user on aws: edition 2025-04, tier 1k

` + rows + `database  2 vCPU, 7.5 GiB, 512 GB               1

What ends it first, for one user more: database: 4 vCPU, you have 2.`},
		"nobody fits": {carried(0, sizing.PartDatabase, vcpu), `0 users on aws: edition 2025-04, tier 1k

` + rows + `database  2 vCPU, 7.5 GiB, 512 GB               0

Not even one user fits. The first needs database: 4 vCPU, you have 2.`},
		"ended by the edition": {carried(3000, sizing.PartEdition), `3,000 users on aws: edition 2025-04, tier 1k

` + rows + `database  2 vCPU, 7.5 GiB, 512 GB  at least 3,000

Nothing given ends it before 3,000 users, the largest tier of edition 2025-04.`},
		"colocated": {colocated, `100 users on aws: edition 2025-04, tier 1k

part      given                           users
-----------------------------------------------
coderd    2 x m5.large             at least 100
database  2 vCPU, 7.5 GiB, 512 GB  at least 100

Nothing given ends it before 100 users, the most that provisioners inside coderd serve.`},
		"a long name, one user": {wideOne, `1 user on aws: edition 2025-04, tier 1k

coderd: 2 x
  long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-lon
  g-name, 1 user
database: 2 vCPU, 7.5 GiB, 512 GB, 1 user

Nothing given ends it before 3,000 users, the largest tier of edition 2025-04.`},
		"a long name": {wide, `3,000 users on aws: edition 2025-04, tier 1k

coderd: 2 x
  long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-lon
  g-name, at least 3,000 users
database: 2 vCPU, 7.5 GiB, 512 GB, at least 3,000 users

Nothing given ends it before 3,000 users, the largest tier of edition 2025-04.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer := report.OfCapacity(test.capacity)
			if answer.Summary != test.want {
				t.Errorf("got\n%s\nwant\n%s", answer.Summary, test.want)
			}
			for _, line := range strings.Split(answer.Summary, "\n") {
				if len(line) > 100 {
					t.Errorf("a line is %d columns wide: %s", len(line), line)
				}
			}
			if (answer.Next == nil) != (test.capacity.LimitedBy == sizing.PartEdition) {
				t.Errorf("next is %+v", answer.Next)
			}
		})
	}
}
