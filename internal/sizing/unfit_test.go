// SPDX-License-Identifier: MPL-2.0

package sizing

import "testing"

// Where no node takes a pod, what ends it is named, and only what helps against
// that is advised.
func TestNoNodeFits(t *testing.T) {
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"too large a workspace": {onGCP(workspaceRequest(WorkspaceRequest{MemoryGiB: Decimal("28")})), []string{
			"Workspace Fits No Node | workspace_request: A workspace requests 500 millicores, 28672 MiB and 1 disk, more than a node of t2d-standard-8 has: beside what GKE keeps and every node runs (node_overhead), there is room for 7669 millicores, 27949 MiB, 105 pods and 127 disks. Lower workspace_request or set machine_types.workspace to a type that takes one.",
		}},
		"larger than any node": {on("azure", "2026-01", 100, workspaceRequest(WorkspaceRequest{CPU: Count(96)})), []string{
			"Workspace Fits No Node | workspace_request: A workspace requests 96000 millicores, 2048 MiB and 1 disk, more than a node of Standard_D96s_v5, the largest of the family Standard_D<n>s_v5, has: beside what AKS keeps and every node runs (node_overhead), there is room for 94590 millicores, 383386 MiB, 104 pods and 32 disks. Lower workspace_request or set machine_types.workspace to a type that takes one.",
		}},
		"a small node for the default request": {on("aws", "2024-03", 100, machineTypes(MachineTypes{Workspace: Known("t3.small")})), []string{
			"Workspace Fits No Node | workspace_request: A workspace requests 500 millicores, 2048 MiB and 1 disk, more than a node of t3.small has: beside what EKS keeps and every node runs (node_overhead), there is room for 1750 millicores, 1065 MiB, 8 pods and 24 disks. Lower workspace_request or set machine_types.workspace to a type that takes one.",
		}},
		"more disks than attach": {onGCP(workspaceRequest(WorkspaceRequest{Volumes: Count(128)})), []string{
			"Workspace Fits No Node | workspace_request: A workspace requests 500 millicores, 2048 MiB and 128 disks, more than a node of t2d-standard-8 has: beside what GKE keeps and every node runs (node_overhead), there is room for 7669 millicores, 27949 MiB, 105 pods and 127 disks. Lower workspace_request.volumes.",
		}},
		"coderd on too small a node": {on("gcp", "2026-01", 2000, machineTypes(MachineTypes{Coderd: Known("n4-standard-4")})), []string{
			`Pod Fits No Node | machine_types.coderd: machine_types.coderd is "n4-standard-4". A coderd pod needs 4000 millicores and 12288 MiB, more than a node of n4-standard-4 has: beside what GKE keeps and every node runs (node_overhead), there is room for 3679 millicores, 12833 MiB and 105 pods. Choose a larger machine type.`,
		}},
		"provisioners on too small a node": {on("aws", "2024-03", 100, machineTypes(MachineTypes{Provisioner: Known("t3.nano")})), []string{
			`Pod Fits No Node | machine_types.provisioner: machine_types.provisioner is "t3.nano". Nine tenths of a node's room have to leave a provisioner pod at least 10 millicores and 16 MiB, and of a node of t3.nano they do not: beside what EKS keeps and every node runs (node_overhead), there is room for 1750 millicores, 0 MiB and 1 pod. Choose a larger machine type.`,
		}},
		"daemons that fill the nodes": {on("azure", "2026-01", 2000, func(r *Request) {
			r.NodeOverhead = NodeOverhead{CPUMillicores: Count(95_000)}
			r.ProxyRegions = Count(1)
		}), []string{
			"Workspace Fits No Node | workspace_request: A workspace requests 500 millicores, 2048 MiB and 1 disk, more than a node of Standard_D96s_v5, the largest of the family Standard_D<n>s_v5, has: beside what AKS keeps and every node runs (node_overhead), there is room for 0 millicores, 383386 MiB, 104 pods and 32 disks. Set machine_types.workspace to a type that takes one or lower node_overhead.",
			"Pod Fits No Node | node_overhead: A coderd pod needs 4000 millicores and 12288 MiB, more than a node of Standard_D96s_v5 has: beside what AKS keeps and every node runs (node_overhead), there is room for 0 millicores, 383386 MiB and 104 pods. Lower node_overhead.",
			"Pod Fits No Node | node_overhead: A provisioner pod needs 1000 millicores and 1024 MiB, more than a node of Standard_D96s_v5 has: beside what AKS keeps and every node runs (node_overhead), there is room for 0 millicores, 383386 MiB and 104 pods. Lower node_overhead.",
			"Pod Fits No Node | node_overhead: A workspace_proxy pod needs 4000 millicores and 12288 MiB, more than a node of Standard_D96s_v5 has: beside what AKS keeps and every node runs (node_overhead), there is room for 0 millicores, 383386 MiB and 104 pods. Lower node_overhead.",
		}},
		"coderd on too small a node for its pods": {on("aws", "2026-01", 100, machineTypes(MachineTypes{Coderd: Known("t3.medium")})), []string{
			`Pod Fits No Node | machine_types.coderd: machine_types.coderd is "t3.medium". A coderd pod needs 2000 millicores and 8192 MiB, more than a node of t3.medium has: beside what EKS keeps and every node runs (node_overhead), there is room for 1750 millicores, 3165 MiB and 14 pods. Choose a larger machine type.`,
		}},
		"daemons that leave nothing to share": {on("gcp", "2024-03", 100, func(r *Request) {
			r.NodeOverhead = NodeOverhead{CPUMillicores: Count(7600)}
			r.MachineTypes = MachineTypes{Coderd: Known("n2-standard-16"), Workspace: Known("n2-standard-16")}
		}), []string{
			"Pod Fits No Node | node_overhead: Nine tenths of a node's room have to leave each of its 30 provisioner pods at least 10 millicores and 16 MiB, and of a node of t2d-standard-8 they do not: beside what GKE keeps and every node runs (node_overhead), there is room for 310 millicores, 27949 MiB and 105 pods. Lower node_overhead.",
		}},
		"daemons that leave coderd nothing": {on("gcp", "2024-03", 100, func(r *Request) {
			r.NodeOverhead = NodeOverhead{MemoryMiB: Count(6000)}
		}), []string{
			"Pod Fits No Node | node_overhead: Nine tenths of a node's room have to leave a coderd pod at least 10 millicores and 16 MiB, and of a node of n1-standard-2 they do not: beside what GKE keeps and every node runs (node_overhead), there is room for 1689 millicores, 0 MiB and 105 pods. Lower node_overhead.",
		}},
		"daemons that use all pods": {on("azure", "2024-03", 100, func(r *Request) {
			r.NodeOverhead = NodeOverhead{Pods: Count(110)}
			r.MachineTypes = MachineTypes{Coderd: Known("Standard_D8s_v3")}
		}), []string{
			"Workspace Fits No Node | workspace_request: A node of Standard_D8s_v3 takes 110 pods, and every node runs 110 besides (node_overhead.pods), which leaves none for a workspace pod. Raise max_pods_per_node or lower node_overhead.pods.",
			`Pod Fits No Node | machine_types.coderd: machine_types.coderd is "Standard_D8s_v3". A node of Standard_D8s_v3 takes 110 pods, and every node runs 110 besides (node_overhead.pods), which leaves none for a coderd pod. Lower node_overhead.pods.`,
			"Pod Fits No Node | node_overhead: A node of Standard_D8s_v3 takes 110 pods, and every node runs 110 besides (node_overhead.pods), which leaves none for a provisioner pod. Lower node_overhead.pods.",
		}},
		"daemons that use all pods of an EKS node": {on("aws", "2024-03", 100, func(r *Request) {
			r.NodeOverhead = NodeOverhead{Pods: Count(60)}
			r.MachineTypes = MachineTypes{Coderd: Known("t3.2xlarge")}
		}), []string{
			"Workspace Fits No Node | workspace_request: A node of t3.2xlarge takes 58 pods, and every node runs 60 besides (node_overhead.pods), which leaves none for a workspace pod. Raise max_pods_per_node, set machine_types.workspace to a type that takes one or lower node_overhead.pods.",
			`Pod Fits No Node | machine_types.coderd: machine_types.coderd is "t3.2xlarge". A node of t3.2xlarge takes 58 pods, and every node runs 60 besides (node_overhead.pods), which leaves none for a coderd pod. Choose a machine type that takes more pods or lower node_overhead.pods.`,
			"Pod Fits No Node | node_overhead: A node of t3.2xlarge takes 58 pods, and every node runs 60 besides (node_overhead.pods), which leaves none for a provisioner pod. Lower node_overhead.pods.",
		}},
		"daemons that use all pods of any node": {on("aws", "2024-03", 100, func(r *Request) {
			r.NodeOverhead = NodeOverhead{Pods: Count(1000)}
			r.MachineTypes = MachineTypes{Coderd: Known("t3.2xlarge"), Provisioner: Known("t3.2xlarge")}
		}), []string{
			"Workspace Fits No Node | workspace_request: A node of t3.2xlarge takes 58 pods, and every node runs 1000 besides (node_overhead.pods), which leaves none for a workspace pod. Lower node_overhead.pods.",
			`Pod Fits No Node | machine_types.coderd: machine_types.coderd is "t3.2xlarge". A node of t3.2xlarge takes 58 pods, and every node runs 1000 besides (node_overhead.pods), which leaves none for a coderd pod. Lower node_overhead.pods.`,
			`Pod Fits No Node | machine_types.provisioner: machine_types.provisioner is "t3.2xlarge". A node of t3.2xlarge takes 58 pods, and every node runs 1000 besides (node_overhead.pods), which leaves none for a provisioner pod. Lower node_overhead.pods.`,
		}},
		"measured below one workspace": {onGCP(func(r *Request) { r.WorkspaceNodeAllocatable = MeasuredAllocatable{MemoryMiB: Count(2000)} }), []string{
			"Workspace Fits No Node | workspace_request: A workspace requests 500 millicores, 2048 MiB and 1 disk, more than a node of t2d-standard-8 has: beside what GKE keeps and every node runs (node_overhead), there is room for 7669 millicores, 1561 MiB, 105 pods and 127 disks. Lower workspace_request or check workspace_node_allocatable.",
		}},
		"daemons that use all pods that can be set": {on("aws", "2024-03", 100, func(r *Request) {
			r.NodeOverhead = NodeOverhead{Pods: Count(110)}
			r.MachineTypes = MachineTypes{Coderd: Known("m7i.48xlarge"), Provisioner: Known("m7i.48xlarge")}
		}), []string{
			"Workspace Fits No Node | workspace_request: A node of t3.2xlarge takes 58 pods, and every node runs 110 besides (node_overhead.pods), which leaves none for a workspace pod. Set machine_types.workspace to a type that takes one or lower node_overhead.pods.",
		}},
		"measured below an agent": {onGCP(func(r *Request) {
			r.WorkspaceNodeAllocatable = MeasuredAllocatable{MemoryMiB: Count(127 + 439)}
		}), []string{
			"Workspace Fits No Node | workspace_request: A workspace requests 500 millicores, 2048 MiB and 1 disk, more than a node of t2d-standard-8 has: beside what GKE keeps and every node runs (node_overhead), there is room for 7669 millicores, 127 MiB, 105 pods and 127 disks. Check workspace_node_allocatable.",
		}},
		"measured at the least memory of a workspace": {onGCP(func(r *Request) {
			r.WorkspaceNodeAllocatable = MeasuredAllocatable{MemoryMiB: Count(128 + 439)}
			r.WorkspaceRequest = WorkspaceRequest{CPU: Count(8), MemoryGiB: Decimal("0.125")}
		}), []string{
			"Workspace Fits No Node | workspace_request: A workspace requests 8000 millicores, 128 MiB and 1 disk, more than a node of t2d-standard-8 has: beside what GKE keeps and every node runs (node_overhead), there is room for 7669 millicores, 128 MiB, 105 pods and 127 disks. Lower workspace_request, set machine_types.workspace to a type that takes one or check workspace_node_allocatable.",
		}},
	} {
		t.Run(name, func(t *testing.T) { checkFaults(t, test.request, test.want) })
	}
}
