// SPDX-License-Identifier: MPL-2.0

package sizing

import "testing"

// A kind that fits no node of its type says so by its name, and which figure
// ends it; where the edition names no type its family is looked through.
func TestNoNodeFitsAKind(t *testing.T) {
	kind := func(requests KindRequests, change func(*WorkspaceKind)) func(*Request) {
		k := share("20", requests)
		if change != nil {
			change(&k)
		}
		return kinds(map[string]WorkspaceKind{"large": k})
	}
	typed := func(machineType string) func(*WorkspaceKind) {
		return func(k *WorkspaceKind) { k.MachineType = Known(machineType) }
	}
	const beside = "beside what GKE keeps and every node runs (node_overhead), there is room for "
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"memory": {onGCP(kind(kindRequests("4", "28"), typed("n2-standard-8"))), []string{
			`Workspace Fits No Node | workspace_kinds["large"].requests: A workspace of the kind "large" requests 4000 millicores, 28672 MiB and 1 disk, more than a node of n2-standard-8 has: ` + beside + `7669 millicores, 27949 MiB, 105 pods and 127 disks. Lower workspace_kinds["large"].requests or set workspace_kinds["large"].machine_type to a type that takes one.`,
		}},
		"CPU of the edition's machine": {onGCP(kind(kindRequests("8", "4"), nil)), []string{
			`Workspace Fits No Node | workspace_kinds["large"].requests: A workspace of the kind "large" requests 8000 millicores, 4096 MiB and 1 disk, more than a node of t2d-standard-8 has: ` + beside + `7669 millicores, 27949 MiB, 105 pods and 127 disks. Lower workspace_kinds["large"].requests or set workspace_kinds["large"].machine_type to a type that takes one.`,
		}},
		"the largest of the family": {on("gcp", "2026-01", 100, kind(kindRequests("80", "16"), nil)), []string{
			`Workspace Fits No Node | workspace_kinds["large"].requests: A workspace of the kind "large" requests 80000 millicores, 16384 MiB and 1 disk, more than a node of n4-standard-80, the largest of the family n4-standard-<n>, has: ` + beside + `79489 millicores, 308356 MiB, 105 pods and 31 disks. Lower workspace_kinds["large"].requests or set workspace_kinds["large"].machine_type to a type that takes one.`,
		}},
		"disks": {onGCP(kind(KindRequests{CPU: Count(1), MemoryGiB: Count(4), Volumes: Count(128)}, nil)), []string{
			`Workspace Fits No Node | workspace_kinds["large"].requests: A workspace of the kind "large" requests 1000 millicores, 4096 MiB and 128 disks, more than a node of t2d-standard-8 has: ` + beside + `7669 millicores, 27949 MiB, 105 pods and 127 disks. Lower workspace_kinds["large"].requests.volumes.`,
		}},
		"with GPUs": {onGCP(kind(KindRequests{CPU: Count(4), MemoryGiB: Count(8), GPUs: Count(1)}, typed("g2-standard-4"))), []string{
			`Workspace Fits No Node | workspace_kinds["large"].requests: A workspace of the kind "large" requests 4000 millicores, 8192 MiB, 1 disk and 1 GPU, more than a node of g2-standard-4 has: ` + beside + `3679 millicores, 12833 MiB, 105 pods and 127 disks. Lower workspace_kinds["large"].requests or set workspace_kinds["large"].machine_type to a type that takes one.`,
		}},
		"a measured node": {onGCP(kind(kindRequests("1", "4"), func(k *WorkspaceKind) { k.NodeAllocatable.MemoryMiB = Count(4534) })), []string{
			`Workspace Fits No Node | workspace_kinds["large"].requests: A workspace of the kind "large" requests 1000 millicores, 4096 MiB and 1 disk, more than a node of t2d-standard-8 has: ` + beside + `7669 millicores, 4095 MiB, 105 pods and 127 disks. Lower workspace_kinds["large"].requests or check workspace_kinds["large"].node_allocatable.`,
		}},
		"a machine without room for an agent": {on("aws", "2026-01", 100, kind(kindRequests("0.1", "0.125"), typed("t3.nano"))), []string{
			`Workspace Fits No Node | workspace_kinds["large"].requests: A workspace of the kind "large" requests 100 millicores, 128 MiB and 1 disk, more than a node of t3.nano has: beside what EKS keeps and every node runs (node_overhead), there is room for 1750 millicores, 0 MiB, 1 pod and 24 disks. Set workspace_kinds["large"].machine_type to a type that takes one.`,
		}},
		"pods": {on("aws", "2024-03", 100, func(r *Request) {
			kind(kindRequests("0.1", "0.125"), typed("t3.medium"))(r)
			r.NodeOverhead = NodeOverhead{Pods: Count(17)}
		}), []string{
			`Workspace Fits No Node | workspace_kinds["large"].requests: A node of t3.medium takes 17 pods, and every node runs 17 besides (node_overhead.pods), which leaves none for a workspace of the kind "large". Raise max_pods_per_node, set workspace_kinds["large"].machine_type to a type that takes one or lower node_overhead.pods.`,
		}},
	} {
		t.Run(name, func(t *testing.T) { checkFaults(t, test.request, test.want) })
	}
}

// What fits the pool's own machine and not the kind's, and the other way round,
// are two matters.
func TestAKindFitsByItself(t *testing.T) {
	small, large := WorkspaceRequest{MemoryGiB: Count(28)}, kindRequests("4", "28")
	onlyKind := share("20", large)
	onlyKind.MachineType = Known("n2-highmem-8")
	checkFaults(t, onGCP(func(r *Request) {
		r.WorkspaceRequest = small
		r.WorkspaceKinds = Known(map[string]WorkspaceKind{"large": onlyKind})
	}), []string{
		"Workspace Fits No Node | workspace_request: A workspace requests 500 millicores, 28672 MiB and 1 disk, more than a node of t2d-standard-8 has: beside what GKE keeps and every node runs (node_overhead), there is room for 7669 millicores, 27949 MiB, 105 pods and 127 disks. Lower workspace_request or set machine_types.workspace to a type that takes one.",
	})
	checkFaults(t, onGCP(kinds(map[string]WorkspaceKind{"large": onlyKind})), nil)
}
