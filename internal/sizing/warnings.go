package sizing

import "github.com/refarch/terraform-provider-refarch/internal/cloud"

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
)

// WarningCodes lists every code in the order of an answer's warnings.
func WarningCodes() []WarningCode {
	return []WarningCode{
		WarnBeyondValidatedRange, WarnUnschedulablePacking, WarnBurstableMachine, WarnCapacityMismatch,
		WarnPodLimit, WarnVolumeLimit, WarnDatabaseReplicasRetracted, WarnStorageRoundedUp,
		WarnARM64Machine, WarnZonesRoundUp, WarnNewerEdition,
	}
}

// findWarnings collects what changes the answer, in the order of WarningCodes.
// byEdition is the most workspaces a node that the edition's own packing
// allows.
func findWarnings(f *Fleet, editionLeftOut bool, byEdition int64) []Warning {
	var found []Warning
	add := func(code WarningCode, when bool, subjects ...Role) {
		if when {
			found = append(found, Warning{Code: code, Subjects: subjects})
		}
	}
	addSubjects := func(code WarningCode, subjects []Role) { add(code, len(subjects) > 0, subjects...) }

	w, db := &f.Workspace, &f.Database
	fewerThan := func(limit Limit) bool { return w.LimitedBy == limit && w.SchedulablePodsPerNode < byEdition }

	add(WarnBeyondValidatedRange, !f.InValidatedRange)
	add(WarnUnschedulablePacking, w.Pods > w.NodeCount*w.SchedulablePodsPerNode)

	burstable := f.rolesWhere(func(p *NodePool) bool { return p.Burstable })
	mismatched := f.rolesWhere(func(p *NodePool) bool {
		return p.Basis == BasisPublished && differs(p.VCPU, p.MemoryMiB, p.Published.VCPU, p.Published.MemoryGB)
	})
	if db.Burstable {
		burstable = append(burstable, RoleDatabase)
	}
	if db.Basis == BasisPublished && differs(db.VCPU, db.MemoryMiB, db.Published.VCPU, db.Published.MemoryGB) {
		mismatched = append(mismatched, RoleDatabase)
	}
	addSubjects(WarnBurstableMachine, burstable)
	addSubjects(WarnCapacityMismatch, mismatched)

	add(WarnPodLimit, fewerThan(LimitPods) || w.PodsPerNode > w.MaxPodsPerNode)
	add(WarnVolumeLimit, fewerThan(LimitVolumes) || w.PodsPerNode*f.VolumesPerWorkspace > w.MaxVolumesPerNode)
	add(WarnDatabaseReplicasRetracted, db.NodeCount == 2)
	add(WarnStorageRoundedUp, db.StorageGB > db.WantedStorageGB)
	addSubjects(WarnARM64Machine, f.rolesWhere(func(p *NodePool) bool { return p.Architecture == cloud.ARM64 }))
	addSubjects(WarnZonesRoundUp, f.rolesWhere(func(p *NodePool) bool { return p.NodeCountPerZone*f.Zones > p.NodeCount }))
	add(WarnNewerEdition, editionLeftOut && f.Edition != f.NewestEdition)
	return found
}

// rolesWhere lists the roles with nodes whose pool is such.
func (f *Fleet) rolesWhere(such func(*NodePool) bool) []Role {
	var roles []Role
	for _, pool := range f.Pools() {
		if pool.NodeCount > 0 && such(pool.NodePool) {
			roles = append(roles, pool.Role)
		}
	}
	return roles
}

// differs reports that a machine is more than a sixteenth away from the page's
// words, which are round: 7.5 GiB still are "8 GB".
func differs(vcpu, mib, publishedVCPU, publishedGB int64) bool {
	away := func(actual, published int64) bool {
		return max(actual-published, published-actual)*16 > published
	}
	return away(vcpu, publishedVCPU) || away(mib, publishedGB*1024)
}
