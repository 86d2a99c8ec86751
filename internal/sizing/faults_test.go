// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"math/big"
	"strings"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// onGCP is a request without fault for 100 users, changed.
func onGCP(change func(*Request)) Request {
	r := Request{Users: Count(100), Cloud: Known("gcp")}
	change(&r)
	return r
}

func on(cloud, edition string, users int64, change func(*Request)) Request {
	r := Request{Users: Count(users), Cloud: Known(cloud), Edition: Known(edition)}
	if change != nil {
		change(&r)
	}
	return r
}

func workspaceRequest(w WorkspaceRequest) func(*Request) {
	return func(r *Request) { r.WorkspaceRequest = w }
}

func machineTypes(m MachineTypes) func(*Request) {
	return func(r *Request) { r.MachineTypes = m }
}

func TestFaults(t *testing.T) {
	editions, err := reference.IDs()
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"nothing set": {Request{}, []string{
			"Missing User Count | users: The number of users is missing. Set users to the people with an account, at least 1.",
			`Missing Cloud | cloud: The cloud is missing. Set cloud to "gcp", "aws" or "azure".`,
		}},
		"no users":       {onGCP(func(r *Request) { r.Users = Count(0) }), []string{"Invalid Count | users: users is 0. It must be a whole number from 1 to 1000000000."}},
		"negative users": {onGCP(func(r *Request) { r.Users = Count(-5) }), []string{"Invalid Count | users: users is -5. It must be a whole number from 1 to 1000000000."}},
		"half a user":    {onGCP(func(r *Request) { r.Users = Decimal("1.5") }), []string{"Invalid Count | users: users is 1.5. It must be a whole number from 1 to 1000000000."}},
		"a tenth":        {onGCP(func(r *Request) { r.Users = Decimal("0.1") }), []string{"Invalid Count | users: users is 0.1. It must be a whole number from 1 to 1000000000."}},
		"too many users": {onGCP(func(r *Request) { r.Users = Decimal("1e30") }), []string{"Invalid Count | users: users is 1e+30. It must be a whole number from 1 to 1000000000."}},
		"one too many":   {onGCP(func(r *Request) { r.Users = Count(1_000_000_001) }), []string{"Invalid Count | users: users is 1000000001. It must be a whole number from 1 to 1000000000."}},
		"the most users": {onGCP(func(r *Request) { r.Users = Count(1_000_000_000) }), []string{
			`Load Beyond the Largest Tier | users: users is too large: the largest tier of edition 2024-03, 3k, covers 3000. Lower users to at most 3000 (36000 with beyond_range = "extrapolate" in the data source, outside the validated range).`,
		}},
		"infinite":                {onGCP(func(r *Request) { r.Users = Known(new(big.Float).SetInf(false)) }), []string{"Invalid Count | users: users is +Inf. It must be a whole number from 1 to 1000000000."}},
		"absurdly many":           {onGCP(func(r *Request) { r.Users = Decimal("1e1000000") }), []string{"Invalid Count | users: users is 1e+1000000. It must be a whole number from 1 to 1000000000."}},
		"another cloud":           {onGCP(func(r *Request) { r.Cloud = Known("gpc") }), []string{`Unknown Cloud | cloud: cloud is "gpc". It must be "gcp", "aws" or "azure".`}},
		"an empty cloud":          {onGCP(func(r *Request) { r.Cloud = Known("") }), []string{`Unknown Cloud | cloud: cloud is "". It must be "gcp", "aws" or "azure".`}},
		"another name of a cloud": {onGCP(func(r *Request) { r.Cloud = Known("azurerm") }), []string{`Unknown Cloud | cloud: cloud is "azurerm". Did you mean "azure"? It must be "gcp", "aws" or "azure".`}},
		"a cloud in capitals":     {onGCP(func(r *Request) { r.Cloud = Known("GCP") }), []string{`Unknown Cloud | cloud: cloud is "GCP". Did you mean "gcp"? It must be "gcp", "aws" or "azure".`}},
		"an edition without quotation marks": {onGCP(func(r *Request) { r.Edition = Known("2021") }), []string{
			`Unknown Edition | edition: edition is "2021". It must be ` + words.Or(words.Quoted(editions)) + `, in quotation marks: without them Terraform reads 2024-03 as 2024 minus 3.`,
		}},
		"another edition": {onGCP(func(r *Request) { r.Edition = Known("2030-01") }), []string{`Unknown Edition | edition: edition is "2030-01". It must be ` + words.Or(words.Quoted(editions)) + "."}},
		"another packing": {onGCP(func(r *Request) { r.Packing = Known("tight") }), []string{`Unknown Packing | packing: packing is "tight". It must be "published" or "schedulable".`}},
		"another range":   {onGCP(func(r *Request) { r.BeyondRange = Known("guess") }), []string{`Unknown Range Behavior | beyond_range: beyond_range is "guess". It must be "error" or "extrapolate".`}},
		"counts": {onGCP(func(r *Request) {
			r.ConcurrentWorkspaces, r.ConcurrentBuilds, r.APIRPS, r.Zones = Count(0), Count(0), Count(0), Count(0)
			r.MaxPodsPerNode, r.ProxyRegions = Count(0), Count(-1)
			r.WorkspaceRequest = WorkspaceRequest{CPU: Count(0), MemoryGiB: Count(-1), Volumes: Count(-1)}
			r.NodeOverhead = NodeOverhead{Count(-1), Count(-1), Decimal("0.5")}
			r.WorkspaceNodeAllocatable = MeasuredAllocatable{Count(0), Count(0)}
		}), []string{
			"Invalid Count | concurrent_workspaces: concurrent_workspaces is 0. It must be a whole number from 1 to 1000000000.",
			"Invalid Count | concurrent_builds: concurrent_builds is 0. It must be a whole number from 1 to 1000000000.",
			"Invalid Count | api_rps: api_rps is 0. It must be a whole number from 1 to 1000000000.",
			"Invalid Count | zones: zones is 0. It must be a whole number from 1 to 1000000000.",
			"Invalid Amount | workspace_request.cpu: workspace_request.cpu is 0. It must be above 0 and at most 1000000000 vCPU; fractions are fine.",
			"Invalid Amount | workspace_request.memory_gib: workspace_request.memory_gib is -1. It must be above 0 and at most 1000000000 GiB; fractions are fine.",
			"Invalid Count | workspace_request.volumes: workspace_request.volumes is -1. It must be a whole number from 0 to 1000000000.",
			"Invalid Count | max_pods_per_node: max_pods_per_node is 0. It must be a whole number from 1 to 1000000000.",
			"Invalid Count | node_overhead.cpu_millicores: node_overhead.cpu_millicores is -1. It must be a whole number from 0 to 1000000000.",
			"Invalid Count | node_overhead.memory_mib: node_overhead.memory_mib is -1. It must be a whole number from 0 to 1000000000.",
			"Invalid Count | node_overhead.pods: node_overhead.pods is 0.5. It must be a whole number from 0 to 1000000000.",
			"Invalid Count | workspace_node_allocatable.cpu_millicores: workspace_node_allocatable.cpu_millicores is 0. It must be a whole number from 1 to 1000000000.",
			"Invalid Count | workspace_node_allocatable.memory_mib: workspace_node_allocatable.memory_mib is 0. It must be a whole number from 1 to 1000000000.",
			"Invalid Count | proxy_regions: proxy_regions is -1. It must be a whole number from 0 to 1000000000.",
		}},
		"a machine type nobody sells": {onGCP(machineTypes(MachineTypes{Coderd: Known("n1-standard-3")})), []string{
			`Unknown Machine Type | machine_types.coderd: machine_types.coderd is "n1-standard-3", which the catalogue of machine types does not know. The nearest names are "n1-standard-1", "n1-standard-2", "n1-standard-32". If it is a type that the cloud sells, state it in machine_specs.`,
		}},
		"a machine type nobody sells, cloud unknown": {onGCP(func(r *Request) {
			r.Cloud = Unknown[string]()
			r.MachineTypes = MachineTypes{Workspace: Known("m7i.4xlarg"), Coderd: Known("t3.large")}
		}), []string{
			`Unknown Machine Type | machine_types.workspace: machine_types.workspace is "m7i.4xlarg", which the catalogue of machine types does not know. The nearest names are "m7i.4xlarge", "c7i.4xlarge", "i7i.4xlarge". If it is a type that the cloud sells, state it in machine_specs.`,
		}},
		"a machine type of another cloud": {onGCP(machineTypes(MachineTypes{Provisioner: Known("t3.large")})), []string{
			`Machine Type of Another Cloud | machine_types.provisioner: machine_types.provisioner is "t3.large", a machine type of aws, and cloud is "gcp". Choose a machine type of gcp, such as "e2-standard-2".`,
		}},
		"too little memory for an agent": {onGCP(workspaceRequest(WorkspaceRequest{MemoryGiB: Decimal("0.12")})), []string{
			"Workspace Memory Below the Agent's Own | workspace_request.memory_gib: workspace_request.memory_gib is 0.12, and the agent in a workspace needs 0.125 GiB by itself. Set it to 0.125 or more.",
		}},
		"an agent's memory that only rounding up makes enough": {onGCP(workspaceRequest(WorkspaceRequest{MemoryGiB: Decimal("0.1241")})), []string{
			"Workspace Memory Below the Agent's Own | workspace_request.memory_gib: workspace_request.memory_gib is 0.1241, and the agent in a workspace needs 0.125 GiB by itself. Set it to 0.125 or more.",
		}},
		"the highest pod limit that daemons fill": {on("aws", "2024-03", 100, func(r *Request) {
			r.MaxPodsPerNode = Count(110)
			r.NodeOverhead = NodeOverhead{Pods: Count(110)}
			r.MachineTypes = MachineTypes{Coderd: Known("m7i.48xlarge"), Provisioner: Known("m7i.48xlarge")}
		}), []string{
			"Invalid Pod Limit | max_pods_per_node: max_pods_per_node is 110. Every node runs 110 pods beside the workspaces (node_overhead.pods): lower that.",
		}},
		"measured above the machine, other daemons unknown": {on("gcp", "2024-03", 100, func(r *Request) {
			r.WorkspaceNodeAllocatable = MeasuredAllocatable{CPUMillicores: Count(8001)}
			r.NodeOverhead = NodeOverhead{Pods: Unknown[*big.Float]()}
		}), []string{
			"Measured Node Larger Than Its Machine | workspace_node_allocatable.cpu_millicores: workspace_node_allocatable.cpu_millicores is 8001, and a t2d-standard-8 has 8000. Give what a node of this machine type reports as allocatable.",
		}},
		"measured above the machine, other daemons at fault": {on("gcp", "2024-03", 100, func(r *Request) {
			r.WorkspaceNodeAllocatable = MeasuredAllocatable{CPUMillicores: Count(8001)}
			r.NodeOverhead = NodeOverhead{CPUMillicores: Count(-1)}
		}), []string{
			"Invalid Count | node_overhead.cpu_millicores: node_overhead.cpu_millicores is -1. It must be a whole number from 0 to 1000000000.",
			"Measured Node Larger Than Its Machine | workspace_node_allocatable.cpu_millicores: workspace_node_allocatable.cpu_millicores is 8001, and a t2d-standard-8 has 8000. Give what a node of this machine type reports as allocatable.",
		}},
		"proxies in a small tier, colocation unknown": {on("gcp", "2026-01", 500, func(r *Request) {
			r.ProxyRegions, r.ColocateProvisioners = Count(1), Unknown[bool]()
		}), []string{
			"No Workspace Proxies in This Tier | proxy_regions: proxy_regions is 1, and the tier 1k of edition 2026-01 runs no workspace proxies; they begin with the tier 2k. Leave proxy_regions out.",
		}},
		"beyond what the cloud sells": {on("aws", "2026-01", 12_000, nil), []string{
			"Load Beyond the Largest Tier | users: users is too large: the largest tier of edition 2026-01, 10k, covers 10000. Lower users to at most 10000.",
		}},
		"as far as the cloud sells": {on("gcp", "2024-03", 36_000, nil), []string{
			`Load Beyond the Largest Tier | users: users is too large: the largest tier of edition 2024-03, 3k, covers 3000. Lower users to at most 3000 or set beyond_range = "extrapolate" in the data source for an answer outside the validated range.`,
		}},
		"beyond what another cloud sells": {on("gcp", "2026-01", 50_000, nil), []string{
			`Load Beyond the Largest Tier | users: users is too large: the largest tier of edition 2026-01, 10k, covers 10000. Lower users to at most 10000 (15000 with beyond_range = "extrapolate" in the data source, outside the validated range).`,
		}},
		"beyond the edition, cloud unknown": {onGCP(func(r *Request) { r.Users, r.Cloud = Count(50_000), Unknown[string]() }), []string{
			`Load Beyond the Largest Tier | users: users is too large: the largest tier of edition 2024-03, 3k, covers 3000. Lower users to at most 3000 or set beyond_range = "extrapolate" in the data source for an answer outside the validated range.`,
		}},
		"next to nothing above a count": {onGCP(func(r *Request) { r.Users = Decimal("5.00000000000000000000001") }), []string{
			"Invalid Count | users: users is 5.00000000000000000000001. It must be a whole number from 1 to 1000000000.",
		}},
		"pod limit above GKE's": {onGCP(func(r *Request) { r.MaxPodsPerNode = Count(257) }), []string{
			"Invalid Pod Limit | max_pods_per_node: max_pods_per_node is 257. The pod limit of a node of t2d-standard-8 on GKE can be set from 8 to 256.",
		}},
		"pod limit above GKE's, users unknown": {onGCP(func(r *Request) { r.MaxPodsPerNode, r.Users = Count(257), Unknown[*big.Float]() }), []string{
			"Invalid Pod Limit | max_pods_per_node: max_pods_per_node is 257. The pod limit of a node of GKE can be set from 8 to 256.",
		}},
		"pod limit below GKE's": {onGCP(func(r *Request) { r.MaxPodsPerNode = Count(7) }), []string{
			"Invalid Pod Limit | max_pods_per_node: max_pods_per_node is 7. The pod limit of a node of t2d-standard-8 on GKE can be set from 8 to 256.",
		}},
		"pod limit of a small EKS node": {on("aws", "2024-03", 100, func(r *Request) { r.MaxPodsPerNode = Count(111) }), []string{
			"Invalid Pod Limit | max_pods_per_node: max_pods_per_node is 111. The pod limit of a node of t3.2xlarge on EKS can be set from 1 to 110.",
		}},
		"pod limit of any EKS node": {on("aws", "2026-01", 100, func(r *Request) { r.MaxPodsPerNode = Count(251) }), []string{
			"Invalid Pod Limit | max_pods_per_node: max_pods_per_node is 251. The pod limit of a node of EKS can be set from 1 to 250.",
		}},
		"pod limit below AKS'": {on("azure", "2024-03", 100, func(r *Request) { r.MaxPodsPerNode = Count(9) }), []string{
			"Invalid Pod Limit | max_pods_per_node: max_pods_per_node is 9. The pod limit of a node of Standard_D8s_v3 on AKS can be set from 10 to 250.",
		}},
		"pod limit that daemons fill": {on("aws", "2024-03", 100, func(r *Request) { r.MaxPodsPerNode = Count(3) }), []string{
			"Invalid Pod Limit | max_pods_per_node: max_pods_per_node is 3. Every node runs 3 pods beside the workspaces (node_overhead.pods): set it higher than that.",
		}},
		"pod limit that other daemons fill, cloud unknown": {onGCP(func(r *Request) {
			r.Cloud, r.MaxPodsPerNode, r.NodeOverhead = Unknown[string](), Count(20), NodeOverhead{Pods: Count(20)}
		}), []string{
			"Invalid Pod Limit | max_pods_per_node: max_pods_per_node is 20. Every node runs 20 pods beside the workspaces (node_overhead.pods): set it higher than that.",
		}},
		"measured above the machine": {onGCP(func(r *Request) { r.WorkspaceNodeAllocatable = MeasuredAllocatable{Count(8001), Count(32769)} }), []string{
			"Measured Node Larger Than Its Machine | workspace_node_allocatable.cpu_millicores: workspace_node_allocatable.cpu_millicores is 8001, and a t2d-standard-8 has 8000. Give what a node of this machine type reports as allocatable.",
			"Measured Node Larger Than Its Machine | workspace_node_allocatable.memory_mib: workspace_node_allocatable.memory_mib is 32769, and a t2d-standard-8 has 32768 MiB. Give what a node of this machine type reports as allocatable: its Ki divided by 1024, rounded down.",
		}},
		"measured without a type": {on("gcp", "2026-01", 100, func(r *Request) {
			r.WorkspaceNodeAllocatable = MeasuredAllocatable{MemoryMiB: Count(28_000)}
		}), []string{
			"Measured Node Without Machine Type | workspace_node_allocatable: workspace_node_allocatable describes a node of one machine type, and edition 2026-01 names none for workspaces. Set machine_types.workspace to the type of the measured node.",
		}},
		"requests where none are published": {on("gcp", "2026-01", 100, func(r *Request) { r.APIRPS = Count(100) }), []string{
			"No Request Limit in This Edition | api_rps: api_rps is 100, and edition 2026-01 publishes no limit of API requests. Leave api_rps out: users, concurrent_workspaces and concurrent_builds state the load.",
		}},
		"proxies where none are published": {on("gcp", "2025-04", 2000, func(r *Request) { r.ProxyRegions = Count(2) }), []string{
			`No Workspace Proxies in This Edition | proxy_regions: proxy_regions is 2, and edition 2025-04 publishes no workspace proxies. Leave proxy_regions out, or set edition = "2026-01".`,
		}},
		"proxies in a small tier": {on("gcp", "2026-01", 1000, func(r *Request) { r.ProxyRegions = Count(2) }), []string{
			"No Workspace Proxies in This Tier | proxy_regions: proxy_regions is 2, and the tier 1k of edition 2026-01 runs no workspace proxies; they begin with the tier 2k. Leave proxy_regions out.",
		}},
		"colocated beyond 100 users": {on("gcp", "2024-03", 101, func(r *Request) { r.ColocateProvisioners = Known(true) }), []string{
			"Too Large to Colocate Provisioners | colocate_provisioners: colocate_provisioners is true with more than 100 users. Provisioners may run inside coderd up to 100 users and 10 concurrent builds. Leave colocate_provisioners out, so that provisioners get nodes of their own.",
		}},
		"colocated beyond 10 builds": {on("gcp", "2026-01", 100, func(r *Request) { r.ColocateProvisioners, r.ConcurrentBuilds = Known(true), Count(11) }), []string{
			"Too Large to Colocate Provisioners | colocate_provisioners: colocate_provisioners is true with 11 concurrent builds. Provisioners may run inside coderd up to 100 users and 10 concurrent builds. Leave colocate_provisioners out, so that provisioners get nodes of their own.",
		}},
		"colocated in a larger tier": {on("gcp", "2024-03", 100, func(r *Request) { r.ColocateProvisioners, r.APIRPS = Known(true), Count(200) }), []string{
			"Too Large to Colocate Provisioners | colocate_provisioners: colocate_provisioners is true, and the load takes the tier 2k. Provisioners may run inside coderd in the tier 1k only. Leave colocate_provisioners out, so that provisioners get nodes of their own.",
		}},
		"beyond the edition": {on("aws", "2024-03", 3001, nil), []string{
			`Load Beyond the Largest Tier | users: users is too large: the largest tier of edition 2024-03, 3k, covers 3000. Lower users to at most 3000 or set edition = "2026-01" (its largest tier covers this load).`,
		}},
		"beyond every edition": {on("aws", "2025-04", 10_001, nil), []string{
			`Load Beyond the Largest Tier | users: users is too large: the largest tier of edition 2025-04, 3k, covers 3000. Lower users to at most 3000 or set beyond_range = "extrapolate" in the data source for an answer outside the validated range.`,
		}},
		"beyond by builds": {on("aws", "2024-03", 3001, func(r *Request) { r.ConcurrentBuilds = Count(300) }), []string{
			`Load Beyond the Largest Tier | concurrent_builds: concurrent_builds is 300, and the largest tier of edition 2024-03, 3k, covers 240. Lower concurrent_builds to at most 240 or set edition = "2026-01" (its largest tier covers this load).`,
		}},
		"beyond by equal parts": {on("gcp", "2026-01", 20_000, func(r *Request) { r.ConcurrentBuilds, r.ConcurrentWorkspaces = Count(1200), Count(12_000) }), []string{
			`Load Beyond the Largest Tier | users: users is too large: the largest tier of edition 2026-01, 10k, covers 10000. Lower users to at most 10000 (15000 with beyond_range = "extrapolate" in the data source, outside the validated range).`,
		}},
		"beyond by requests, which the next edition does not publish": {on("aws", "2024-03", 10, func(r *Request) { r.APIRPS = Count(551) }), []string{
			"Load Beyond the Largest Tier | api_rps: api_rps is 551, and the largest tier of edition 2024-03, 3k, covers 550. Lower api_rps to at most 550.",
		}},
		"a family that ends at once": {on("aws", "2024-03", 4000, func(r *Request) { r.BeyondRange = Known("extrapolate") }), []string{
			`Load Beyond the Largest Database | users: users is too large: the largest tier of edition 2024-03, 3k, covers 3000, which cannot be extrapolated on aws: aws sells no larger database of the family of db.t3.2xlarge. Lower users to at most 3000 or set edition = "2025-04", which answers this load.`,
		}},
		"as far as the next edition goes": {on("aws", "2024-03", 36_000, func(r *Request) { r.BeyondRange = Known("extrapolate") }), []string{
			`Load Beyond the Largest Database | users: users is too large: the largest tier of edition 2024-03, 3k, covers 3000, which cannot be extrapolated on aws: aws sells no larger database of the family of db.t3.2xlarge. Lower users to at most 3000 or set edition = "2025-04", which answers this load.`,
		}},
		"further than any edition goes": {on("aws", "2024-03", 36_001, func(r *Request) { r.BeyondRange = Known("extrapolate") }), []string{
			"Load Beyond the Largest Database | users: users is too large: the largest tier of edition 2024-03, 3k, covers 3000, which cannot be extrapolated on aws: aws sells no larger database of the family of db.t3.2xlarge. Lower users to at most 3000.",
		}},
		"a family that ends": {on("azure", "2025-04", 24_001, func(r *Request) { r.BeyondRange = Known("extrapolate") }), []string{
			"Load Beyond the Largest Database | users: users is too large: the largest tier of edition 2025-04, 3k, covers 3000, which can be extrapolated to 24000 on azure: azure sells no larger database of the family of Standard_D8s_v3. Lower users to at most 24000.",
		}},
		"a family that ends in 2026-01": {on("aws", "2026-01", 10_001, func(r *Request) { r.BeyondRange = Known("extrapolate") }), []string{
			"Load Beyond the Largest Database | users: users is too large: the largest tier of edition 2026-01, 10k, covers 10000, which cannot be extrapolated on aws: aws sells no larger database of the family of db.m8g.16xlarge. Lower users to at most 10000.",
		}},
		"requests beyond a family": {on("aws", "2024-03", 10, func(r *Request) { r.BeyondRange, r.APIRPS = Known("extrapolate"), Count(6601) }), []string{
			"Load Beyond the Largest Database | api_rps: api_rps is 6601, and the largest tier of edition 2024-03, 3k, covers 550, which cannot be extrapolated on aws: aws sells no larger database of the family of db.t3.2xlarge. Lower api_rps to at most 550.",
		}},
	} {
		t.Run(name, func(t *testing.T) { checkFaults(t, test.request, test.want) })
	}
}

// checkFaults holds what is told of a request against "title | path: detail" of
// each fault.
func checkFaults(t *testing.T, request Request, want []string) {
	t.Helper()
	if fleet, _ := Size(request); len(want) > 0 && fleet != nil {
		t.Errorf("a request at fault is answered: %+v", fleet)
	}
	var got []string
	for _, f := range Check(request) {
		got = append(got, f.Title+" | "+f.Error())
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// A limit is a limit: what stands just within it is answered.
func TestJustWithin(t *testing.T) {
	extrapolate := func(r *Request) { r.BeyondRange = Known("extrapolate") }
	for name, request := range map[string]Request{
		"an agent's memory":       onGCP(workspaceRequest(WorkspaceRequest{MemoryGiB: Decimal("0.125")})),
		"memory as calculated":    onGCP(workspaceRequest(WorkspaceRequest{MemoryGiB: Decimal("0.12499999999999999999")})),
		"a whole node":            onGCP(workspaceRequest(WorkspaceRequest{MemoryGiB: Decimal("27.29"), CPU: Decimal("7.669"), Volumes: Count(127)})),
		"GKE's most pods":         onGCP(func(r *Request) { r.MaxPodsPerNode = Count(256) }),
		"GKE's fewest pods":       onGCP(func(r *Request) { r.MaxPodsPerNode = Count(8) }),
		"AKS' most pods":          on("azure", "2024-03", 100, func(r *Request) { r.MaxPodsPerNode = Count(250) }),
		"AKS' fewest pods":        on("azure", "2024-03", 100, func(r *Request) { r.MaxPodsPerNode = Count(10) }),
		"EKS' most pods":          on("aws", "2024-03", 100, func(r *Request) { r.MaxPodsPerNode = Count(110) }),
		"EKS' fewest pods":        on("aws", "2024-03", 100, func(r *Request) { r.MaxPodsPerNode = Count(4) }),
		"all daemons but one pod": on("azure", "2024-03", 100, func(r *Request) { r.NodeOverhead = NodeOverhead{Pods: Count(109)} }),
		"a derived type's":        on("aws", "2026-01", 100, func(r *Request) { r.MaxPodsPerNode = Count(250) }),
		"measured":                onGCP(func(r *Request) { r.WorkspaceNodeAllocatable = MeasuredAllocatable{Count(8000), Count(32768)} }),
		"measured 2026-01": on("gcp", "2026-01", 100, func(r *Request) {
			r.WorkspaceNodeAllocatable = MeasuredAllocatable{MemoryMiB: Count(28_000)}
			r.MachineTypes = MachineTypes{Workspace: Known("n2-standard-8")}
		}),
		"colocated":  on("gcp", "2026-01", 100, func(r *Request) { r.ColocateProvisioners, r.ConcurrentBuilds = Known(true), Count(10) }),
		"no proxies": on("gcp", "2024-03", 100, func(r *Request) { r.ProxyRegions = Count(0) }),
		"proxies":    on("gcp", "2026-01", 1001, func(r *Request) { r.ProxyRegions = Count(1) }),
		"the largest tier": on("gcp", "2024-03", 3000, func(r *Request) {
			r.APIRPS, r.ConcurrentBuilds, r.ConcurrentWorkspaces = Count(550), Count(240), Count(3072)
		}),
		"Cloud SQL's largest": on("gcp", "2024-03", 36_000, extrapolate),
		"Azure's largest":     on("azure", "2024-03", 24_000, extrapolate),
		"RDS' largest":        on("aws", "2025-04", 36_000, extrapolate),
		"a tiny request":      onGCP(workspaceRequest(WorkspaceRequest{CPU: Decimal("1e-1000000")})),
		"a colocated provisioner's machine too small": on("aws", "2024-03", 50, func(r *Request) {
			r.ColocateProvisioners, r.MachineTypes = Known(true), MachineTypes{Provisioner: Known("t3.nano")}
		}),
	} {
		t.Run(name, func(t *testing.T) {
			mustSize(t, request)
		})
	}
}

func TestNothingIsAnsweredFromUnknowns(t *testing.T) {
	fleet, faults := Size(Request{Users: Unknown[*big.Float](), Cloud: Known("gcp")})
	if fleet != nil || len(faults) != 1 || faults[0].Title != "Unknown Argument" {
		t.Errorf("got %v %v", fleet, faults)
	}
	if faults := Check(Request{Users: Unknown[*big.Float](), Cloud: Known("gcp")}); len(faults) > 0 {
		t.Errorf("got %v", faults)
	}
}

// The largest amount is an amount: what is wrong with it is that no node has it.
func TestTheLargestAmount(t *testing.T) {
	_, faults := Size(onGCP(workspaceRequest(WorkspaceRequest{CPU: Count(maxCount), MemoryGiB: Count(maxCount)})))
	if len(faults) != 1 || faults[0].Title != "Workspace Fits No Node" {
		t.Errorf("got %v", faults)
	}
}
