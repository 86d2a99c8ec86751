// SPDX-License-Identifier: MPL-2.0

package report_test

import "github.com/refarch/terraform-provider-refarch/internal/sizing"

func wordingsOfSurroundings() []wording {
	return []wording{
		{
			name:     "more nodes than a pool takes",
			code:     sizing.WarnPoolNodeLimit,
			subjects: ofWorkspaces(""),
			change: func(f *sizing.Fleet) {
				f.PoolNodeLimit, f.Workspace.MaxNodeCountPerZone = 1000, 3072
			},
			want: "A node pool takes at most 1,000 nodes on gcp, and at their largest these have more in each zone:" +
				" workspace 3,072. Spread them over more `zones` with a pool for each, make several pools of them or take" +
				" larger machines (`machine_types.workspace`).",
		},
		{
			name:     "more nodes than a group takes, which a quota raises",
			code:     sizing.WarnPoolNodeLimit,
			subjects: ofWorkspaces("", "large"),
			change: func(f *sizing.Fleet) {
				f.Cloud, f.PoolNodeLimit, f.PoolNodeQuota = "aws", 450, "L-BD136A63"
				f.Workspace.MaxNodeCountPerZone = 715
				f.WorkspacePools = map[string]sizing.NodePool{"large": fixed("m5.4xlarge", 16, 65536, 500, 4, 2000)}
			},
			want: "A node pool takes at most 450 nodes on aws, and at their largest these have more in each zone: workspace" +
				" 715 and kind \"large\" 500. Spread them over more `zones` with a pool for each, make several pools of them," +
				" take larger machines (`machine_types.workspace` and `workspace_kinds[\"large\"].machine_type`) or have the" +
				" quota L-BD136A63 raised.",
		},
		{
			name:     "more proxies than a pool takes, whose machine no argument chooses",
			code:     sizing.WarnPoolNodeLimit,
			subjects: []sizing.Subject{{Role: sizing.RoleWorkspaceProxy}},
			change: func(f *sizing.Fleet) {
				proxy := fixed("n4-standard-8", 8, 32768, 1500, 1, 1500)
				f.PoolNodeLimit, f.WorkspaceProxy = 1000, &proxy
			},
			want: "A node pool takes at most 1,000 nodes on gcp, and at their largest these have more in each zone:" +
				" workspace proxy 1,500. Spread them over more `zones` with a pool for each or make several pools of them.",
		},
		{
			name: "more addresses than a network has",
			code: sizing.WarnPoolNodeLimit,
			change: func(f *sizing.Fleet) {
				f.Addresses.NodeCount, f.BeyondAddresses = 70_000, true
			},
			want: "The 70,000 nodes of the fleet at its largest, `other_nodes` among them, and their pods need more addresses than a network of gcp has." +
				" Take larger machines, more `zones` where each has a subnet of its own, or divide the users among several" +
				" clusters.",
		},
		{
			name:     "more nodes than a pool takes and more addresses than a network has",
			code:     sizing.WarnPoolNodeLimit,
			subjects: ofWorkspaces(""),
			change: func(f *sizing.Fleet) {
				f.PoolNodeLimit, f.Workspace.MaxNodeCountPerZone = 1000, 70_000
				f.Addresses.NodeCount, f.BeyondAddresses = 70_003, true
			},
			want: "A node pool takes at most 1,000 nodes on gcp, and at their largest these have more in each zone:" +
				" workspace 70,000. Spread them over more `zones` with a pool for each, make several pools of them or take" +
				" larger machines (`machine_types.workspace`). The 70,003 nodes of the fleet at its largest, `other_nodes` among them, and their pods" +
				" need more addresses than a network of gcp has. Take larger machines, more `zones` where each has a" +
				" subnet of its own, or divide the users among several clusters.",
		},
		{
			name: "one coderd",
			code: sizing.WarnBelowReference,
			change: func(f *sizing.Fleet) {
				f.BelowReference = []sizing.Shortfall{{Argument: "coderd_replicas", Used: 1, Published: 3, Unit: sizing.UnitPods}}
			},
			want: "Less is set than edition 2024-03 publishes for tier 1k: `coderd_replicas` 1 pod instead of 3 pods. Nobody" +
				" has validated such a fleet: test it under load before you rely on it, or leave out what is set.",
		},
		{
			name: "small pods",
			code: sizing.WarnBelowReference,
			change: func(f *sizing.Fleet) {
				f.Edition = "2026-01"
				f.BelowReference = []sizing.Shortfall{
					{Argument: "pod_requests.coderd.cpu", Used: 500, Published: 2000, Unit: sizing.UnitMillicores},
					{Argument: "pod_requests.coderd.memory_gib", Used: 2048, Published: 8192, Unit: sizing.UnitMiB},
				}
			},
			want: "Less is set than edition 2026-01 publishes for tier 1k: `pod_requests.coderd.cpu` 500 millicores instead" +
				" of 2,000 millicores and `pod_requests.coderd.memory_gib` 2 GiB instead of 8 GiB. Nobody has validated such a" +
				" fleet: test it under load before you rely on it, or leave out what is set.",
		},
		{
			name:     "machines whose quota nobody knows",
			code:     sizing.WarnQuotaUnknown,
			subjects: ofWorkspaces("", "gpu"),
			change: func(f *sizing.Fleet) {
				f.Zones = 3
				f.Workspace.MachineType, f.Workspace.MaxNodeCountPerZone = "x9-standard-8", 27
				f.WorkspacePools = map[string]sizing.NodePool{"gpu": fixed("x9-gpu-4", 4, 16384, 7, 1, 20)}
			},
			want: "Of some machines it is not known here which quota of gcp they count against, so `compute_quotas` lacks" +
				" it: x9-standard-8 (workspace, at most 648 vCPU) and x9-gpu-4 (kind \"gpu\", at most 84 vCPU). Before the" +
				" first apply ask the cloud which quota it is and whether it allows as much.",
		},
	}
}
