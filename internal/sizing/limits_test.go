// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"maps"
	"testing"
)

// Overcommit is rounded half up at two decimals: pods x limit over the room.
func TestOvercommit(t *testing.T) {
	for _, test := range []struct {
		pods, limit, room int64
		want              float64
	}{
		{13, 2000, 7669, 3.39}, // 3.3902
		{13, 4096, 27_949, 1.91},
		{1, 1, 200, 0.01}, // 0.005
		{1, 1, 201, 0},    // 0.00497
		{1, 201, 200, 1.01},
		{3, 67, 200, 1.01},      // 1.005
		{1, 1004, 1000, 1},      // 1.004
		{1, 10_049, 10_000, 1},  // 1.0049
		{1, 1_005, 1_000, 1.01}, // 1.005
		{256, 1_000_000_000_000, 7669, 33_381_144_868.95},
		{256, 1_024_000_000_000, 1, 262_144_000_000_000},
	} {
		pool := NodePool{
			PodsPerNode: test.pods, SchedulablePodsPerNode: 1, SchedulableCPUMillicores: test.room, SchedulableMemoryMiB: test.room,
			PodLimits: PodLimits{CPUMillicores: &test.limit},
		}
		got := overcommitOf(&pool)
		if got.CPU == nil || *got.CPU != test.want || got.Memory != nil {
			t.Errorf("%d of %d on %d: %s, want %v", test.pods, test.limit, test.room, orDash(got.CPU), test.want)
		}
	}
}

// The warning is about memory that is promised and not there, of pools with
// nodes; a limit equal to the request is not one.
func TestMemoryOvercommitted(t *testing.T) {
	limit := func(gib string) func(*Request) {
		return func(r *Request) { r.WorkspaceLimits.MemoryGiB, r.Packing = Decimal(gib), Known("schedulable") }
	}
	course := fixed(0, kindRequests("1", "4"))
	course.Limits.MemoryGiB = Count(64)
	for name, test := range map[string]struct {
		request Request
		want    string
	}{
		"a limit as the request":              {on("gcp", "2025-04", 100, limit("2")), ""},
		"13 limits that still fit the room":   {on("gcp", "2025-04", 100, limit("2.0996")), ""}, // 2,150 MiB of 27,949
		"a little more, rounded to 1":         {on("gcp", "2025-04", 100, limit("2.1015")), ""}, // 13 of 2,152 are 1.001
		"more than the room":                  {on("gcp", "2025-04", 100, limit("2.11")), "memory_overcommitted[workspace]"},
		"published packing alone, no limit":   {on("gcp", "2025-04", 1000, nil), "unschedulable_packing"},
		"published packing, limit as request": {on("gcp", "2025-04", 1000, func(r *Request) { r.WorkspaceLimits.MemoryGiB = Count(2) }), "unschedulable_packing memory_overcommitted[workspace]"},
		"CPU is for sharing":                  {on("gcp", "2025-04", 50, func(r *Request) { r.WorkspaceLimits.CPU = Count(64) }), ""},
		"a kind that runs nothing":            {on("gcp", "2025-04", 50, kinds(map[string]WorkspaceKind{"course": course})), ""},
	} {
		if got := warned(mustSize(t, test.request)); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestResourceQuota(t *testing.T) {
	limited := func(n int64, cpu, gib Number) WorkspaceKind {
		k := fixed(n, kindRequests("1", "4"))
		k.Limits = WorkspaceLimits{cpu, gib}
		return k
	}
	most := func(r *Request) { r.WorkspaceLimits = WorkspaceLimits{Count(1_000_000_000), Count(1_000_000_000)} }
	for name, test := range map[string]struct {
		request Request
		want    map[string]string
	}{
		"1,000 users": {on("gcp", "2024-03", 1000, nil), map[string]string{"requests.cpu": "500000m", "requests.memory": "2048000Mi", "pods": "1000"}},
		"everybody, though 60 percent run now": {
			on("gcp", "2026-01", 1000, nil), map[string]string{"requests.cpu": "500000m", "requests.memory": "2048000Mi", "pods": "1000"},
		},
		"more workspaces than users": {
			on("gcp", "2024-03", 10, func(r *Request) { r.ConcurrentWorkspaces = Count(1000) }),
			map[string]string{"requests.cpu": "500000m", "requests.memory": "2048000Mi", "pods": "1000"},
		},
		"limits up to a billion": { // 36,000 x 1,000,000,000,000m are more than 64 bits count in nano, and all are written
			on("gcp", "2024-03", 36_000, func(r *Request) { most(r); r.BeyondRange = Known("extrapolate") }),
			map[string]string{
				"requests.cpu": "18000000m", "requests.memory": "73728000Mi", "pods": "36000",
				"limits.cpu": "36000000000000000m", "limits.memory": "36864000000000000Mi",
			},
		},
		"one limit of two": {
			on("gcp", "2024-03", 10, func(r *Request) { r.WorkspaceLimits.CPU = Count(2) }),
			map[string]string{"requests.cpu": "5000m", "requests.memory": "20480Mi", "pods": "10", "limits.cpu": "20000m"},
		},
		"a kind without the limit": {
			on("gcp", "2024-03", 10, func(r *Request) {
				r.WorkspaceLimits = WorkspaceLimits{Count(2), Count(4)}
				r.WorkspaceKinds = Known(map[string]WorkspaceKind{"a": limited(4, Count(3), Number{})})
			}),
			map[string]string{"requests.cpu": "7000m", "requests.memory": "28672Mi", "pods": "10", "limits.cpu": "24000m"},
		},
		"a kind without limits that nobody runs": {
			on("gcp", "2024-03", 10, func(r *Request) {
				r.WorkspaceLimits = WorkspaceLimits{Count(2), Count(4)}
				r.WorkspaceKinds = Known(map[string]WorkspaceKind{"a": limited(0, Number{}, Number{})})
			}),
			map[string]string{"requests.cpu": "5000m", "requests.memory": "20480Mi", "pods": "10", "limits.cpu": "20000m", "limits.memory": "40960Mi"},
		},
		"everybody is of kinds with limits, and the pool workspace has none": {
			on("gcp", "2024-03", 10, kinds(map[string]WorkspaceKind{"a": limited(10, Count(1), Count(4))})),
			map[string]string{"requests.cpu": "10000m", "requests.memory": "40960Mi", "pods": "10", "limits.cpu": "10000m", "limits.memory": "40960Mi"},
		},
	} {
		if got := mustSize(t, test.request).ResourceQuota; !maps.Equal(got, test.want) {
			t.Errorf("%s:\n got %v\nwant %v", name, got, test.want)
		}
	}
}

// The pods of coderd, provisioners and proxies are limited as their Helm values
// limit them: memory always, CPU where the edition says so.
func TestPodLimitsOfRoles(t *testing.T) {
	for _, edition := range everyEdition(t) {
		t.Run(edition.ID, func(t *testing.T) {
			cpu := edition.RequestsAreLimits
			f := mustSize(t, on("gcp", edition.ID, edition.Largest().Limits.Users, func(r *Request) {
				if edition.Largest().WorkspaceProxy != nil {
					r.ProxyRegions = Count(1)
				}
			}))
			for _, p := range f.Pools() {
				if p.Role == RoleWorkspace {
					if p.PodLimits != (PodLimits{}) || p.Overcommit != (Overcommit{}) {
						t.Errorf("workspaces have limits: %+v", p.PodLimits)
					}
					continue
				}
				if *p.PodLimits.MemoryMiB != p.PodRequest.MemoryMiB || (p.PodLimits.CPUMillicores != nil) != cpu || cpu && *p.PodLimits.CPUMillicores != p.PodRequest.CPUMillicores {
					t.Errorf("%s: limits %s %s of %+v", p.Role, orDash(p.PodLimits.CPUMillicores), orDash(p.PodLimits.MemoryMiB), p.PodRequest)
				}
				if *p.Overcommit.Memory > 1 || (p.Overcommit.CPU != nil) != cpu {
					t.Errorf("%s: overcommit %s %s", p.Role, orDash(p.Overcommit.CPU), orDash(p.Overcommit.Memory))
				}
			}
		})
	}
}

// Less than the page's 2 GiB is a warning where the page counts with it, not
// where an agent's own is enough.
func TestBelowPublishedMemory(t *testing.T) {
	small := fixed(1, kindRequests("0.5", "1.9995"))
	none := fixed(0, kindRequests("0.5", "0.125"))
	for name, test := range map[string]struct {
		request Request
		want    string
	}{
		"a workspace":              {on("gcp", "2025-04", 50, workspaceRequest(WorkspaceRequest{MemoryGiB: Decimal("1.9")})), "below_published_memory[workspace]"},
		"just enough":              {on("gcp", "2025-04", 50, workspaceRequest(WorkspaceRequest{MemoryGiB: Decimal("2")})), ""},
		"the newest edition":       {on("gcp", "2026-01", 100, workspaceRequest(WorkspaceRequest{MemoryGiB: Decimal("0.125")})), ""},
		"a kind that runs":         {on("gcp", "2025-04", 50, kinds(map[string]WorkspaceKind{"small": small})), ""},
		"a kind that nobody runs":  {on("gcp", "2025-04", 50, kinds(map[string]WorkspaceKind{"none": none})), ""},
		"a kind of less than that": {on("gcp", "2025-04", 50, kinds(map[string]WorkspaceKind{"small": fixed(1, kindRequests("0.5", "1"))})), "below_published_memory[small]"},
	} {
		if got := warned(mustSize(t, test.request)); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
