// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// WarningCode is what a warning is about, a name that never changes.
type WarningCode string

// The codes of warnings, in the order in which an answer lists them.
const (
	WarnBeyondValidatedRange      WarningCode = "beyond_validated_range"
	WarnUnschedulablePacking      WarningCode = "unschedulable_packing"
	WarnBurstableMachine          WarningCode = "burstable_machine"
	WarnCapacityMismatch          WarningCode = "capacity_mismatch"
	WarnPodLimit                  WarningCode = "pod_limit"
	WarnVolumeLimit               WarningCode = "volume_limit"
	WarnDatabaseReplicasRetracted WarningCode = "database_replicas_retracted"
	WarnStorageRoundedUp          WarningCode = "storage_rounded_up"
	WarnARM64Machine              WarningCode = "arm64_machine"
	WarnZonesRoundUp              WarningCode = "zones_round_up"
	WarnNewerEdition              WarningCode = "newer_edition"
	WarnBelowPublishedMemory      WarningCode = "below_published_memory"
	WarnMemoryOvercommitted       WarningCode = "memory_overcommitted"
	WarnPoolNodeLimit             WarningCode = "pool_node_limit"
	WarnBelowReference            WarningCode = "below_reference"
	WarnQuotaUnknown              WarningCode = "quota_unknown"
)

// WarningCodes lists every code in the order of an answer's warnings.
func WarningCodes() []WarningCode {
	return []WarningCode{
		WarnBeyondValidatedRange, WarnUnschedulablePacking, WarnBurstableMachine, WarnCapacityMismatch,
		WarnPodLimit, WarnVolumeLimit, WarnDatabaseReplicasRetracted, WarnStorageRoundedUp,
		WarnARM64Machine, WarnZonesRoundUp, WarnNewerEdition, WarnBelowPublishedMemory, WarnMemoryOvercommitted,
		WarnPoolNodeLimit, WarnBelowReference, WarnQuotaUnknown,
	}
}

// findWarnings collects what changes the answer, in the order of WarningCodes.
func findWarnings(f *Fleet, pools []Pool, s *settled, unknownQuotas []Subject) []Warning {
	w, db, byEdition := &f.Workspace, &f.Database, publishedDensity(s)
	found := make([]Warning, 0, 4)
	addIf := func(when bool, code WarningCode) {
		if when {
			found = append(found, Warning{Code: code})
		}
	}
	// Where a warning is about pools it is about those with nodes.
	add := func(code WarningCode, such func(Pool) bool, others ...Subject) {
		var subjects []Subject
		for _, pool := range pools {
			if pool.NodeCount > 0 && such(pool) {
				subjects = append(subjects, pool.Subject)
			}
		}
		if subjects = append(subjects, others...); len(subjects) > 0 {
			found = append(found, Warning{code, subjects})
		}
	}
	databaseIf := func(such bool) []Subject {
		if such {
			return []Subject{{Role: RoleDatabase}}
		}
		return nil
	}
	// No page counts the kinds: what ends one of them ends it.
	endedBy := func(limit Limit, exceeded func(Pool) bool) func(Pool) bool {
		return func(p Pool) bool {
			ends := p.Role == RoleWorkspace && p.LimitedBy == limit
			if p.Kind != "" || p.Role != RoleWorkspace {
				return ends
			}
			return ends && p.SchedulablePodsPerNode < byEdition || exceeded(p)
		}
	}

	addIf(!f.InValidatedRange, WarnBeyondValidatedRange)
	addIf(w.Pods > times(w.NodeCount, w.SchedulablePodsPerNode), WarnUnschedulablePacking)
	add(WarnBurstableMachine, func(p Pool) bool { return p.Burstable }, databaseIf(db.Burstable)...)
	add(WarnCapacityMismatch, func(p Pool) bool {
		return p.Basis == BasisPublished && differs(p.VCPU, p.MemoryMiB, p.Published.VCPU, p.Published.MemoryGB)
	}, databaseIf(db.Basis == BasisPublished && differs(db.VCPU, db.MemoryMiB, db.Published.VCPU, db.Published.MemoryGB))...)
	add(WarnPodLimit, endedBy(LimitPods, func(p Pool) bool { return p.PodsPerNode > p.MaxPodsPerNode }))
	add(WarnVolumeLimit, endedBy(LimitVolumes, func(p Pool) bool { return times(p.PodsPerNode, p.PodVolumes) > p.MaxVolumesPerNode }))
	addIf(db.NodeCount == 2, WarnDatabaseReplicasRetracted)
	addIf(db.StorageGB > db.WantedStorageGB, WarnStorageRoundedUp)
	add(WarnARM64Machine, func(p Pool) bool { return p.Architecture == cloud.ARM64 })
	add(WarnZonesRoundUp, func(p Pool) bool { return p.NodeCountPerZone*f.Zones > p.NodeCount })
	addIf(s.asked.given.Edition.IsLeftOut() && f.Edition != f.NewestEdition, WarnNewerEdition)
	add(WarnBelowPublishedMemory, func(p Pool) bool { return p.Role == RoleWorkspace && p.PodRequest.MemoryMiB < f.PublishedWorkspaceMiB })
	add(WarnMemoryOvercommitted, func(p Pool) bool {
		return p.Role == RoleWorkspace && p.Overcommit.Memory != nil && *p.Overcommit.Memory > 1
	})
	if largest := poolsBeyond(pools, f.PoolNodeLimit); len(largest) > 0 || f.BeyondAddresses {
		found = append(found, Warning{WarnPoolNodeLimit, largest})
	}
	addIf(len(f.BelowReference) > 0, WarnBelowReference)
	if len(unknownQuotas) > 0 {
		found = append(found, Warning{WarnQuotaUnknown, unknownQuotas})
	}
	return found
}

// poolsBeyond lists the pools, also those that run nothing now, with more nodes
// in a zone at their largest than the cloud takes in one pool.
func poolsBeyond(pools []Pool, limit int64) []Subject {
	var subjects []Subject
	for _, pool := range pools {
		if pool.MaxNodeCountPerZone > limit {
			subjects = append(subjects, pool.Subject)
		}
	}
	return subjects
}

// belowReference lists what the request sets below the edition's figures.
func belowReference(s *settled) []Shortfall {
	given := s.asked.given
	var found []Shortfall
	add := func(argument any, used Arg[int64], published int64, unit Unit) {
		if n, ok := used.Get(); ok && n < published {
			found = append(found, Shortfall{newFindings(given).name(argument), n, published, unit})
		}
	}
	coderd := s.load.tier.Coderd
	if coderd.Nodes != nil {
		add(&given.CoderdReplicas, s.asked.coderdReplicas, coderd.Nodes.Min, UnitPods)
	} else {
		add(&given.CoderdReplicas, s.asked.coderdReplicas, *coderd.Pods, UnitPods)
	}
	pod := func(argument *RolePodRequest, own askedPod, row reference.Pool) {
		if row.PodRequest != nil {
			add(&argument.CPU, own.millicores, row.PodRequest.CPUMillicores, UnitMillicores)
			add(&argument.MemoryGiB, own.mib, row.PodRequest.MemoryMiB, UnitMiB)
		}
	}
	pod(&given.PodRequests.Coderd, s.asked.podRequests.coderd, coderd)
	if !s.asked.colocate.value {
		pod(&given.PodRequests.Provisioner, s.asked.podRequests.provisioner, s.load.tier.Provisioner)
	}
	return found
}

// differs reports that a machine is more than a sixteenth away from the page's
// words, which are round: 7.5 GiB still are "8 GB".
func differs(vcpu, mib, publishedVCPU, publishedGB int64) bool {
	away := func(actual, published int64) bool {
		return max(actual-published, published-actual)*16 > published
	}
	return away(vcpu, publishedVCPU) || away(mib, publishedGB*1024)
}
