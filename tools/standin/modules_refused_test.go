// SPDX-License-Identifier: MPL-2.0

package standin_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// A stand-in that accepted anything would prove nothing. Terraform and OpenTofu word
// the end of a wrong type each in its own way.
func TestAccModulesRefuseWhatTheSchemasDo(t *testing.T) {
	t.Parallel()
	for folder, test := range map[string]struct {
		file, from, to, want string
		variables            config.Variables
	}{
		"gke": {"modules/gke/node_pools.tf", "  max_pods_per_node  = local", "  max_pods_per_nodes = local", `An argument named "max_pods_per_nodes" is not expected here. Did you mean "max_pods_per_node"?`, config.Variables{"project": config.StringVariable("example")}},
		"eks": {"modules/eks/node_pools.tf", "instance_types = [local.pools[each.key].machine_type]", "instance_types = local.pools[each.key].machine_type", `Inappropriate value for attribute "instance_types": list of string required`, nil},
		"aks": {"modules/aks/node_pools.tf", "max_pods = var.sizing.coderd.max_pods_per_node", "max_pods = [var.sizing.coderd.max_pods_per_node]", `Inappropriate value for attribute "max_pods": number required`, nil},
	} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{{
				ProtoV6ProviderFactories: factories(),
				ConfigDirectory:          config.StaticDirectory(exampleRoot(t, folder, edit{test.file, test.from, test.to})),
				ConfigVariables: with(test.variables, config.Variables{
					"users": config.IntegerVariable(100), "api_access_cidrs": config.ListVariable(config.StringVariable("203.0.113.7/32")),
				}),
				ExpectError: inAnyWrapping(test.want),
			}}})
		})
	}
}

// A sensitive value in an output that is not marked is refused by Terraform.
func TestAccModuleOutputsAreMarked(t *testing.T) {
	t.Parallel()
	folder := exampleRoot(t, "gke", edit{"gke/outputs.tf", "  sensitive   = true\n", ""})
	resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{{
		ProtoV6ProviderFactories: factories(),
		ConfigDirectory:          config.StaticDirectory(folder),
		ConfigVariables: config.Variables{
			"project": config.StringVariable("example"), "users": config.IntegerVariable(100),
			"api_access_cidrs": config.ListVariable(config.StringVariable("203.0.113.7/32")),
		},
		ExpectError: inAnyWrapping("Output refers to sensitive values"),
	}}})
}

// What the provider refuses, and what the modules do, is told before any resource
// is planned.
func TestAccModulesRefuseBadInput(t *testing.T) {
	t.Parallel()
	const beyond = "users is too large: the largest tier of edition 2026-01, 10k, covers 10000. Lower users to at most 10000"
	base := config.Variables{"api_access_cidrs": config.ListVariable(config.StringVariable("203.0.113.7/32"))}
	onGoogle := with(base, config.Variables{"project": config.StringVariable("example")})
	largeWorkspaces := config.Variables{
		"users": config.IntegerVariable(3000),
		"workspace_request": config.ObjectVariable(map[string]config.Variable{
			"cpu": config.IntegerVariable(4), "memory_gib": config.IntegerVariable(8),
		}),
	}
	for name, test := range map[string]struct {
		folder    string
		variables config.Variables
		want      string
	}{
		"gke, users beyond the edition": {"gke", with(onGoogle, integers(map[string]int{"users": 10_001})), beyond + ` or set beyond_range = "extrapolate" in the data source for an answer outside the validated range.`},
		"eks, users beyond the edition": {"eks", with(base, integers(map[string]int{"users": 10_001})), beyond + "."},
		"aks, users beyond the edition": {"aks", with(base, integers(map[string]int{"users": 10_001})), beyond + ` or set beyond_range = "extrapolate" in the data source for an answer outside the validated range.`},
		"an unknown edition": {"gke", with(onGoogle, config.Variables{"users": config.IntegerVariable(10), "edition": config.StringVariable("2031-01")}),
			`edition is "2031-01". It must be "2024-03", "2025-04" or "2026-01".`},
		"gke, a region of three zones": {"gke", with(onGoogle, integers(map[string]int{"users": 10, "zones": 4})), "There are 3 zones in us-central1 to choose from: zone-a, zone-b, zone-c."},
		"aks, fewer zones than asked for": {"aks", with(base, config.Variables{
			"users": config.IntegerVariable(10), "zones": config.IntegerVariable(3),
			"availability_zones": config.ListVariable(config.StringVariable("1"), config.StringVariable("2")),
		}), "availability_zones names 2 zones of eastus2: fewer than zones."},
		"eks, fewer zones than asked for": {"eks", with(base, config.Variables{
			"users": config.IntegerVariable(10), "zones": config.IntegerVariable(3),
			"zone_names": config.ListVariable(config.StringVariable("zone-a"), config.StringVariable("zone-b")),
		}), "There are 2 zones in us-east-1 to choose from (zone-a, zone-b): it takes two at least, and as many as zones."},
		"gke, a public load balancer without TLS": {"gke", with(onGoogle, config.Variables{
			"users": config.IntegerVariable(10), "internal_load_balancer": config.BoolVariable(false),
		}), "A public load balancer takes tls_secret_name: without it, passwords travel in plain text, and whoever comes first is the owner. Apply once with an internal one, add the Secret and the first user, then make it public."},
		"aks, the whole internet by another name": {"aks", config.Variables{
			"users": config.IntegerVariable(10), "api_access_cidrs": config.ListVariable(config.StringVariable("203.0.113.7/0")),
		}, "api_access_cidrs is not the whole internet, nor a good part of it: no block is larger than a /8."},
		"eks, a version of PostgreSQL that is none": {"eks", with(base, config.Variables{
			"users": config.IntegerVariable(10), "postgres_version": config.FloatVariable(17.5),
		}), "postgres_version is a major version, such as 17; Coder needs 13 at least."},
		"aks, a block without a mask": {"aks", config.Variables{
			"users": config.IntegerVariable(10), "api_access_cidrs": config.ListVariable(config.StringVariable("203.0.113.7")),
		}, `api_access_cidrs names at least one block, with its mask: ["203.0.113.7/32"].`},
		"aks, a version of Kubernetes without quotes": {"aks", with(base, config.Variables{
			"users": config.IntegerVariable(10), "kubernetes_version": config.FloatVariable(1.30),
		}), `kubernetes_version is 1.3: a version such as "1.33", in quotes. Without them 1.30 is the number 1.3.`},
		"gke, more nodes than a pool takes in a zone": {"gke", with(onGoogle, largeWorkspaces),
			"A node pool takes at most 1,000 nodes on gcp, and at their largest these have more in each zone: workspace 3,000. Spread them over more `zones` with a pool for each, make several pools of them or take larger machines (`machine_types.workspace`)."},
		"aks, more nodes than a pool takes": {"aks", with(base, largeWorkspaces),
			"A node pool takes at most 1,000 nodes on azure, and at their largest these have more in each zone: workspace 3,000. Spread them over more `zones` with a pool for each, make several pools of them or take larger machines (`machine_types.workspace`)."},
		"gke, an older chart without a surge node": {"gke", with(onGoogle, integers(map[string]int{"users": 1000, "coderd_surge_nodes": 0})),
			"coderd_surge_nodes is 0, and 2.35.1 is a chart before 2.38: it does not know coder.strategy, so an upgrade of 3 coderd waits for a pod more, which no node has room for. Leave coderd_surge_nodes out, set it to 1, or take a chart from 2.38 on."},
		"eks, more nodes than a group takes": {"eks", with(base, integers(map[string]int{"users": 10_000})), "A node group would have up to 715 nodes, and AWS allows 450 (max_nodes_per_group). Set zones to more, or ask AWS for a higher quota first."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{{
				ProtoV6ProviderFactories: factories(),
				ConfigDirectory:          config.StaticDirectory(exampleRoot(t, test.folder)),
				ConfigVariables:          test.variables,
				ExpectError:              inAnyWrapping(test.want),
			}}})
		})
	}
}
