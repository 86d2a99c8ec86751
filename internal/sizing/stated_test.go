// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"testing"
)

// The vendor's own load test, packed as the page packs: 256 places of a row with
// head room for 250 workspaces are a node of the page's most.
func TestTheVendorsLoadTest(t *testing.T) {
	request := on("gcp", "2025-04", 250, func(r *Request) {
		r.MachineTypes = MachineTypes{Coderd: Known("c2d-standard-8"), Workspace: Known("c2d-standard-32")}
		r.MaxPodsPerNode = Count(256)
		r.WorkspaceRequest = WorkspaceRequest{Decimal("0.1"), Decimal("0.125"), Count(0)}
		r.CoderdReplicas, r.PodRequests.Coderd = Count(3), RolePodRequest{Count(4), Count(12)}
	})
	const want = "3 (3 to 3) x c2d-standard-8, 1 each, 3 pods | 2 (2 to 2) x t2d-standard-8, 30 each, 60 pods | 1 (1 to 1) x c2d-standard-32, 256 each, 250 pods | 1 x db-custom-2-7680, 512 GB"
	f := mustSize(t, request)
	if got := fleetLine(f); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if f.Coderd.Basis != BasisDerived || f.Coderd.PodRequest != (PodRequest{4000, 12_288}) || f.Workspace.SchedulablePodsPerNode != 251 || f.MaxPodsPerNode != 256 {
		t.Errorf("%+v\n%+v", f.Coderd, f.Workspace)
	}
	if got := warned(f); got != "pod_limit[workspace] below_published_memory[workspace]" {
		t.Errorf("warnings %s", got)
	}
}

// Machines of today are in the catalogue, with their GPUs.
func TestMachinesOfToday(t *testing.T) {
	for _, test := range []struct {
		cloud, machine string
		want           string
		gpus           int64
	}{
		{"aws", "g4dn.xlarge", "20 (1 to 20) x g4dn.xlarge, 1 each, 20 pods", 1},
		{"aws", "g6.xlarge", "20 (1 to 20) x g6.xlarge, 1 each, 20 pods", 1},
		{"azure", "Standard_NC4as_T4_v3", "20 (1 to 20) x Standard_NC4as_T4_v3, 1 each, 20 pods", 1},
		{"gcp", "g2-standard-4", "20 (1 to 20) x g2-standard-4, 1 each, 20 pods", 1},
	} {
		gpu := fixed(20, KindRequests{CPU: Count(3), MemoryGiB: Count(8), GPUs: Count(1)})
		gpu.MachineType = Known(test.machine)
		f := mustSize(t, on(test.cloud, "2026-01", 100, func(r *Request) {
			r.MachineTypes.Workspace = Known(test.machine)
			r.WorkspaceKinds = Known(map[string]WorkspaceKind{"gpu": gpu})
		}))
		if got := poolLine(f.WorkspacePools["gpu"]); got != test.want || f.WorkspacePools["gpu"].GPUs != test.gpus || f.Workspace.GPUs != test.gpus {
			t.Errorf("%s: %s, %d GPUs", test.machine, got, f.WorkspacePools["gpu"].GPUs)
		}
		if got := f.ResourceQuota["requests.nvidia.com/gpu"]; got != "20" {
			t.Errorf("%s: the quota has %s GPUs", test.machine, got)
		}
	}
}

// A type of next year, stated on each cloud, serves every role.
func TestATypeOfNextYear(t *testing.T) {
	for _, cloud := range []string{"gcp", "aws", "azure"} {
		f := mustSize(t, on(cloud, "2026-01", 1000, func(r *Request) {
			specs("next.2xlarge", spec(func(s *MachineSpec) { s.Architecture, s.Burstable = Known("arm64"), Known(true) }))(r)
			next := Known("next.2xlarge")
			kind := fixed(10, kindRequests("1", "4"))
			kind.MachineType = next
			r.MachineTypes, r.WorkspaceKinds = MachineTypes{next, next, next}, Known(map[string]WorkspaceKind{"next": kind})
		}))
		kind := f.WorkspacePools["next"]
		for name, p := range map[string]*NodePool{"coderd": &f.Coderd, "provisioner": &f.Provisioner, "workspace": &f.Workspace, "next": &kind} {
			if p.MachineType != "next.2xlarge" || p.VCPU != 8 || p.MemoryGiB != 32 || p.Basis != BasisDerived || p.Architecture != "arm64" || !p.Burstable || p.SchedulablePodsPerNode < 1 {
				t.Errorf("%s, %s: %+v", cloud, name, *p)
			}
		}
		if f.Workspace.PodsPerNode < 12 || f.Workspace.PodsPerNode > 14 {
			t.Errorf("%s: %s", cloud, poolLine(f.Workspace))
		}
	}
}

// What is stated of a type, and what it has where nothing is stated.
func TestStatedLimits(t *testing.T) {
	for name, test := range map[string]struct {
		cloud                string
		spec                 MachineSpec
		maxPods, maxVolumes  int64
		schedulableMemoryMiB int64
	}{
		"gcp":                  {"gcp", spec(nil), 110, 127, 27_949},
		"gcp, with limits":     {"gcp", spec(func(s *MachineSpec) { s.MaxPods, s.MaxVolumes = Count(32), Count(15) }), 32, 15, 27_949},
		"azure":                {"azure", spec(nil), 110, 16, 29_269},
		"azure, with limits":   {"azure", spec(func(s *MachineSpec) { s.MaxPods, s.MaxVolumes = Count(250), Count(0) }), 250, 0, 26_469},
		"no volumes at all":    {"gcp", spec(func(s *MachineSpec) { s.MaxVolumes = Count(0) }), 110, 0, 27_949},
		"memory by the MiB":    {"gcp", spec(func(s *MachineSpec) { s.MemoryGiB = Decimal("32.0004") }), 110, 127, 27_949},
		"memory rounded to it": {"gcp", spec(func(s *MachineSpec) { s.MemoryGiB = Decimal("31.9996") }), 110, 127, 27_949},
	} {
		f := mustSize(t, on(test.cloud, "2026-01", 100, func(r *Request) {
			specs("stated", test.spec)(r)
			r.MachineTypes.Workspace, r.WorkspaceRequest.Volumes = Known("stated"), Count(0)
		}))
		w := f.Workspace
		if w.MaxPodsPerNode != test.maxPods || w.MaxVolumesPerNode != test.maxVolumes || w.SchedulableMemoryMiB != test.schedulableMemoryMiB {
			t.Errorf("%s: %d pods, %d volumes, %d MiB", name, w.MaxPodsPerNode, w.MaxVolumesPerNode, w.SchedulableMemoryMiB)
		}
	}
}

// What is stated beats what is built in: for the row's own type too, which then
// is no longer the page's.
func TestStatedBeatsBuiltIn(t *testing.T) {
	f := mustSize(t, on("gcp", "2025-04", 1000, func(r *Request) {
		r.Packing = Known("schedulable")
		specs("t2d-standard-8", MachineSpec{VCPU: Count(8), MemoryGiB: Count(16)})(r)
	}))
	if f.Workspace.MemoryGiB != 32 || f.Workspace.Basis != BasisPublished {
		t.Errorf("a row of the page is the catalogue's: %+v", f.Workspace)
	}
	f = mustSize(t, on("gcp", "2025-04", 1000, func(r *Request) {
		r.Packing = Known("schedulable")
		specs("t2d-standard-8", MachineSpec{VCPU: Count(8), MemoryGiB: Count(16)})(r)
		r.MachineTypes.Workspace = Known("t2d-standard-8")
	}))
	if f.Workspace.MemoryGiB != 16 || f.Workspace.Basis != BasisDerived || f.Workspace.PodsPerNode != 6 {
		t.Errorf("a named type is the stated one: %+v", f.Workspace)
	}
	f = mustSize(t, on("gcp", "2025-04", 1000, func(r *Request) {
		specs("m5.2xlarge", spec(nil))(r)
		r.MachineTypes.Workspace = Known("m5.2xlarge")
	}))
	if f.Workspace.MachineType != "m5.2xlarge" {
		t.Errorf("another cloud's name may be stated: %+v", f.Workspace)
	}
}
