// SPDX-License-Identifier: MPL-2.0

package report_test

import (
	"slices"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// wording is a warning on a fleet and its whole text.
type wording struct {
	name     string
	code     sizing.WarningCode
	subjects []sizing.Subject
	change   func(*sizing.Fleet) // of the fleet for 1,000 users on GKE
	want     string
}

func wordings() []wording {
	return slices.Concat(wordingsOfMachines(), wordingsOfWorkspaces(), wordingsOfSurroundings())
}

func wordingsOfMachines() []wording {
	return []wording{
		{
			name: "beyond the largest tier",
			code: sizing.WarnBeyondValidatedRange,
			change: func(f *sizing.Fleet) {
				f.Tier.Name = "3k"
				f.CoveringEdition = "2026-01"
				f.Beyond = &sizing.Extrapolation{Quantity: "concurrent_workspaces", Value: 4000, Limit: 3072}
			},
			want: "`concurrent_workspaces` of 4,000 exceeds 3,072, the limit of tier 3k, the largest of edition 2024-03: the figures are" +
				" scaled up from that tier, and nobody has validated them. Test under load before you rely on them, or" +
				" set `edition = \"2026-01\"`, whose largest tier covers this load.",
		},
		{
			name: "beyond the largest tier of every edition",
			code: sizing.WarnBeyondValidatedRange,
			change: func(f *sizing.Fleet) {
				f.Tier.Name, f.Edition = "10k", f.NewestEdition
				f.Beyond = &sizing.Extrapolation{Quantity: "users", Value: 15_000, Limit: 10_000}
			},
			want: "`users` exceeds 10,000, the limit of tier 10k, the largest of edition 2026-01: the figures are" +
				" scaled up from that tier, and nobody has validated them. Test under load before you rely on them.",
		},
		{
			name: "more workspaces than Kubernetes places",
			code: sizing.WarnUnschedulablePacking,
			want: "168 of 1,000 workspaces stay pending: Kubernetes places 13 on each t2d-standard-8 node, not 16, since" +
				" its memory is used up first. Set `packing = \"schedulable\"` for as many nodes as they need.",
		},
		{
			name: "one workspace that Kubernetes does not place",
			code: sizing.WarnUnschedulablePacking,
			change: func(f *sizing.Fleet) {
				f.Workspace = schedulable(fixed("t2d-standard-8", 8, 32768, 1, 16, 14), 13, "cpu")
			},
			want: "1 of 14 workspaces stays pending: Kubernetes places 13 on each t2d-standard-8 node, not 16, since its" +
				" CPU is used up first. Set `packing = \"schedulable\"` for as many nodes as they need.",
		},
		{
			name:   "pods end before memory",
			code:   sizing.WarnUnschedulablePacking,
			change: func(f *sizing.Fleet) { f.Workspace.LimitedBy = "pods" },
			want: "168 of 1,000 workspaces stay pending: Kubernetes places 13 on each t2d-standard-8 node, not 16, since" +
				" its pod limit is reached first. Set `packing = \"schedulable\"` for as many nodes as they need.",
		},
		{
			name:   "disks end before memory",
			code:   sizing.WarnUnschedulablePacking,
			change: func(f *sizing.Fleet) { f.Workspace.LimitedBy = "volumes" },
			want: "168 of 1,000 workspaces stay pending: Kubernetes places 13 on each t2d-standard-8 node, not 16, since" +
				" its disk limit is reached first. Set `packing = \"schedulable\"` for as many nodes as they need.",
		},
		{
			name:   "GPUs end before memory",
			code:   sizing.WarnUnschedulablePacking,
			change: func(f *sizing.Fleet) { f.Workspace.LimitedBy = "gpus" },
			want: "168 of 1,000 workspaces stay pending: Kubernetes places 13 on each t2d-standard-8 node, not 16, since" +
				" its GPUs are taken first. Set `packing = \"schedulable\"` for as many nodes as they need.",
		},
		{
			name:     "burstable pools",
			code:     sizing.WarnBurstableMachine,
			subjects: []sizing.Subject{{Role: sizing.RoleCoderd}, {Role: sizing.RoleWorkspace}},
			want: "Burstable machines: coderd (n1-standard-2) and workspace (t2d-standard-8). Under steady load they use" +
				" up their CPU credits and slow down. For production set `machine_types.coderd` and" +
				" `machine_types.workspace` to other types.",
		},
		{
			name:     "burstable proxies, which no argument chooses",
			code:     sizing.WarnBurstableMachine,
			subjects: []sizing.Subject{{Role: sizing.RoleCoderd}, {Role: sizing.RoleWorkspaceProxy}},
			change: func(f *sizing.Fleet) {
				proxy := fixed("t3.xlarge", 4, 16384, 3, 1, 3)
				f.WorkspaceProxy = &proxy
			},
			want: "Burstable machines: coderd (n1-standard-2) and workspace proxy (t3.xlarge). Under steady load they use" +
				" up their CPU credits and slow down. For production set `machine_types.coderd` to other types.",
		},
		{
			name:     "burstable kinds",
			code:     sizing.WarnBurstableMachine,
			subjects: slices.Concat([]sizing.Subject{{Role: sizing.RoleCoderd}}, ofWorkspaces("small")),
			change: func(f *sizing.Fleet) {
				f.WorkspacePools = map[string]sizing.NodePool{"small": fixed("t3.large", 2, 8192, 3, 3, 9)}
			},
			want: "Burstable machines: coderd (n1-standard-2) and kind \"small\" (t3.large). Under steady load they use up" +
				" their CPU credits and slow down. For production set `machine_types.coderd` and" +
				" `workspace_kinds[\"small\"].machine_type` to other types.",
		},
		{
			name:     "burstable database",
			code:     sizing.WarnBurstableMachine,
			subjects: []sizing.Subject{{Role: sizing.RoleDatabase}},
			change:   func(f *sizing.Fleet) { f.Database.SKU = "db.t3.large" },
			want: "Burstable machines: database (db.t3.large). Under steady load they use up their CPU credits and slow" +
				" down. For production choose an `edition` with another database.",
		},
		{
			name: "burstable everything",
			code: sizing.WarnBurstableMachine,
			subjects: []sizing.Subject{
				{Role: sizing.RoleCoderd}, {Role: sizing.RoleProvisioner}, {Role: sizing.RoleWorkspace}, {Role: sizing.RoleDatabase},
			},
			want: "Burstable machines: coderd (n1-standard-2), provisioner (t2d-standard-8), workspace (t2d-standard-8)" +
				" and database (db-custom-2-7680). Under steady load they use up their CPU credits and slow down. For" +
				" production set `machine_types.coderd`, `machine_types.provisioner` and `machine_types.workspace` to" +
				" other types and choose an `edition` with another database.",
		},
		{
			name:     "machines unlike the published capacity",
			code:     sizing.WarnCapacityMismatch,
			subjects: []sizing.Subject{{Role: sizing.RoleCoderd}, {Role: sizing.RoleProvisioner}, {Role: sizing.RoleDatabase}},
			change: func(f *sizing.Fleet) {
				f.Coderd.Published = &sizing.PublishedPool{VCPU: 8, MemoryGB: 32}
				f.Provisioner.MachineType, f.Provisioner.MemoryMiB = "c5.2xlarge", 16384
				f.Provisioner.Published = &sizing.PublishedPool{VCPU: 8, MemoryGB: 32}
				f.Database.Published = sizing.PublishedDatabase{VCPU: 4, MemoryGB: 16}
			},
			want: "The published capacity is not that of the machine type beside it: coderd is published with 8 vCPU and" +
				" 32 GB, but n1-standard-2 has 2 vCPU and 7.5 GiB; provisioner is published with 8 vCPU and 32 GB, but" +
				" c5.2xlarge has 8 vCPU and 16 GiB; database is published with 4 vCPU and 16 GB, but db-custom-2-7680" +
				" has 2 vCPU and 7.5 GiB. The published type is kept; set `machine_types.coderd` and" +
				" `machine_types.provisioner` where you want the capacity.",
		},
		{
			name:     "a database unlike the published capacity",
			code:     sizing.WarnCapacityMismatch,
			subjects: []sizing.Subject{{Role: sizing.RoleDatabase}},
			change: func(f *sizing.Fleet) {
				f.Database.Published = sizing.PublishedDatabase{VCPU: 4, MemoryGB: 16}
			},
			want: "The published capacity is not that of the machine type beside it: database is published with 4 vCPU" +
				" and 16 GB, but db-custom-2-7680 has 2 vCPU and 7.5 GiB. The published type is kept.",
		},
		{
			name:   "two database nodes",
			code:   sizing.WarnDatabaseReplicasRetracted,
			change: func(f *sizing.Fleet) { f.Database.NodeCount = 2 },
			want: "The page lists 2 database nodes, but its advice to add replicas was retracted (coder/coder#21077):" +
				" Coder takes one connection URL. Read them as a primary and its standby, and wire" +
				" `database.high_availability`, not a read replica.",
		},
		{
			name: "published storage that no cloud sells",
			code: sizing.WarnStorageRoundedUp,
			change: func(f *sizing.Fleet) {
				wanted := int64(1536)
				f.Cloud = "azure"
				f.Database.Published.StorageGB, f.Database.WantedStorageGB, f.Database.StorageGB = &wanted, wanted, 2048
			},
			want: "The published 1,536 GB of database storage is no size that azure sells; the next one is 2,048 GB." +
				" There is nothing to set: it costs more and holds more.",
		},
		{
			name: "calculated storage that no cloud sells",
			code: sizing.WarnStorageRoundedUp,
			change: func(f *sizing.Fleet) {
				f.Cloud = "azure"
				f.Database.WantedStorageGB, f.Database.StorageGB = 5120, 8192
			},
			want: "The calculated 5,120 GB of database storage is no size that azure sells; the next one is 8,192 GB." +
				" There is nothing to set: it costs more and holds more.",
		},
		{
			name:     "arm64 nodes",
			code:     sizing.WarnARM64Machine,
			subjects: []sizing.Subject{{Role: sizing.RoleWorkspace}},
			change:   func(f *sizing.Fleet) { f.Workspace.MachineType = "m8g.2xlarge" },
			want: "Nodes on arm64: workspace (m8g.2xlarge). The node image and every container image that runs there must" +
				" be built for arm64; for amd64 set `machine_types.workspace` to another type.",
		},
		{
			name:     "uneven zones",
			code:     sizing.WarnZonesRoundUp,
			subjects: []sizing.Subject{{Role: sizing.RoleCoderd}, {Role: sizing.RoleWorkspace}, {Role: sizing.RoleWorkspaceProxy}},
			change: func(f *sizing.Fleet) {
				f.Zones = 3
				f.Workspace.NodeCountPerZone = 22
				proxy := fixed("n4-standard-8", 8, 32768, 4, 1, 4)
				proxy.NodeCountPerZone = 2
				f.WorkspaceProxy = &proxy
			},
			want: "The same number of nodes in each of 3 zones makes more than `node_count`: coderd 3 for 1, workspace 66" +
				" for 64 and workspace proxy 6 for 4. `totals` does not count the extra nodes; set fewer `zones` to avoid" +
				" them where counts are per zone.",
		},
		{
			name: "edition left out",
			code: sizing.WarnNewerEdition,
			want: "`edition` is left out and stays 2024-03 until the next major version of this provider; the newest" +
				" is 2026-01. Set `edition = \"2024-03\"` to keep it, or `edition = \"2026-01\"` to move.",
		},
	}
}

func TestWarningMessages(t *testing.T) {
	t.Parallel()
	for _, test := range wordings() {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			fleet := gcp1000()
			if test.change != nil {
				test.change(fleet)
			}
			fleet.Warnings = []sizing.Warning{{Code: test.code, Subjects: test.subjects}}
			answer := report.Of(fleet)
			if got := answer.Warnings[0].Message; got != test.want {
				t.Errorf("%s\n got: %s\nwant: %s", test.code, got, test.want)
			}
		})
	}
}

// A code without a text would reach people as an empty message.
func TestEveryWarningHasAMessage(t *testing.T) {
	t.Parallel()
	tested := map[sizing.WarningCode]bool{}
	for _, test := range wordings() {
		tested[test.code] = true
	}
	for _, code := range sizing.WarningCodes() {
		if !tested[code] {
			t.Errorf("no wording of %s is tested", code)
		}
	}
}
