// SPDX-License-Identifier: MPL-2.0

package report

import (
	"strconv"
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// Warnings about pools of workspaces: the pool workspace, and those of kinds.

// podLimit has two cases: the pod limit is what bounds a node, or it is merely
// below the density that the fleet is counted with.
func podLimit(subjects []subject) string {
	what := sentence(subjects, func(s subject) string {
		limit := "the limit of " + words.Counted(s.pool.MaxPodsPerNode, "pod") + " per node"
		if s.pool.LimitedBy == sizing.LimitPods {
			return "of " + limit + ", " + words.Count(s.pool.SchedulablePodsPerNode) + " are left for workspaces" +
				s.ofKind() + " beside the node's own pods, fewer than the memory and CPU of " + s.machineType + " would take"
		}
		return "the " + words.Counted(s.pool.PodsPerNode, "workspace") + s.ofKind() + " per node exceed " + limit
	})
	return what + " Raise `max_pods_per_node` where the cloud allows it, or take smaller nodes (" +
		machineArguments(subjects) + ")." + orSchedulable(subjects)
}

// volumeLimit has the same two cases for the disks that a node can attach.
func volumeLimit(subjects []subject) string {
	what := sentence(subjects, func(s subject) string {
		pool := s.pool
		if pool.LimitedBy == sizing.LimitVolumes {
			each := ""
			if pool.SchedulablePodsPerNode > 1 {
				each = " each"
			}
			return "a node of type " + s.machineType + " attaches at most " + words.Counted(pool.MaxVolumesPerNode, "disk") +
				": room for " + words.Counted(pool.SchedulablePodsPerNode, "workspace") + s.ofKind() + " with " +
				words.Counted(pool.PodVolumes, "disk") + each + ", fewer than its memory and CPU would take"
		}
		return "the " + words.Counted(pool.PodsPerNode, "workspace") + s.ofKind() + " per node attach " +
			words.Counted(pool.PodsPerNode*pool.PodVolumes, "disk") + ", but " + s.machineType + " attaches at most " +
			words.Count(pool.MaxVolumesPerNode)
	})
	volumes := each(subjects, func(s subject) string {
		return s.workspaceArgument("workspace_request.volumes", "requests.volumes")
	})
	return what + " Set " + volumes + " to what a workspace really attaches, 0 where homes are no disks," +
		" or take nodes that attach more disks for their size (" + machineArguments(subjects) + ")." + orSchedulable(subjects)
}

// orSchedulable offers the other packing where a pool is counted with more
// workspaces per node than fit. Of kinds none is: no page says how many fit.
func orSchedulable(subjects []subject) string {
	node := "a node"
	if len(subjects) > 1 {
		node = "a node of the pool workspace"
	}
	for _, s := range subjects {
		if s.pool.PodsPerNode > s.pool.SchedulablePodsPerNode {
			return " With `packing = \"schedulable\"` " + node + " is counted with the " +
				words.Count(s.pool.SchedulablePodsPerNode) + " that fit, not with " + words.Count(s.pool.PodsPerNode) + "."
		}
	}
	return ""
}

// The vendor's own starter template, coder/coder examples/templates/kubernetes,
// requests 512 MiB and limits memory to what its user chooses, 2 to 8 GiB.
func belowPublishedMemory(f *sizing.Fleet, subjects []subject) string {
	requests := each(subjects, func(s subject) string { return s.name + " " + words.GiB(s.pool.PodRequest.MemoryMiB) })
	arguments := each(subjects, func(s subject) string {
		return s.workspaceArgument("workspace_request.memory_gib", "requests.memory_gib")
	})
	limits := each(subjects, func(s subject) string {
		return s.workspaceArgument("workspace_limits.memory_gib", "limits.memory_gib")
	})
	return "Workspaces request less memory than the " + words.GiB(f.PublishedWorkspaceMiB) + " that edition " + f.Edition +
		" counts each with: " + requests + ". Coder's starter template does too: it requests 0.5 GiB and allows 2 to 8 GiB," +
		" which holds while few workspaces use what they may. Set " + arguments + " to what yours use, and " + limits +
		" to see in `overcommit` what a full node may come to."
}

func memoryOvercommitted(subjects []subject) string {
	promises := each(subjects, func(s subject) string {
		limit, ratio := s.pool.PodLimits.MemoryMiB, s.pool.Overcommit.Memory
		if limit == nil || ratio == nil {
			return ""
		}
		return s.name + " " + words.Count(s.pool.PodsPerNode) + " x " + words.GiB(*limit) + " on " +
			words.GiB(s.pool.SchedulableMemoryMiB) + " (" + strconv.FormatFloat(*ratio, 'f', -1, 64) + " times as much)"
	})
	limits := each(subjects, func(s subject) string {
		return s.workspaceArgument("workspace_limits.memory_gib", "limits.memory_gib")
	})
	requests := each(subjects, func(s subject) string {
		return s.workspaceArgument("workspace_request.memory_gib", "requests.memory_gib")
	})
	return "The workspaces of a full node may use more memory than it has for them: " + promises + ". Coder's pages advise" +
		" against it: when they do use it, Kubernetes kills pods. Lower " + limits + ", or raise " + requests +
		" so that a node takes fewer."
}

// ofKind names the kind of a pool's workspaces; there is nothing to say of the
// pool workspace.
func (s subject) ofKind() string {
	if s.kind == "" {
		return ""
	}
	return " of " + s.name
}

// sentence is one of what there is to say of each subject.
func sentence(subjects []subject, say func(subject) string) string {
	said := make([]string, len(subjects))
	for i, s := range subjects {
		said[i] = say(s)
	}
	return words.Sentence(strings.Join(said, "; "))
}
