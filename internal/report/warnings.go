// SPDX-License-Identifier: MPL-2.0

package report

import (
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// message is a warning in a sentence or two: what, with the figures, and which
// argument to set. It is one line; the summary wraps it.
func message(f *sizing.Fleet, code sizing.WarningCode, subjects []subject) string {
	switch code {
	case sizing.WarnBeyondValidatedRange:
		return beyondValidatedRange(f)
	case sizing.WarnUnschedulablePacking:
		return unschedulablePacking(&f.Workspace)
	case sizing.WarnBurstableMachine:
		return burstableMachine(subjects)
	case sizing.WarnCapacityMismatch:
		return capacityMismatch(subjects)
	case sizing.WarnPodLimit:
		return podLimit(poolsOf(subjects))
	case sizing.WarnVolumeLimit:
		return volumeLimit(poolsOf(subjects))
	case sizing.WarnDatabaseReplicasRetracted:
		return databaseReplicasRetracted(&f.Database)
	case sizing.WarnStorageRoundedUp:
		return storageRoundedUp(f)
	case sizing.WarnARM64Machine:
		return arm64Machine(subjects)
	case sizing.WarnZonesRoundUp:
		return zonesRoundUp(f.Zones, poolsOf(subjects))
	case sizing.WarnNewerEdition:
		return newerEdition(f)
	case sizing.WarnBelowPublishedMemory:
		return belowPublishedMemory(f, poolsOf(subjects))
	case sizing.WarnMemoryOvercommitted:
		return memoryOvercommitted(poolsOf(subjects))
	case sizing.WarnPoolNodeLimit:
		return poolNodeLimit(f, poolsOf(subjects))
	case sizing.WarnBelowReference:
		return belowReference(f)
	case sizing.WarnQuotaUnknown:
		return quotaUnknown(f, poolsOf(subjects))
	}
	return ""
}

func beyondValidatedRange(f *sizing.Fleet) string {
	load := "The load exceeds the limits"
	if f.Beyond != nil {
		load = "`" + f.Beyond.Quantity + "`"
		if f.Beyond.Quantity != "users" { // Terraform prints this warning, and their number may be a secret
			load += " of " + words.Count(f.Beyond.Value)
		}
		load += " exceeds " + words.Count(f.Beyond.Limit) + ", the limit"
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
	return words.Count(pending) + " of " + words.Counted(workspace.Pods, "workspace") + stay +
		" pending: Kubernetes places " + words.Count(workspace.SchedulablePodsPerNode) + " on each " +
		workspace.MachineType + " node, not " + words.Count(workspace.PodsPerNode) + ", since " +
		usedUp(workspace.LimitedBy) + " first. Set `packing = \"schedulable\"` for as many nodes as they need."
}

// usedUp says what a node runs out of.
func usedUp(limit sizing.Limit) string {
	switch limit {
	case sizing.LimitMemory:
		return "its memory is used up"
	case sizing.LimitCPU:
		return "its CPU is used up"
	case sizing.LimitPods:
		return "its pod limit is reached"
	case sizing.LimitVolumes:
		return "its disk limit is reached"
	case sizing.LimitGPUs:
		return "its GPUs are taken"
	}
	return ""
}

func burstableMachine(subjects []subject) string {
	var remedies []string
	if arguments := machineArguments(subjects); arguments != "" {
		remedies = append(remedies, "set "+arguments+" to other types")
	}
	for _, s := range subjects {
		if s.pool == nil {
			remedies = append(remedies, "choose an `edition` with another database")
		}
	}
	return "Burstable machines: " + machines(subjects) + ". Under steady load they use up their CPU credits and" +
		" slow down. For production " + words.And(remedies) + "."
}

func capacityMismatch(subjects []subject) string {
	differences := make([]string, 0, len(subjects))
	for _, s := range subjects {
		differences = append(differences, s.name+" is published with "+words.Count(s.published.vcpu)+" vCPU and "+
			words.Count(s.published.memoryGB)+" GB, but "+s.machineType+" has "+words.Count(s.vcpu)+" vCPU and "+
			words.GiB(s.memoryMiB))
	}
	remedy := "."
	if arguments := machineArguments(subjects); arguments != "" {
		remedy = "; set " + arguments + " where you want the capacity."
	}
	return "The published capacity is not that of the machine type beside it: " + strings.Join(differences, "; ") +
		". The published type is kept" + remedy
}

func databaseReplicasRetracted(database *sizing.Database) string {
	return "The page lists " + words.Counted(database.NodeCount, "database node") + ", but its advice to add replicas" +
		" was retracted (coder/coder#21077): Coder takes one connection URL. Read them as a primary and its standby," +
		" and wire `database.high_availability`, not a read replica."
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

func arm64Machine(subjects []subject) string {
	return "Nodes on arm64: " + machines(subjects) + ". The node image and every container image that runs there" +
		" must be built for arm64; for amd64 set " + machineArguments(subjects) + " to another type."
}

func zonesRoundUp(zones int64, subjects []subject) string {
	pools := each(subjects, func(s subject) string {
		return s.name + " " + words.Count(s.pool.NodeCountPerZone*zones) + " for " + words.Count(s.pool.NodeCount)
	})
	return "The same number of nodes in each of " + words.Counted(zones, "zone") + " makes more than `node_count`: " +
		pools + ". `totals` does not count the extra nodes; set fewer `zones` to avoid them where counts are per zone."
}

func newerEdition(f *sizing.Fleet) string {
	return "`edition` is left out and stays " + f.Edition + " until the next major version of this provider; the" +
		" newest is " + f.NewestEdition + ". Set `edition = \"" + f.Edition + "\"` to keep it, or `edition = \"" +
		f.NewestEdition + "\"` to move."
}
