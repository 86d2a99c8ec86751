// SPDX-License-Identifier: MPL-2.0

package sizing

import "testing"

func TestFaultsOfOwnFigures(t *testing.T) {
	own := func(p PodRequests) func(*Request) { return func(r *Request) { r.PodRequests = p } }
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"counts": {onGCP(func(r *Request) { r.CoderdReplicas, r.OtherNodes = Count(0), Count(-1) }), []string{
			"Invalid Count | coderd_replicas: coderd_replicas is 0. It must be a whole number from 1 to 1000000000.",
			"Invalid Count | other_nodes: other_nodes is -1. It must be a whole number from 0 to 1000000000.",
		}},
		"fractions": {onGCP(func(r *Request) { r.CoderdReplicas, r.OtherNodes = Decimal("1.5"), Decimal("0.5") }), []string{
			"Invalid Count | coderd_replicas: coderd_replicas is 1.5. It must be a whole number from 1 to 1000000000.",
			"Invalid Count | other_nodes: other_nodes is 0.5. It must be a whole number from 0 to 1000000000.",
		}},
		"amounts": {onGCP(own(PodRequests{RolePodRequest{Count(0), Count(-1)}, RolePodRequest{Count(1_000_000_001), Count(0)}})), []string{
			"Invalid Amount | pod_requests.coderd.cpu: pod_requests.coderd.cpu is 0. It must be above 0 and at most 1000000000 vCPU; fractions are fine.",
			"Invalid Amount | pod_requests.coderd.memory_gib: pod_requests.coderd.memory_gib is -1. It must be above 0 and at most 1000000000 GiB; fractions are fine.",
			"Invalid Amount | pod_requests.provisioner.cpu: pod_requests.provisioner.cpu is 1000000001. It must be above 0 and at most 1000000000 vCPU; fractions are fine.",
			"Invalid Amount | pod_requests.provisioner.memory_gib: pod_requests.provisioner.memory_gib is 0. It must be above 0 and at most 1000000000 GiB; fractions are fine.",
		}},
		"coderd larger than its row's machine": {on("gcp", "2024-03", 100, own(PodRequests{Coderd: RolePodRequest{CPU: Count(2)}})), []string{
			"Pod Fits No Node | pod_requests.coderd: A coderd pod needs 2000 millicores and 4640 MiB, more than a node of n1-standard-2 has: beside what GKE keeps and every node runs (node_overhead), there is room for 1689 millicores, 5159 MiB and 105 pods. Lower pod_requests.coderd or set machine_types.coderd to a type that takes one.",
		}},
		"coderd larger than its named machine": {on("gcp", "2024-03", 100, func(r *Request) {
			own(PodRequests{Coderd: RolePodRequest{CPU: Count(2)}})(r)
			r.MachineTypes.Coderd = Known("n1-standard-2")
		}), []string{
			`Pod Fits No Node | pod_requests.coderd: machine_types.coderd is "n1-standard-2". A coderd pod needs 2000 millicores and 4640 MiB, more than a node of n1-standard-2 has: beside what GKE keeps and every node runs (node_overhead), there is room for 1689 millicores, 5159 MiB and 105 pods. Lower pod_requests.coderd or choose a larger machine type.`,
		}},
		"coderd larger than any of the family": {on("gcp", "2026-01", 100, own(PodRequests{Coderd: RolePodRequest{Count(100), Count(1)}})), []string{
			"Pod Fits No Node | pod_requests.coderd: A coderd pod needs 100000 millicores and 1024 MiB, more than a node of n4-standard-80 has: beside what GKE keeps and every node runs (node_overhead), there is room for 79489 millicores, 308356 MiB and 105 pods. Lower pod_requests.coderd or set machine_types.coderd to a type that takes one.",
		}},
		"provisioners larger than their row's machine": {on("aws", "2024-03", 100, own(PodRequests{Provisioner: RolePodRequest{MemoryGiB: Count(31)}})), []string{
			"Pod Fits No Node | pod_requests.provisioner: A provisioner pod needs 230 millicores and 31744 MiB, more than a node of t3.2xlarge has: beside what EKS keeps and every node runs (node_overhead), there is room for 7730 millicores, 30648 MiB and 55 pods. Lower pod_requests.provisioner or set machine_types.provisioner to a type that takes one.",
		}},
		"the part that is left out rounds to nothing": {on("aws", "2024-03", 100, func(r *Request) {
			own(PodRequests{Provisioner: RolePodRequest{CPU: Decimal("0.1")}})(r)
			r.MachineTypes.Provisioner = Known("t3.nano")
		}), []string{
			`Pod Fits No Node | pod_requests.provisioner: machine_types.provisioner is "t3.nano". Nine tenths of a node's room have to leave a provisioner pod at least 10 millicores and 16 MiB, and of a node of t3.nano they do not: beside what EKS keeps and every node runs (node_overhead), there is room for 1750 millicores, 0 MiB and 1 pod. Lower pod_requests.provisioner or choose a larger machine type.`,
		}},
		"daemons that use all pods": {on("azure", "2026-01", 100, func(r *Request) {
			own(PodRequests{Coderd: RolePodRequest{CPU: Decimal("0.5")}})(r)
			r.NodeOverhead, r.MaxPodsPerNode = NodeOverhead{Pods: Count(110)}, Count(120)
		}), []string{
			"Pod Fits No Node | node_overhead: A node of Standard_D96s_v5 takes 110 pods, and every node runs 110 besides (node_overhead.pods), which leaves none for a coderd pod. Lower node_overhead.pods.",
			"Pod Fits No Node | node_overhead: A node of Standard_D96s_v5 takes 110 pods, and every node runs 110 besides (node_overhead.pods), which leaves none for a provisioner pod. Lower node_overhead.pods.",
		}},
		"daemons that use all pods of a machine too small": {on("gcp", "2026-01", 100, func(r *Request) {
			r.MachineTypes.Coderd, r.NodeOverhead = Known("n1-standard-2"), NodeOverhead{Pods: Count(110)}
		}), []string{
			"Workspace Fits No Node | workspace_request: A node of n4-standard-80 takes 110 pods, and every node runs 110 besides (node_overhead.pods), which leaves none for a workspace pod. Raise max_pods_per_node or lower node_overhead.pods.",
			`Pod Fits No Node | machine_types.coderd: machine_types.coderd is "n1-standard-2". A coderd pod needs 2000 millicores and 8192 MiB, more than a node of n1-standard-2 has: beside what GKE keeps and every node runs (node_overhead), there is room for 1689 millicores, 5159 MiB and 0 pods. Lower node_overhead.pods.`,
			"Pod Fits No Node | node_overhead: A node of n4-standard-80 takes 110 pods, and every node runs 110 besides (node_overhead.pods), which leaves none for a provisioner pod. Lower node_overhead.pods.",
		}},
		"a workspace too large for any machine, on the smallest": {on("aws", "2024-03", 100, func(r *Request) {
			r.MachineTypes.Workspace, r.WorkspaceRequest.MemoryGiB = Known("t3.nano"), Count(65_536)
		}), []string{
			"Workspace Fits No Node | workspace_request: A workspace requests 500 millicores, 67108864 MiB and 1 disk, more than a node of t3.nano has: beside what EKS keeps and every node runs (node_overhead), there is room for 1750 millicores, 0 MiB, 1 pod and 24 disks. Lower workspace_request and set machine_types.workspace to a larger type.",
		}},
		"more disks than any machine takes, on the smallest": {on("azure", "2024-03", 100, func(r *Request) {
			r.MachineTypes.Workspace, r.WorkspaceRequest.Volumes = Known("Standard_B1s"), Count(100)
		}), []string{
			"Workspace Fits No Node | workspace_request: A workspace requests 500 millicores, 2048 MiB and 100 disks, more than a node of Standard_B1s has: beside what AKS keeps and every node runs (node_overhead), there is room for 590 millicores, 52 MiB, 104 pods and 2 disks. Lower workspace_request and set machine_types.workspace to a larger type.",
		}},
		"both roles": {on("gcp", "2026-01", 100, own(PodRequests{RolePodRequest{CPU: Count(80)}, RolePodRequest{MemoryGiB: Count(400)}})), []string{
			"Pod Fits No Node | pod_requests.coderd: A coderd pod needs 80000 millicores and 8192 MiB, more than a node of n4-standard-80 has: beside what GKE keeps and every node runs (node_overhead), there is room for 79489 millicores, 308356 MiB and 105 pods. Lower pod_requests.coderd or set machine_types.coderd to a type that takes one.",
			"Pod Fits No Node | pod_requests.provisioner: A provisioner pod needs 1000 millicores and 409600 MiB, more than a node of n4-standard-80 has: beside what GKE keeps and every node runs (node_overhead), there is room for 79489 millicores, 308356 MiB and 105 pods. Lower pod_requests.provisioner or set machine_types.provisioner to a type that takes one.",
		}},
	} {
		t.Run(name, func(t *testing.T) { checkFaults(t, test.request, test.want) })
	}
}
