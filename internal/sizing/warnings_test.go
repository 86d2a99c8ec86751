// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
)

// warned lists an answer's warnings with what they are about: roles, and kinds
// by their names.
func warned(f *Fleet) string {
	var all []string
	for _, w := range f.Warnings {
		text := string(w.Code)
		if len(w.Subjects) > 0 {
			names := make([]string, len(w.Subjects))
			for i, subject := range w.Subjects {
				names[i] = cmp.Or(subject.Kind, string(subject.Role))
			}
			text += fmt.Sprint(names)
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func TestWarnings(t *testing.T) {
	schedulable := func(r *Request) { r.Packing = Known("schedulable") }
	volumes := func(n int64) func(*Request) { return workspaceRequest(WorkspaceRequest{Volumes: Count(n)}) }
	for name, test := range map[string]struct {
		request Request
		want    string
	}{
		"the default edition": {
			Request{Users: Count(1000), Cloud: Known("gcp")}, "unschedulable_packing newer_edition",
		},
		"a pinned edition": {
			on("gcp", "2024-03", 1000, nil), "unschedulable_packing",
		},
		"schedulable": {
			on("gcp", "2024-03", 1000, schedulable), "",
		},
		"few users on published packing": { // 4 nodes of 13 take 50
			on("gcp", "2024-03", 50, nil), "",
		},
		"burstable everywhere": {
			on("aws", "2024-03", 1000, schedulable), "burstable_machine[coderd provisioner workspace database]",
		},
		"coderd of the 3k tier is published larger than its machine": {
			on("gcp", "2024-03", 3000, schedulable), "capacity_mismatch[coderd] database_replicas_retracted",
		},
		"the 3k tier on azure, with two database nodes and storage that is not sold": {
			on("azure", "2025-04", 3000, schedulable), "capacity_mismatch[coderd] database_replicas_retracted storage_rounded_up",
		},
		"provisioners are published with twice the memory of c5.2xlarge": {
			on("aws", "2025-04", 1000, schedulable), "capacity_mismatch[provisioner]",
		},
		"coderd and provisioners, both published larger than their machines": {
			on("aws", "2025-04", 2001, schedulable), "capacity_mismatch[coderd provisioner] database_replicas_retracted",
		},
		"no nodes, no mismatch": {
			on("aws", "2025-04", 50, func(r *Request) { r.ColocateProvisioners, r.Packing = Known(true), Known("schedulable") }), "",
		},
		"a derived type does not mismatch": {
			on("gcp", "2024-03", 3000, func(r *Request) {
				schedulable(r)
				r.MachineTypes = MachineTypes{Coderd: Known("n2-standard-4")}
			}), "database_replicas_retracted",
		},
		"the page's type given by hand": {
			on("gcp", "2024-03", 3000, func(r *Request) {
				schedulable(r)
				r.MachineTypes = MachineTypes{Coderd: Known("n1-standard-4")}
			}), "capacity_mismatch[coderd] database_replicas_retracted",
		},
		"pods end first": {
			on("gcp", "2024-03", 1000, func(r *Request) { r.MaxPodsPerNode, r.Packing = Count(17), Known("schedulable") }), "pod_limit[workspace]",
		},
		"as many pods as the limit has, and memory ends first": {
			on("gcp", "2024-03", 50, func(r *Request) {
				r.MaxPodsPerNode = Count(16)
				r.WorkspaceNodeAllocatable = MeasuredAllocatable{MemoryMiB: Count(16_000)}
			}), "unschedulable_packing",
		},
		"the pod limit leaves as many as the edition counts": { // 17 less the node's own 5, and memory would do for 13
			on("gcp", "2024-03", 3000, func(r *Request) { r.MaxPodsPerNode = Count(17) }), "capacity_mismatch[coderd] database_replicas_retracted",
		},
		"as many disks as workspaces": { // 16
			on("azure", "2024-03", 1000, nil), "unschedulable_packing",
		},
		"density above the pod limit": { // memory ends first at 13, 14 pods are left, 16 are counted
			on("gcp", "2024-03", 50, func(r *Request) { r.MaxPodsPerNode = Count(15); r.NodeOverhead = NodeOverhead{Pods: Count(1)} }), "pod_limit[workspace]",
		},
		"pods end where they bound nothing": { // 4 nodes would carry 12 GiB workspaces by memory alone: density is 2
			on("gcp", "2024-03", 50, func(r *Request) {
				r.WorkspaceRequest = WorkspaceRequest{MemoryGiB: Count(12)}
				r.MaxPodsPerNode = Count(9)
			}), "",
		},
		"pods end first in 2026-01": {
			on("gcp", "2026-01", 100, func(r *Request) { r.MaxPodsPerNode = Count(15) }), "pod_limit[workspace]",
		},
		"volumes end first": {
			on("aws", "2024-03", 250, func(r *Request) { volumes(3)(r); schedulable(r) }), "burstable_machine[coderd provisioner workspace database] volume_limit[workspace]",
		},
		"density above the disks": { // memory ends at 14 a node, 16 x 1 disks fit 24; with 2 disks volumes end at 12
			on("aws", "2025-04", 10, volumes(2)), "capacity_mismatch[provisioner] volume_limit[workspace]",
		},
		"no disks": {
			on("aws", "2025-04", 10, volumes(0)), "capacity_mismatch[provisioner]",
		},
		"volumes end first in 2026-01": {
			on("gcp", "2026-01", 100, volumes(2)), "volume_limit[workspace]",
		},
		"arm64 by choice": {
			on("aws", "2026-01", 100, machineTypes(MachineTypes{Workspace: Known("m8g.2xlarge")})), "arm64_machine[workspace]",
		},
		"an arm64 database is no node pool": {on("aws", "2026-01", 100, nil), ""},
		"zones": {
			on("gcp", "2026-01", 100, func(r *Request) { r.Zones = Count(2) }), "zones_round_up[coderd provisioner workspace]",
		},
		"zones of nodes that divide": {
			on("gcp", "2026-01", 100, func(r *Request) { r.Zones = Count(3) }), "zones_round_up[workspace]",
		},
		"zones of proxies": {
			on("gcp", "2026-01", 2000, func(r *Request) {
				r.Zones, r.ProxyRegions, r.ConcurrentBuilds, r.ConcurrentWorkspaces = Count(2), Count(1), Count(14), Count(26)
			}),
			"zones_round_up[coderd workspace_proxy]",
		},
		"storage in steps": { // 5120 GB for 10,000 users
			on("azure", "2026-01", 10_000, nil), "storage_rounded_up",
		},
		"extrapolated": {
			on("gcp", "2026-01", 10_001, func(r *Request) { r.BeyondRange = Known("extrapolate") }), "beyond_validated_range",
		},
		"within the range": {
			on("gcp", "2026-01", 10_000, func(r *Request) { r.BeyondRange = Known("extrapolate") }), "",
		},
		"an extrapolated database is derived": {
			on("gcp", "2025-04", 4000, func(r *Request) { r.BeyondRange, r.Packing = Known("extrapolate"), Known("schedulable") }),
			"beyond_validated_range capacity_mismatch[coderd] database_replicas_retracted",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := warned(mustSize(t, test.request)); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}

// Beyond the range a later edition is named where its largest tier covers the
// load, and only there.
func TestCoveringEdition(t *testing.T) {
	extrapolate := func(r *Request) { r.BeyondRange = Known("extrapolate") }
	for want, requests := range map[string][]Request{
		"2026-01": {on("gcp", "2024-03", 4000, extrapolate), on("azure", "2025-04", 10_000, extrapolate)},
		"": {
			on("gcp", "2024-03", 3000, extrapolate), on("gcp", "2024-03", 10_001, extrapolate), on("gcp", "2026-01", 10_001, extrapolate),
			on("gcp", "2024-03", 10, func(r *Request) { extrapolate(r); r.APIRPS = Count(600) }),
		},
	} {
		for _, request := range requests {
			if got := mustSize(t, request).CoveringEdition; got != want {
				t.Errorf("%v: got %q, want %q", request.Users, got, want)
			}
		}
	}
}

// The pages' contradictions that touch an answer and are not warnings: what the
// answer says instead.
func TestContradictions(t *testing.T) {
	t.Run("3: round words are kept as published", func(t *testing.T) {
		f := mustSize(t, on("gcp", "2024-03", 1000, nil))
		if f.Coderd.MemoryGiB != 7.5 || f.Coderd.Published.MemoryGB != 8 || f.Database.MemoryGiB != 7.5 || f.Database.Published.MemoryGB != 8 {
			t.Errorf("%+v %+v", f.Coderd, f.Database)
		}
	})
	t.Run("4: at most 256 workspaces a node, whatever its size", func(t *testing.T) {
		f := mustSize(t, on("aws", "2025-04", 1000, machineTypes(MachineTypes{Workspace: Known("m5.24xlarge")})))
		if f.Workspace.PodsPerNode != 192 {
			t.Errorf("m5.24xlarge: %d each", f.Workspace.PodsPerNode)
		}
		f = mustSize(t, on("aws", "2025-04", 1000, machineTypes(MachineTypes{Workspace: Known("r5.24xlarge")})))
		if f.Workspace.PodsPerNode != 256 || warned(f) != "unschedulable_packing capacity_mismatch[provisioner] pod_limit[workspace] volume_limit[workspace]" {
			t.Errorf("r5.24xlarge: %d each, %s", f.Workspace.PodsPerNode, warned(f))
		}
	})
	t.Run("5: what Kubernetes places of 16", func(t *testing.T) {
		for cloud, want := range map[string]int64{"gcp": 13, "aws": 14, "azure": 14} {
			if got := mustSize(t, on(cloud, "2024-03", 1000, nil)).Workspace; got.SchedulablePodsPerNode != want || got.PodsPerNode != 16 {
				t.Errorf("%s: %d of %d", cloud, got.SchedulablePodsPerNode, got.PodsPerNode)
			}
		}
	})
	t.Run("6: the retracted replicas stand, as a primary and its standby", func(t *testing.T) {
		f := mustSize(t, on("gcp", "2024-03", 3000, nil))
		if f.Database.NodeCount != 2 || !f.Database.HighAvailability {
			t.Errorf("%+v", f.Database)
		}
	})
	t.Run("9 and 10: coderd fits no published size of node", func(t *testing.T) {
		for _, cloud := range []string{"gcp", "aws", "azure"} {
			small, large := mustSize(t, on(cloud, "2026-01", 1000, nil)).Coderd, mustSize(t, on(cloud, "2026-01", 2000, nil)).Coderd
			if small.VCPU != 4 || large.VCPU != 8 || small.SchedulablePodsPerNode < 1 || large.SchedulablePodsPerNode < 1 {
				t.Errorf("%s: %+v %+v", cloud, small, large)
			}
		}
	})
	t.Run("11: 60 provisioners are 9 nodes, not 2", func(t *testing.T) {
		for _, cloud := range []string{"gcp", "aws", "azure"} {
			now, then := mustSize(t, on(cloud, "2026-01", 1000, nil)).Provisioner, mustSize(t, on(cloud, "2024-03", 1000, nil)).Provisioner
			if now.NodeCount != 9 || now.PodsPerNode != 7 || then.NodeCount != 2 {
				t.Errorf("%s: %+v %+v", cloud, now, then)
			}
		}
	})
	t.Run("12: a note says that the overview disagrees", func(t *testing.T) {
		notes := mustSize(t, on("gcp", "2026-01", 1000, nil)).Tier.Notes
		if last := notes[len(notes)-1]; !strings.Contains(last, "2 vCPU below 1,000 users") {
			t.Errorf("the last note is %q", last)
		}
	})
	t.Run("14: 0.6 workspaces a user against one", func(t *testing.T) {
		now, then := mustSize(t, on("gcp", "2026-01", 1001, nil)), mustSize(t, on("gcp", "2024-03", 1001, nil))
		if now.ConcurrentWorkspaces != 601 || then.ConcurrentWorkspaces != 1001 {
			t.Errorf("%d %d", now.ConcurrentWorkspaces, then.ConcurrentWorkspaces)
		}
	})
}
