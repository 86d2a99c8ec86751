// SPDX-License-Identifier: MPL-2.0

package standin_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// What surrounds a fleet: the ranges of addresses and the quotas that a module is given.

func texts(named map[string]string) config.Variables {
	variables := config.Variables{}
	for name, text := range named {
		variables[name] = config.StringVariable(text)
	}
	return variables
}

// surrounded is what a root of examples/ always needs, with users and zones.
func surrounded(folder string, users, zones int) config.Variables {
	variables := with(integers(map[string]int{"users": users, "zones": zones}), config.Variables{
		"api_access_cidrs": config.ListVariable(config.StringVariable("203.0.113.7/32")),
	})
	if folder == "gke" {
		variables["project"] = config.StringVariable("example")
	}
	return variables
}

func quotas(named map[string]int) config.Variables {
	values := map[string]config.Variable{}
	for name, n := range named {
		values[name] = config.IntegerVariable(n)
	}
	return config.Variables{"compute_quotas": config.MapVariable(values)}
}

func workspacesOn(machineType string) config.Variables {
	return config.Variables{"machine_types": object(map[string]config.Variable{"workspace": config.StringVariable(machineType)})}
}

// A range that is too small would be noticed when the fleet has grown, one that
// overlaps another or is none at apply.
func TestAccModulesRefuseTheirSurroundings(t *testing.T) {
	t.Parallel()
	const forGood = " Addresses cannot be changed later without making the cluster anew."
	for name, test := range map[string]struct {
		folder       string
		users, zones int
		more         config.Variables
		want         string
	}{
		"aks, 1,000 users on a /22": {"aks", 1000, 1, texts(map[string]string{"pod_cidr": "10.240.100.0/22"}),
			"pod_cidr is 10.240.100.0/22, too small for 110 nodes: it takes a /17 at least, such as 10.240.0.0/17." + forGood},
		"aks, 2,000 users on a /17": {"aks", 2000, 1, texts(map[string]string{"pod_cidr": "10.64.0.0/17"}),
			"pod_cidr is 10.64.0.0/17, too small for 190 nodes: it takes a /16 at least, such as 10.64.0.0/16." + forGood},
		"aks, nodes in half of a /25": {"aks", 1000, 1, texts(map[string]string{"network_cidr": "10.0.0.0/25"}),
			"network_cidr is 10.0.0.0/25, too small for 110 nodes: it takes a /24 at least, such as 10.0.0.0/24." + forGood},
		"gke, 3,000 users in three zones on a /16": {"gke", 3000, 3, texts(map[string]string{"pod_cidr": "10.64.0.0/16"}),
			"pod_cidr is 10.64.0.0/16, too small for 292 nodes: it takes a /15 at least, such as 10.64.0.0/15." + forGood},
		"gke, a /28 of nodes": {"gke", 1000, 1, texts(map[string]string{"node_cidr": "10.0.0.0/28"}),
			"node_cidr is 10.0.0.0/28, too small for 114 nodes: it takes a /25 at least, such as 10.0.0.0/25." + forGood},
		"gke, a /24 of pods": {"gke", 5, 1, texts(map[string]string{"pod_cidr": "10.64.0.0/24"}),
			"pod_cidr is 10.64.0.0/24, too small for 38 nodes: it takes a /18 at least, such as 10.64.0.0/18." + forGood},
		"eks, 10,000 users in one zone on a /18": {"eks", 10_000, 1, with(texts(map[string]string{"vpc_cidr": "10.0.0.0/16"}), integers(map[string]int{"max_nodes_per_group": 1000})),
			"vpc_cidr is 10.0.0.0/16, too small for 838 nodes: it takes a /14 at least, such as 10.0.0.0/14." + forGood},
		"gke, nodes among pods":     {"gke", 10, 1, texts(map[string]string{"node_cidr": "10.64.0.0/20"}), "node_cidr, 10.64.0.0/20, and pod_cidr, 10.64.0.0/13, overlap."},
		"gke, nodes among Services": {"gke", 10, 1, texts(map[string]string{"node_cidr": "10.80.8.0/24"}), "node_cidr, 10.80.8.0/24, and service_cidr, 10.80.0.0/20, overlap."},
		"gke, Services among pods":  {"gke", 10, 1, texts(map[string]string{"service_cidr": "10.71.0.0/20"}), "pod_cidr, 10.64.0.0/13, and service_cidr, 10.71.0.0/20, overlap."},
		"aks, nodes among pods":     {"aks", 10, 1, texts(map[string]string{"network_cidr": "10.64.0.0/16"}), "network_cidr, 10.64.0.0/16, and pod_cidr, 10.64.0.0/13, overlap."},
		"aks, Services in the network": {"aks", 10, 1, texts(map[string]string{"service_cidr": "10.0.128.0/20"}),
			"network_cidr, 10.0.0.0/16, and service_cidr, 10.0.128.0/20, overlap."},
		"aks, Services among pods":     {"aks", 10, 1, texts(map[string]string{"service_cidr": "10.64.0.0/16"}), "pod_cidr, 10.64.0.0/13, and service_cidr, 10.64.0.0/16, overlap."},
		"eks, Services in the network": {"eks", 10, 1, texts(map[string]string{"vpc_cidr": "172.20.0.0/16"}), "service_cidr, 172.20.0.0/16, and vpc_cidr, 172.20.0.0/16, overlap."},
		"gke, IPv6":                    {"gke", 10, 1, texts(map[string]string{"pod_cidr": "fd00::/48"}), "pod_cidr is fd00::/48, IPv6, which is not modelled: it takes IPv4."},
		"aks, a block without a mask":  {"aks", 10, 1, texts(map[string]string{"pod_cidr": "10.64.0.0"}), "pod_cidr is 10.64.0.0: it takes an address with its mask, such as 10.0.0.0/20."},
		"gke, an address in a block":   {"gke", 10, 1, texts(map[string]string{"node_cidr": "10.0.0.1/20"}), "node_cidr is 10.0.0.1/20: the block of this address is 10.0.0.0/20."},
		"eks, a VPC larger than AWS makes": {"eks", 10, 1, texts(map[string]string{"vpc_cidr": "10.0.0.0/12"}),
			"vpc_cidr is 10.0.0.0/12: it is a /14, which makes four blocks of AWS's, to a /20, whose public subnets are the smallest that there are."},
		"eks, a quota too small": {"eks", 1000, 1, quotas(map[string]int{"L-1216C47A": 659}),
			"compute_quotas is too little: L-1216C47A is 659, and the fleet at its largest takes 660 vCPU. Have it raised first: an autoscaler that hits it leaves workspaces pending."},
		"aks, a quota of 0": {"aks", 1000, 1, quotas(map[string]int{"Standard DSv5 Family": 0}),
			"compute_quotas is too little: Standard DSv5 Family is 0, and the fleet at its largest takes 660 vCPU. Have it raised first: an autoscaler that hits it leaves workspaces pending."},
		"gke, a quota of other machines": {"gke", 1000, 1, quotas(map[string]int{"T2D_CPUS": 1000}),
			"compute_quotas names T2D_CPUS, and this fleet counts against CPUS_ALL_REGIONS, CPUS_PER_VM_FAMILY/N4."},
		"gke, a machine type that a zone lacks": {"gke", 1000, 2, workspacesOn("n2-standard-8"),
			"zone-b has no n2-standard-8 for the pool workspace. All zones have c2-standard-8, c2d-standard-8, c3-standard-8, c3-standard-8-lssd, c3d-standard-8, c3d-standard-8-lssd, e2-standard-8, n2d-standard-8, t2d-standard-8, on which the counts hold."},
		"eks, a machine type that a zone lacks": {"eks", 1000, 2, workspacesOn("m5.2xlarge"),
			"zone-b has no m5.2xlarge for the pool workspace. All zones have m4.2xlarge, m5a.2xlarge, m5n.2xlarge, m5zn.2xlarge, m6a.2xlarge, m6i.2xlarge, m6in.2xlarge, m7a.2xlarge, m7i-flex.2xlarge, m7i.2xlarge, m8a.2xlarge, m8i-flex.2xlarge, m8i.2xlarge, m8ib.2xlarge, m8id.2xlarge, m8idb.2xlarge, m8idn.2xlarge, m8in.2xlarge, m8ine.2xlarge, on which the counts hold."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{{
				ProtoV6ProviderFactories: factories(),
				ConfigDirectory:          config.StaticDirectory(exampleRoot(t, test.folder)),
				ConfigVariables:          with(surrounded(test.folder, test.users, test.zones), test.more),
				ExpectError:              inAnyWrapping(test.want),
			}}})
		})
	}
}

// The prefixes that the sizing answers are large enough, and so are the modules'
// own ranges for the largest tier.
func TestAccModulesTakeTheirSurroundings(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		folder       string
		users, zones int
		more         config.Variables
	}{
		"gke, the largest tier":                {"gke", 10_000, 1, nil},
		"gke, the largest tier in three zones": {"gke", 10_000, 3, nil},
		"eks, the largest tier":                {"eks", 10_000, 1, integers(map[string]int{"max_nodes_per_group": 1000})},
		"eks, the largest tier in three zones": {"eks", 10_000, 3, nil},
		"aks, the largest tier":                {"aks", 10_000, 1, nil},
		"aks, the largest tier in three zones": {"aks", 10_000, 3, nil},
		"gke, as answered":                     {"gke", 3000, 3, texts(map[string]string{"node_cidr": "10.0.0.0/23", "pod_cidr": "10.64.0.0/15"})},
		"aks, as answered":                     {"aks", 1000, 1, texts(map[string]string{"network_cidr": "10.0.0.0/24", "pod_cidr": "10.240.0.0/17"})},
		"eks, as answered":                     {"eks", 3000, 3, texts(map[string]string{"vpc_cidr": "10.0.0.0/16"})},
		"aks, quotas that carry it":            {"aks", 1000, 1, quotas(map[string]int{"Standard DSv5 Family": 660, "cores": 660})},
		"eks, a quota that carries it":         {"eks", 1000, 1, quotas(map[string]int{"L-1216C47A": 660})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{{
				ProtoV6ProviderFactories: factories(),
				ConfigDirectory:          config.StaticDirectory(exampleRoot(t, test.folder)),
				ConfigVariables:          with(surrounded(test.folder, test.users, test.zones), test.more),
				PlanOnly:                 true,
				ExpectNonEmptyPlan:       true,
			}}})
		})
	}
}
