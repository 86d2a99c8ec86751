// SPDX-License-Identifier: MPL-2.0

package report_test

import "github.com/refarch/terraform-provider-refarch/internal/sizing"

// ofWorkspaces are pools of workspaces by their kinds; "" is the pool workspace.
func ofWorkspaces(kinds ...string) []sizing.Subject {
	subjects := make([]sizing.Subject, len(kinds))
	for i, kind := range kinds {
		subjects[i] = sizing.Subject{Role: sizing.RoleWorkspace, Kind: kind}
	}
	return subjects
}

func wordingsOfWorkspaces() []wording {
	return []wording{
		{
			name:     "pods bound a node",
			code:     sizing.WarnPodLimit,
			subjects: ofWorkspaces(""),
			change: func(f *sizing.Fleet) {
				f.Workspace = schedulable(fixed("m5.8xlarge", 32, 131072, 20, 64, 1000), 55, "pods")
				f.Workspace.MaxPodsPerNode = 58
			},
			want: "Of the limit of 58 pods per node, 55 are left for workspaces beside the node's own pods, fewer than the" +
				" memory and CPU of m5.8xlarge would take. Raise `max_pods_per_node` where the cloud allows it, or take" +
				" smaller nodes (`machine_types.workspace`). With `packing = \"schedulable\"` a node is counted with the" +
				" 55 that fit, not with 64.",
		},
		{
			name:     "pods bound a node, counted so",
			code:     sizing.WarnPodLimit,
			subjects: ofWorkspaces(""),
			change: func(f *sizing.Fleet) {
				f.Workspace = schedulable(fixed("m5.8xlarge", 32, 131072, 20, 55, 1000), 55, "pods")
				f.Workspace.MaxPodsPerNode = 58
			},
			want: "Of the limit of 58 pods per node, 55 are left for workspaces beside the node's own pods, fewer than the" +
				" memory and CPU of m5.8xlarge would take. Raise `max_pods_per_node` where the cloud allows it, or take" +
				" smaller nodes (`machine_types.workspace`).",
		},
		{
			name:     "density beyond the pod limit",
			code:     sizing.WarnPodLimit,
			subjects: ofWorkspaces(""),
			change:   func(f *sizing.Fleet) { f.Workspace.MaxPodsPerNode = 15 },
			want: "The 16 workspaces per node exceed the limit of 15 pods per node. Raise `max_pods_per_node` where the" +
				" cloud allows it, or take smaller nodes (`machine_types.workspace`). With `packing = \"schedulable\"` a" +
				" node is counted with the 13 that fit, not with 16.",
		},
		{
			name:     "disks bound a node",
			code:     sizing.WarnVolumeLimit,
			subjects: ofWorkspaces(""),
			change: func(f *sizing.Fleet) {
				f.Workspace = schedulable(fixed("n4-standard-8", 8, 32768, 143, 7, 1000), 7, "volumes")
				f.Workspace.PodVolumes = 2
				f.Workspace.MaxVolumesPerNode = 15
			},
			want: "A node of type n4-standard-8 attaches at most 15 disks: room for 7 workspaces with 2 disks each, fewer" +
				" than its memory and CPU would take. Set `workspace_request.volumes` to what a workspace really" +
				" attaches, 0 where homes are no disks, or take nodes that attach more disks for their size" +
				" (`machine_types.workspace`).",
		},
		{
			name:     "disks leave room for one workspace",
			code:     sizing.WarnVolumeLimit,
			subjects: ofWorkspaces(""),
			change: func(f *sizing.Fleet) {
				f.Workspace = schedulable(fixed("n4-standard-16", 16, 65536, 600, 1, 600), 1, "volumes")
				f.Workspace.PodVolumes = 16
				f.Workspace.MaxVolumesPerNode = 31
			},
			want: "A node of type n4-standard-16 attaches at most 31 disks: room for 1 workspace with 16 disks, fewer than" +
				" its memory and CPU would take. Set `workspace_request.volumes` to what a workspace really attaches, 0" +
				" where homes are no disks, or take nodes that attach more disks for their size" +
				" (`machine_types.workspace`).",
		},
		{
			name:     "density beyond the disk limit",
			code:     sizing.WarnVolumeLimit,
			subjects: ofWorkspaces(""),
			change: func(f *sizing.Fleet) {
				f.Workspace.MaxVolumesPerNode = 15
			},
			want: "The 16 workspaces per node attach 16 disks, but t2d-standard-8 attaches at most 15. Set" +
				" `workspace_request.volumes` to what a workspace really attaches, 0 where homes are no disks, or take" +
				" nodes that attach more disks for their size (`machine_types.workspace`). With `packing = \"schedulable\"` a node is counted with the" +
				" 13 that fit, not with 16.",
		},
		{
			name:     "pods bound the nodes of a kind",
			code:     sizing.WarnPodLimit,
			subjects: ofWorkspaces("small"),
			change: func(f *sizing.Fleet) {
				f.WorkspacePools = map[string]sizing.NodePool{"small": smallKind()}
			},
			want: "Of the limit of 29 pods per node, 26 are left for workspaces of kind \"small\" beside the node's own pods," +
				" fewer than the memory and CPU of m5.large would take. Raise `max_pods_per_node` where the cloud allows it," +
				" or take smaller nodes (`workspace_kinds[\"small\"].machine_type`).",
		},
		{
			name:     "pods bound several pools",
			code:     sizing.WarnPodLimit,
			subjects: ofWorkspaces("", "small"),
			change: func(f *sizing.Fleet) {
				f.Workspace.MaxPodsPerNode = 15
				f.WorkspacePools = map[string]sizing.NodePool{"small": smallKind()}
			},
			want: "The 16 workspaces per node exceed the limit of 15 pods per node; of the limit of 29 pods per node, 26 are" +
				" left for workspaces of kind \"small\" beside the node's own pods, fewer than the memory and CPU of m5.large" +
				" would take. Raise `max_pods_per_node` where the cloud allows it, or take smaller nodes" +
				" (`machine_types.workspace` and `workspace_kinds[\"small\"].machine_type`). With `packing =" +
				" \"schedulable\"` a node of the pool workspace is counted with the 13 that fit, not with 16.",
		},
		{
			name:     "disks bound several pools",
			code:     sizing.WarnVolumeLimit,
			subjects: ofWorkspaces("", "large"),
			change: func(f *sizing.Fleet) {
				f.Workspace = schedulable(fixed("n4-standard-8", 8, 32768, 143, 7, 1000), 7, "volumes")
				f.Workspace.PodVolumes, f.Workspace.MaxVolumesPerNode = 2, 15
				large := schedulable(fixed("n4-standard-16", 16, 65536, 28, 7, 196), 7, "volumes")
				large.PodVolumes, large.MaxVolumesPerNode = 4, 31
				f.WorkspacePools = map[string]sizing.NodePool{"large": large}
			},
			want: "A node of type n4-standard-8 attaches at most 15 disks: room for 7 workspaces with 2 disks each, fewer" +
				" than its memory and CPU would take; a node of type n4-standard-16 attaches at most 31 disks: room for 7" +
				" workspaces of kind \"large\" with 4 disks each, fewer than its memory and CPU would take. Set" +
				" `workspace_request.volumes` and `workspace_kinds[\"large\"].requests.volumes` to what a workspace really" +
				" attaches, 0 where homes are no disks, or take nodes that attach more disks for their size" +
				" (`machine_types.workspace` and `workspace_kinds[\"large\"].machine_type`).",
		},
		{
			name:     "the starter template's memory",
			code:     sizing.WarnBelowPublishedMemory,
			subjects: ofWorkspaces(""),
			change: func(f *sizing.Fleet) {
				f.PublishedWorkspaceMiB, f.Workspace.PodRequest.MemoryMiB = 2048, 512
			},
			want: "Workspaces request less memory than the 2 GiB that edition 2024-03 counts each with: workspace 0.5 GiB." +
				" Coder's starter template does too: it requests 0.5 GiB and allows 2 to 8 GiB, which holds while few" +
				" workspaces use what they may. Set `workspace_request.memory_gib` to what yours use, and" +
				" `workspace_limits.memory_gib` to see in `overcommit` what a full node may come to.",
		},
		{
			name:     "little memory for a kind",
			code:     sizing.WarnBelowPublishedMemory,
			subjects: ofWorkspaces("", "small"),
			change: func(f *sizing.Fleet) {
				f.PublishedWorkspaceMiB, f.Workspace.PodRequest.MemoryMiB = 2048, 1536
				f.WorkspacePools = map[string]sizing.NodePool{"small": smallKind()}
			},
			want: "Workspaces request less memory than the 2 GiB that edition 2024-03 counts each with: workspace 1.5 GiB and" +
				" kind \"small\" 0.25 GiB. Coder's starter template does too: it requests 0.5 GiB and allows 2 to 8 GiB," +
				" which holds while few workspaces use what they may. Set `workspace_request.memory_gib` and" +
				" `workspace_kinds[\"small\"].requests.memory_gib` to what yours use, and `workspace_limits.memory_gib` and" +
				" `workspace_kinds[\"small\"].limits.memory_gib` to see in `overcommit` what a full node may come to.",
		},
		{
			name:     "more memory promised than there is",
			code:     sizing.WarnMemoryOvercommitted,
			subjects: ofWorkspaces(""),
			change: func(f *sizing.Fleet) {
				f.Workspace = promising(schedulable(f.Workspace, 13, "memory"), 4096, 27949, 1.91)
				f.Workspace.PodsPerNode = 13
			},
			want: "The workspaces of a full node may use more memory than it has for them: workspace 13 x 4 GiB on 27.29 GiB" +
				" (1.91 times as much). Coder's pages advise against it: when they do use it, Kubernetes kills pods. Lower" +
				" `workspace_limits.memory_gib`, or raise `workspace_request.memory_gib` so that a node takes fewer.",
		},
		{
			name:     "more memory promised to kinds than there is",
			code:     sizing.WarnMemoryOvercommitted,
			subjects: ofWorkspaces("", "small"),
			change: func(f *sizing.Fleet) {
				f.Workspace = promising(f.Workspace, 1792, 27949, 1.03)
				f.WorkspacePools = map[string]sizing.NodePool{"small": promising(smallKind(), 512, 6500, 2.05)}
			},
			want: "The workspaces of a full node may use more memory than it has for them: workspace 16 x 1.75 GiB on 27.29" +
				" GiB (1.03 times as much) and kind \"small\" 26 x 0.5 GiB on 6.35 GiB (2.05 times as much). Coder's pages" +
				" advise against it: when they do use it, Kubernetes kills pods. Lower `workspace_limits.memory_gib` and" +
				" `workspace_kinds[\"small\"].limits.memory_gib`, or raise `workspace_request.memory_gib` and" +
				" `workspace_kinds[\"small\"].requests.memory_gib` so that a node takes fewer.",
		},
	}
}

// smallKind is a pool that ends by its pods.
func smallKind() sizing.NodePool {
	pool := requesting(schedulable(fixed("m5.large", 2, 8192, 8, 26, 200), 26, "pods"), 50, 256)
	pool.MaxPodsPerNode = 29
	return pool
}

// promising is a pool whose pods may use so much memory each of what a node has
// for them.
func promising(pool sizing.NodePool, limitMiB, roomMiB int64, times float64) sizing.NodePool {
	pool.PodLimits.MemoryMiB, pool.SchedulableMemoryMiB, pool.Overcommit.Memory = &limitMiB, roomMiB, &times
	return pool
}
