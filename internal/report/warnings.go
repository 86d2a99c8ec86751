package report

import (
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// message is a warning in a sentence or two: what, with the figures, and which
// argument to set. It is one line; the summary wraps it.
func message(f *sizing.Fleet, warning *sizing.Warning) string {
	switch warning.Code {
	case sizing.WarnBeyondValidatedRange:
		return beyondValidatedRange(f)
	case sizing.WarnUnschedulablePacking:
		return unschedulablePacking(&f.Workspace)
	case sizing.WarnBurstableMachine:
		return burstableMachine(f, warning.Subjects)
	case sizing.WarnCapacityMismatch:
		return capacityMismatch(f, warning.Subjects)
	case sizing.WarnPodLimit:
		return podLimit(&f.Workspace)
	case sizing.WarnVolumeLimit:
		return volumeLimit(&f.Workspace, f.VolumesPerWorkspace)
	case sizing.WarnDatabaseReplicasRetracted:
		return databaseReplicasRetracted(&f.Database)
	case sizing.WarnStorageRoundedUp:
		return storageRoundedUp(f)
	case sizing.WarnARM64Machine:
		return arm64Machine(f, warning.Subjects)
	case sizing.WarnZonesRoundUp:
		return zonesRoundUp(f, warning.Subjects)
	case sizing.WarnNewerEdition:
		return newerEdition(f)
	}
	return ""
}

func beyondValidatedRange(f *sizing.Fleet) string {
	load := "The load exceeds the limits"
	if f.Beyond != nil {
		load = "`" + f.Beyond.Quantity + "` of " + words.Count(f.Beyond.Value) + " exceeds " + words.Count(f.Beyond.Limit) +
			", the limit"
	}
	remedy := "."
	if f.CoveringEdition != "" {
		remedy = ", or set `edition = \"" + f.CoveringEdition + "\"`, whose largest tier covers this load."
	}
	return load + " of tier " + f.Tier.Name + ", the largest of edition " + f.Edition + ": the figures are scaled up" +
		" from that tier, and nobody has validated them. Test under load before you rely on them" + remedy
}

func unschedulablePacking(workspace *sizing.NodePool) string {
	pending := max(workspace.Pods-workspace.NodeCount*workspace.SchedulablePodsPerNode, 0)
	stay := " stay"
	if pending == 1 {
		stay = " stays"
	}
	return words.Count(pending) + " of " + words.Counted(workspace.Pods, "workspace") + stay + " pending: Kubernetes places " +
		words.Count(workspace.SchedulablePodsPerNode) + " on each " + workspace.MachineType + " node, not " +
		words.Count(workspace.PodsPerNode) + ", since " + limitWords(workspace.LimitedBy) +
		" first. Set `packing = \"schedulable\"` for as many nodes as they need."
}

// limitWords says what a node runs out of.
func limitWords(limit sizing.Limit) string {
	switch limit {
	case sizing.LimitCPU:
		return "its CPU is used up"
	case sizing.LimitPods:
		return "its pod limit is reached"
	case sizing.LimitVolumes:
		return "its disk limit is reached"
	case sizing.LimitMemory:
	}
	return "its memory is used up"
}

func burstableMachine(f *sizing.Fleet, subjects []sizing.Role) string {
	var remedies []string
	if arguments := machineArguments(subjects); arguments != "" {
		remedies = append(remedies, "set "+arguments+" to other types")
	}
	for _, role := range subjects {
		if role == sizing.RoleDatabase {
			remedies = append(remedies, "choose an `edition` with another database")
		}
	}
	return "Burstable machines: " + machines(f, subjects) + ". Under steady load they use up their CPU credits and" +
		" slow down. For production " + words.And(remedies) + "."
}

func capacityMismatch(f *sizing.Fleet, subjects []sizing.Role) string {
	differences := make([]string, 0, len(subjects))
	for _, role := range subjects {
		if difference := capacityDifference(f, role); difference != "" {
			differences = append(differences, difference)
		}
	}
	remedy := "."
	if arguments := machineArguments(subjects); arguments != "" {
		remedy = "; set " + arguments + " where you want the capacity."
	}
	return "The published capacity is not that of the machine type beside it: " + strings.Join(differences, "; ") +
		". The published type is kept" + remedy
}

// capacityDifference sets a role's published capacity against its machine's.
func capacityDifference(f *sizing.Fleet, role sizing.Role) string {
	if role == sizing.RoleDatabase {
		database := &f.Database
		return difference(role, database.Published.VCPU, database.Published.MemoryGB,
			database.SKU, database.VCPU, database.MemoryMiB)
	}
	pool := poolOf(f, role)
	if pool == nil || pool.Published == nil {
		return ""
	}
	return difference(role, pool.Published.VCPU, pool.Published.MemoryGB, pool.MachineType, pool.VCPU, pool.MemoryMiB)
}

func difference(
	role sizing.Role, publishedVCPU, publishedGB int64, machineType string, vcpu, memoryMiB int64,
) string {
	return words.Name(role) + " is published with " + words.Count(publishedVCPU) + " vCPU and " + words.Count(publishedGB) +
		" GB, but " + machineType + " has " + words.Count(vcpu) + " vCPU and " + words.GiB(memoryMiB)
}

// podLimit has two cases: the pod limit is what bounds a node, or it is merely
// below the density that the fleet is counted with.
func podLimit(workspace *sizing.NodePool) string {
	remedy := " Raise `max_pods_per_node` where the cloud allows it, or take smaller nodes (`machine_types.workspace`)."
	limit := "the limit of " + words.Counted(workspace.MaxPodsPerNode, "pod") + " per node"
	if workspace.LimitedBy == sizing.LimitPods {
		return "Of " + limit + ", " + words.Count(workspace.SchedulablePodsPerNode) +
			" are left for workspaces beside the node's own pods, fewer than the memory and CPU of " +
			workspace.MachineType + " would take." + remedy + orSchedulable(workspace)
	}
	return "The " + words.Counted(workspace.PodsPerNode, "workspace") + " per node exceed " + limit + "." + remedy +
		orSchedulable(workspace)
}

// volumeLimit has the same two cases for the disks that a node can attach.
func volumeLimit(workspace *sizing.NodePool, volumes int64) string {
	remedy := " Set `workspace_request.volumes` to what a workspace really attaches, 0 where homes are no disks," +
		" or take nodes that attach more disks for their size (`machine_types.workspace`)."
	if workspace.LimitedBy == sizing.LimitVolumes {
		each := ""
		if workspace.SchedulablePodsPerNode > 1 {
			each = " each"
		}
		return "A node of type " + workspace.MachineType + " attaches at most " +
			words.Counted(workspace.MaxVolumesPerNode, "disk") + ": room for " +
			words.Counted(workspace.SchedulablePodsPerNode, "workspace") + " with " + words.Counted(volumes, "disk") +
			each + ", fewer than its memory and CPU would take." + remedy + orSchedulable(workspace)
	}
	return "The " + words.Counted(workspace.PodsPerNode, "workspace") + " per node attach " +
		words.Counted(workspace.PodsPerNode*volumes, "disk") + ", but " + workspace.MachineType + " attaches at most " +
		words.Count(workspace.MaxVolumesPerNode) + "." + remedy + orSchedulable(workspace)
}

// orSchedulable offers the other packing where the fleet is counted with more
// workspaces per node than fit.
func orSchedulable(workspace *sizing.NodePool) string {
	if workspace.PodsPerNode <= workspace.SchedulablePodsPerNode {
		return ""
	}
	return " With `packing = \"schedulable\"` a node is counted with the " + words.Count(workspace.SchedulablePodsPerNode) +
		" that fit, not with " + words.Count(workspace.PodsPerNode) + "."
}

func databaseReplicasRetracted(database *sizing.Database) string {
	return "The page lists " + words.Counted(database.NodeCount, "database node") + ", but its advice to add replicas was" +
		" retracted (coder/coder#21077): Coder takes one connection URL. Read them as a primary and its standby, and" +
		" wire `database.high_availability`, not a read replica."
}

func storageRoundedUp(f *sizing.Fleet) string {
	origin := "calculated"
	if published := f.Database.Published.StorageGB; published != nil && *published == f.Database.WantedStorageGB {
		origin = "published"
	}
	return "The " + origin + " " + words.Count(f.Database.WantedStorageGB) + " GB of database storage is no size that " +
		string(f.Cloud) + " sells; the next one is " + words.Count(f.Database.StorageGB) +
		" GB. There is nothing to set: it costs more and holds more."
}

func arm64Machine(f *sizing.Fleet, subjects []sizing.Role) string {
	return "Nodes on arm64: " + machines(f, subjects) + ". The node image and every container image that runs there" +
		" must be built for arm64; for amd64 set " + machineArguments(subjects) + " to another type."
}

func zonesRoundUp(f *sizing.Fleet, subjects []sizing.Role) string {
	pools := make([]string, 0, len(subjects))
	for _, role := range subjects {
		if pool := poolOf(f, role); pool != nil {
			pools = append(pools, words.Name(role)+" "+words.Count(pool.NodeCountPerZone*f.Zones)+" for "+words.Count(pool.NodeCount))
		}
	}
	return "The same number of nodes in each of " + words.Counted(f.Zones, "zone") + " makes more than `node_count`: " +
		words.And(pools) + ". `totals` does not count the extra nodes; set fewer `zones` to avoid them where counts are" +
		" per zone."
}

func newerEdition(f *sizing.Fleet) string {
	return "`edition` is left out and stays " + f.Edition + ", so that no upgrade of the provider resizes a fleet; the" +
		" newest is " + f.NewestEdition + ". Set `edition = \"" + f.Edition + "\"` to keep it, or `edition = \"" +
		f.NewestEdition + "\"` to move."
}

// machines lists roles with their machine types: "coderd (t3.large)".
func machines(f *sizing.Fleet, subjects []sizing.Role) string {
	list := make([]string, 0, len(subjects))
	for _, role := range subjects {
		if role == sizing.RoleDatabase {
			list = append(list, words.Name(role)+" ("+f.Database.SKU+")")
		} else if pool := poolOf(f, role); pool != nil {
			list = append(list, words.Name(role)+" ("+pool.MachineType+")")
		}
	}
	return words.And(list)
}

// machineArguments lists the arguments that choose the machine types of roles;
// proxies and the database have none.
func machineArguments(subjects []sizing.Role) string {
	list := make([]string, 0, len(subjects))
	for _, role := range subjects {
		if role != sizing.RoleDatabase && role != sizing.RoleWorkspaceProxy {
			list = append(list, "`machine_types."+string(role)+"`")
		}
	}
	return words.And(list)
}

// poolOf is a role's pool, nil where the fleet has none.
func poolOf(f *sizing.Fleet, role sizing.Role) *sizing.NodePool {
	switch role {
	case sizing.RoleCoderd:
		return &f.Coderd
	case sizing.RoleProvisioner:
		return &f.Provisioner
	case sizing.RoleWorkspace:
		return &f.Workspace
	case sizing.RoleWorkspaceProxy:
		return f.WorkspaceProxy
	case sizing.RoleDatabase:
	}
	return nil
}
