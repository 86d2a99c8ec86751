// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
)

// kinds sets kinds of workspaces, by name.
func kinds(of map[string]WorkspaceKind) func(*Request) {
	return func(r *Request) { r.WorkspaceKinds = Known(of) }
}

func kindRequests(vcpu, gib string) KindRequests {
	return KindRequests{CPU: Decimal(vcpu), MemoryGiB: Decimal(gib)}
}

// fixed is a kind of which so many run.
func fixed(n int64, requests KindRequests) WorkspaceKind {
	return WorkspaceKind{Workspaces: Count(n), Requests: requests}
}

// share is a kind that so many percent of the rest are.
func share(percent string, requests KindRequests) WorkspaceKind {
	return WorkspaceKind{Percent: Decimal(percent), Requests: requests}
}

// threeKinds are 1,000 users by the edition 2025-04: small workspaces, a fifth
// of large ones, and 20 with a GPU, packed as Kubernetes places them.
func threeKinds() Request {
	large, gpu := share("20", kindRequests("2", "8")), fixed(20, kindRequests("3", "12"))
	large.Limits, large.MachineType = WorkspaceLimits{Count(8), Count(16)}, Known("n2-standard-16")
	gpu.Requests.GPUs, gpu.MachineType = Count(1), Known("g2-standard-4")
	return on("gcp", "2025-04", 1000, func(r *Request) {
		r.Packing, r.Zones = Known("schedulable"), Count(3)
		r.WorkspaceLimits = WorkspaceLimits{Count(2), Count(4)}
		r.WorkspaceKinds = Known(map[string]WorkspaceKind{"large": large, "gpu": gpu})
	})
}

// 20 of 1,000 are fixed, of the other 980 a fifth, 196, is large, and 784 stay.
// The page has 1,024 places for 1,000 workspaces: 803 for 784, which are 62
// nodes of 13. No page counts the kinds: 196 are 28 nodes of 7, 20 are 20 of 1.
func TestThreeKinds(t *testing.T) {
	f := mustSize(t, threeKinds())
	for _, test := range []struct {
		name, pool, perZone, overcommit string
		pod                             PodRequest
		limits                          string
		limit                           Limit
		basis                           Basis
	}{
		{"workspace", "62 (3 to 62) x t2d-standard-8, 13 each, 784 pods", "21 (1 to 21)", "3.39 1.91", PodRequest{500, 2048}, "2000 4096", LimitMemory, BasisPublished},
		{"large", "28 (3 to 28) x n2-standard-16, 7 each, 196 pods", "10 (1 to 10)", "3.58 1.97", PodRequest{2000, 8192}, "8000 16384", LimitMemory, BasisDerived},
		{"gpu", "20 (3 to 20) x g2-standard-4, 1 each, 20 pods", "7 (1 to 7)", "- -", PodRequest{3000, 12288}, "- -", LimitMemory, BasisDerived},
	} {
		p := poolNamed(f, test.name)
		if got := poolLine(p); got != test.pool {
			t.Errorf("%s: got %s, want %s", test.name, got, test.pool)
		}
		if got := fmt.Sprintf("%d (%d to %d)", p.NodeCountPerZone, p.MinNodeCountPerZone, p.MaxNodeCountPerZone); got != test.perZone {
			t.Errorf("%s: %s a zone, want %s", test.name, got, test.perZone)
		}
		if got := orDash(p.Overcommit.CPU) + " " + orDash(p.Overcommit.Memory); got != test.overcommit {
			t.Errorf("%s: overcommit %s, want %s", test.name, got, test.overcommit)
		}
		if got := orDash(p.PodLimits.CPUMillicores) + " " + orDash(p.PodLimits.MemoryMiB); got != test.limits {
			t.Errorf("%s: limits %s, want %s", test.name, got, test.limits)
		}
		if p.PodRequest != test.pod || p.LimitedBy != test.limit || p.Basis != test.basis || (p.Published == nil) != (test.basis == BasisDerived) {
			t.Errorf("%s: %+v", test.name, p)
		}
	}
	if got := slices.Sorted(maps.Keys(f.WorkspacePools)); !slices.Equal(got, []string{"gpu", "large"}) {
		t.Errorf("the kinds are %v", got)
	}
	// 1 + 2 + 62 + 28 + 20 nodes; at most, with whole zones, 3 + 3 + 63 + 30 + 21.
	if want := (Totals{NodeCount: 113, VCPU: 1042, MemoryGiB: 4167.5, MemoryMiB: 4167*1024 + 512}); f.Totals != want {
		t.Errorf("totals %+v, want %+v", f.Totals, want)
	}
	if want := (Totals{NodeCount: 120, VCPU: 1098, MemoryGiB: 4390.5, MemoryMiB: 4390*1024 + 512}); f.Peak != want {
		t.Errorf("peak %+v, want %+v", f.Peak, want)
	}
	// 392000m + 392000m + 60000m, and 1605632Mi + 1605632Mi + 245760Mi. The kind
	// gpu has no limit: a quota with one would refuse it.
	quota := map[string]string{"requests.cpu": "844000m", "requests.memory": "3457024Mi", "pods": "1000", "requests.nvidia.com/gpu": "20"}
	if !maps.Equal(f.ResourceQuota, quota) {
		t.Errorf("quota %v, want %v", f.ResourceQuota, quota)
	}
	if got := warned(f); got != "zones_round_up[coderd provisioner workspace gpu large] memory_overcommitted[workspace large]" {
		t.Errorf("warnings %s", got)
	}
}

// What a node has for workspaces, beside what GKE keeps and runs.
func TestRoomOfThreeKinds(t *testing.T) {
	f := mustSize(t, threeKinds())
	for name, want := range map[string]NodePool{
		// 8,000m less 90m and 241m; 32,768 MiB less 674, 3,706 and 439.
		"workspace": {SchedulableCPUMillicores: 7669, SchedulableMemoryMiB: 27_949, GPUs: 0, SchedulablePodsPerNode: 13},
		// 16,000m less 110m and 241m; 65,536 MiB less 1,243, 5,672 and 439.
		"large": {SchedulableCPUMillicores: 15_649, SchedulableMemoryMiB: 58_182, GPUs: 0, SchedulablePodsPerNode: 7},
		// 4,000m less 80m and 241m; 16,384 MiB less 389, 2,723 and 439.
		"gpu": {SchedulableCPUMillicores: 3679, SchedulableMemoryMiB: 12_833, GPUs: 1, SchedulablePodsPerNode: 1},
	} {
		p := poolNamed(f, name)
		got := NodePool{SchedulableCPUMillicores: p.SchedulableCPUMillicores, SchedulableMemoryMiB: p.SchedulableMemoryMiB, GPUs: p.GPUs, SchedulablePodsPerNode: p.SchedulablePodsPerNode}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %d millicores, %d MiB, %d GPUs, %d pods", name, got.SchedulableCPUMillicores, got.SchedulableMemoryMiB, got.GPUs, got.SchedulablePodsPerNode)
		}
	}
}

// poolNamed is the pool workspace, or that of a kind.
func poolNamed(f *Fleet, name string) NodePool {
	if name == string(RoleWorkspace) {
		return f.Workspace
	}
	return f.WorkspacePools[name]
}

func orDash[T any](figure *T) string {
	if figure == nil {
		return "-"
	}
	return fmt.Sprint(*figure)
}

func TestKindsWorked(t *testing.T) {
	half := share("50", kindRequests("0.5", "2"))
	for name, test := range map[string]struct {
		request Request
		want    map[string]string // of the pool workspace and of each kind
	}{
		"everybody is of a kind: a pool that runs nothing describes its machine": {
			on("gcp", "2026-01", 1000, kinds(map[string]WorkspaceKind{"all": share("100", kindRequests("0.5", "2"))})),
			map[string]string{
				"workspace": "0 (0 to 0) x n4-standard-8, 13 each, 0 pods",
				"all":       "47 (1 to 77) x n4-standard-8, 13 each, 600 pods",
			},
		},
		"a kind that nobody runs": {
			on("gcp", "2024-03", 1000, kinds(map[string]WorkspaceKind{"course": fixed(0, kindRequests("1", "4"))})),
			map[string]string{
				"workspace": "64 (1 to 64) x t2d-standard-8, 16 each, 1000 pods",
				"course":    "0 (0 to 0) x t2d-standard-8, 6 each, 0 pods",
			},
		},
		"all that run are fixed, and the rest come with everybody": { // at most 1,000 less 600
			on("gcp", "2026-01", 1000, kinds(map[string]WorkspaceKind{"fixed": fixed(600, kindRequests("0.5", "2")), "half": half})),
			map[string]string{
				"workspace": "0 (0 to 16) x n4-standard-8, 13 each, 0 pods", // 200 of 13
				"fixed":     "47 (1 to 47) x n4-standard-8, 13 each, 600 pods",
				"half":      "0 (0 to 16) x n4-standard-8, 13 each, 0 pods",
			},
		},
		"thirds": { // 33.333 percent of 1,000 are 333.33: 334 of each, and nobody is left
			on("gcp", "2024-03", 1000, kinds(map[string]WorkspaceKind{
				"a": share("33.333", kindRequests("0.5", "2")), "b": share("33.333", kindRequests("0.5", "2")), "c": share("33.333", kindRequests("0.5", "2")),
			})),
			map[string]string{
				"workspace": "0 (0 to 0) x t2d-standard-8, 16 each, 0 pods",
				"a":         "26 (1 to 26) x t2d-standard-8, 13 each, 334 pods",
				"b":         "26 (1 to 26) x t2d-standard-8, 13 each, 334 pods",
				"c":         "26 (1 to 26) x t2d-standard-8, 13 each, 334 pods",
			},
		},
		"a share a little further from 100 leaves somebody": { // 99.998 percent: 0.02 of 1,000 is one
			on("gcp", "2024-03", 1000, kinds(map[string]WorkspaceKind{"a": share("99.998", kindRequests("0.5", "2"))})),
			map[string]string{
				"workspace": "1 (1 to 1) x t2d-standard-8, 16 each, 1 pods",
				"a":         "77 (1 to 77) x t2d-standard-8, 13 each, 1000 pods",
			},
		},
		"a share in millionths": { // 0.100001 percent of 1,000 is more than one; 0.1000004 is 0.1
			on("gcp", "2024-03", 1000, kinds(map[string]WorkspaceKind{
				"a": share("0.100001", kindRequests("0.5", "2")), "b": share("0.1000004", kindRequests("0.5", "2")),
			})),
			map[string]string{
				"workspace": "64 (1 to 64) x t2d-standard-8, 16 each, 998 pods",
				"a":         "1 (1 to 1) x t2d-standard-8, 13 each, 2 pods",
				"b":         "1 (1 to 1) x t2d-standard-8, 13 each, 1 pods",
			},
		},
		"a kind on the named machine, another on its own": {
			on("aws", "2026-01", 100, func(r *Request) {
				own := share("50", kindRequests("1", "4"))
				own.MachineType = Known("r7i.2xlarge")
				r.MachineTypes.Workspace = Known("m7i.4xlarge")
				r.WorkspaceKinds = Known(map[string]WorkspaceKind{"named": share("50", kindRequests("1", "4")), "own": own})
			}),
			map[string]string{
				"workspace": "0 (0 to 0) x m7i.4xlarge, 29 each, 0 pods",
				"named":     "3 (1 to 4) x m7i.4xlarge, 14 each, 30 pods",
				"own":       "5 (1 to 8) x r7i.2xlarge, 7 each, 30 pods",
			},
		},
		"a kind that takes a larger machine of the family": { // 12 of 16 GiB are more than n4-standard-8 has of 32
			on("gcp", "2026-01", 100, kinds(map[string]WorkspaceKind{"huge": fixed(12, kindRequests("8", "16"))})),
			map[string]string{
				"workspace": "4 (1 to 7) x n4-standard-8, 13 each, 48 pods",
				"huge":      "12 (1 to 12) x n4-standard-16, 1 each, 12 pods",
			},
		},
		"a measured node": { // 31,000 less 439 MiB of daemons are 14 of 2 GiB
			on("gcp", "2024-03", 100, func(r *Request) {
				measured := fixed(28, kindRequests("0.5", "2"))
				measured.NodeAllocatable.MemoryMiB = Count(31_000)
				r.WorkspaceKinds = Known(map[string]WorkspaceKind{"measured": measured})
			}),
			map[string]string{
				"workspace": "5 (1 to 5) x t2d-standard-8, 16 each, 72 pods",
				"measured":  "2 (1 to 2) x t2d-standard-8, 14 each, 28 pods",
			},
		},
		"four GPUs of a machine are two pods of two": {
			on("aws", "2026-01", 100, func(r *Request) {
				pair := fixed(5, kindRequests("4", "16"))
				pair.Requests.GPUs, pair.MachineType = Count(2), Known("g4dn.12xlarge")
				r.WorkspaceKinds = Known(map[string]WorkspaceKind{"pair": pair})
			}),
			map[string]string{
				"workspace": "4 (1 to 7) x m8i.2xlarge, 14 each, 55 pods",
				"pair":      "3 (1 to 3) x g4dn.12xlarge, 2 each, 5 pods",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := mustSize(t, test.request)
			got := map[string]string{"workspace": poolLine(f.Workspace)}
			for kind, pool := range f.WorkspacePools {
				got[kind] = poolLine(pool)
			}
			if !maps.Equal(got, test.want) {
				t.Errorf("\n got %v\nwant %v", got, test.want)
			}
		})
	}
}

// Where nobody runs a kind, nothing of it is per zone, and its largest still is.
func TestAPoolThatRunsNothing(t *testing.T) {
	f := mustSize(t, on("gcp", "2026-01", 1000, func(r *Request) {
		r.Zones = Count(3)
		kinds(map[string]WorkspaceKind{"fixed": fixed(600, kindRequests("0.5", "2"))})(r)
	}))
	w := f.Workspace
	if got := fmt.Sprint(w.NodeCount, w.MinNodeCount, w.MaxNodeCount, w.NodeCountPerZone, w.MinNodeCountPerZone, w.MaxNodeCountPerZone, w.Pods); got != "0 0 31 0 0 11 0" {
		t.Errorf("got %s", got)
	}
	if w.SchedulablePodsPerNode != 13 || w.PodRequest != (PodRequest{500, 2048}) || w.LimitedBy != LimitMemory {
		t.Errorf("its machine is not described: %+v", w)
	}
	if got := f.ResourceQuota["pods"]; got != "1000" {
		t.Errorf("the quota is for everybody at work, and has %s pods", got)
	}
}

// Disks of a kind are those of workspace_request where it states none.
func TestVolumesOfAKind(t *testing.T) {
	own := share("30", kindRequests("0.25", "0.5"))
	own.Requests.Volumes = Count(0)
	f := mustSize(t, on("aws", "2026-01", 100, func(r *Request) {
		r.WorkspaceRequest.Volumes = Count(3)
		r.WorkspaceKinds = Known(map[string]WorkspaceKind{"own": own, "left": share("30", kindRequests("0.25", "0.5"))})
	}))
	left, without := f.WorkspacePools["left"], f.WorkspacePools["own"]
	if left.LimitedBy != LimitVolumes || left.PodVolumes != 3 || without.LimitedBy == LimitVolumes || without.PodVolumes != 0 {
		t.Errorf("left out: %+v\nnone: %+v", left, without)
	}
	if got := warned(f); got != "volume_limit[workspace left]" {
		t.Errorf("warnings %s", got)
	}
}
