// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// Kinds of workspaces whose keys are the variable's own are known while the
// users are not: for_each over them plans, and the apply answers.
func TestAccKindsDeferred(t *testing.T) {
	accept(t, withTerraformData, resource.TestStep{
		Config: `
variable "kinds" {
  default = {
    large = { percent = 20, requests = { cpu = 2, memory_gib = 8 }, limits = { cpu = 8, memory_gib = 16 }, machine_type = "n2-standard-16" }
    gpu   = { workspaces = 20, requests = { cpu = 3, memory_gib = 12, gpus = 1 }, machine_type = "g2-standard-4" }
  }
}
resource "terraform_data" "users" {
  input = 1000
}
data "refarch_sizing" "this" {
  users            = terraform_data.users.output
  cloud            = "gcp"
  edition          = "2025-04"
  packing          = "schedulable"
  zones            = 3
  workspace_limits = { cpu = 2, memory_gib = 4 }
  workspace_kinds  = var.kinds
}
resource "terraform_data" "pool" {
  for_each = var.kinds
  input    = data.refarch_sizing.this.workspace_pools[each.key].node_count
}
output "nodes" {
  value = { for kind, pool in terraform_data.pool : kind => pool.output }
}
output "overcommit" {
  value = data.refarch_sizing.this.workspace_pools["large"].overcommit.cpu
}
output "quota" {
  value = data.refarch_sizing.this.resource_quota
}`,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectResourceAction(`terraform_data.pool["gpu"]`, plancheck.ResourceActionCreate),
			plancheck.ExpectUnknownValue("data.refarch_sizing.this", tfjsonpath.New("workspace_pools")),
			plancheck.ExpectUnknownValue("data.refarch_sizing.this", tfjsonpath.New("compute_quotas")),
			plancheck.ExpectUnknownOutputValue("quota"),
		}},
		ConfigStateChecks: []statecheck.StateCheck{
			output("nodes", knownvalue.MapExact(map[string]knownvalue.Check{"large": knownvalue.Int64Exact(28), "gpu": knownvalue.Int64Exact(20)})),
			output("overcommit", knownvalue.Float64Exact(3.58)),
			output("quota", knownvalue.MapExact(map[string]knownvalue.Check{
				"requests.cpu": knownvalue.StringExact("844000m"), "requests.memory": knownvalue.StringExact("3457024Mi"),
				"pods": knownvalue.StringExact("1000"), "requests.nvidia.com/gpu": knownvalue.StringExact("20"),
			})),
		},
	}, resource.TestStep{Config: `output "nothing" { value = "" }`}) // the closing destroy reads no for_each
}

// One part of one kind may be unknown, and so may a stated machine's.
func TestAccKindsPartlyUnknown(t *testing.T) {
	accept(t, withTerraformData, resource.TestStep{
		Config: `
resource "terraform_data" "figure" {
  input = 8
}
data "refarch_sizing" "this" {
  users           = 1000
  cloud           = "aws"
  machine_specs   = { "m99.2xlarge" = { vcpu = 8, memory_gib = terraform_data.figure.output * 4 } }
  workspace_kinds = {
    large = { percent = 50, requests = { cpu = 2, memory_gib = terraform_data.figure.output }, machine_type = "m99.2xlarge" }
    small = { percent = 50, requests = { cpu = 0.5, memory_gib = 2 } }
  }
}
output "machine" {
  value = data.refarch_sizing.this.workspace_pools["large"].machine_type
}`,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectUnknownValue("data.refarch_sizing.this", tfjsonpath.New("workspace_pools")),
		}},
		ConfigStateChecks: []statecheck.StateCheck{output("machine", knownvalue.StringExact("m99.2xlarge"))},
	}, resource.TestStep{Config: `output "nothing" { value = "" }`})
}

// What reads back may differ from what is given, and is the same in every plan.
func TestAccReadsBack(t *testing.T) {
	config := `
data "refarch_sizing" "this" {
  users             = 100
  cloud             = "aws"
  edition           = "2026-01"
  max_pods_per_node = 200
  workspace_kinds   = {}
}
output "pod_limit" {
  value = data.refarch_sizing.this.max_pods_per_node
}
output "provisioners" {
  value = data.refarch_sizing.this.colocate_provisioners ? 0 : 1
}
output "answer" {
  value = data.refarch_sizing.this
}`
	accept(t, anyTerraform, resource.TestStep{
		Config: config,
		ConfigStateChecks: []statecheck.StateCheck{
			output("pod_limit", knownvalue.Int64Exact(110)), output("provisioners", knownvalue.Int64Exact(1)),
		},
	}, resource.TestStep{
		Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
	})
}

// What a fleet carries, of sizes that are known, and of one that an apply tells.
func TestAccCapacity(t *testing.T) {
	accept(t, withTerraformData, resource.TestStep{
		Config: `
resource "terraform_data" "nodes" {
  input = 64
}
data "refarch_capacity" "now" {
  cloud       = "gcp"
  packing     = "schedulable"
  workspace   = { machine_type = "t2d-standard-8", node_count = 64 }
  provisioner = { machine_type = "t2d-standard-8", node_count = 2 }
}
data "refarch_capacity" "then" {
  cloud     = "gcp"
  workspace = { machine_type = "t2d-standard-8", node_count = terraform_data.nodes.output }
}
output "now" {
  value = data.refarch_capacity.now.users
}
output "next" {
  value = data.refarch_capacity.now.next.needs
}
output "then" {
  value = data.refarch_capacity.then.users
}
output "summary" {
  value = data.refarch_capacity.now.summary
}`,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectKnownOutputValue("now", knownvalue.Int64Exact(812)),
			plancheck.ExpectUnknownOutputValue("then"),
		}},
		ConfigStateChecks: []statecheck.StateCheck{
			output("then", knownvalue.Int64Exact(1000)),
			output("next", knownvalue.StringExact("workspace: 65 nodes of t2d-standard-8, you have 64")),
		},
	})
}

func TestAccMachineTypeAlternatives(t *testing.T) {
	accept(t, withFunctions, resource.TestStep{
		Config: `
output "has" {
  value = contains(provider::refarch::machine_type_alternatives("aws", "m5.2xlarge", 500, 2048), "m6i.2xlarge")
}
output "none" {
  value = provider::refarch::machine_type_alternatives("gcp", "a2-megagpu-16g", 500, 2048, null)
}`,
		ConfigStateChecks: []statecheck.StateCheck{
			output("has", knownvalue.Bool(true)), output("none", knownvalue.ListExact([]knownvalue.Check{})),
		},
	})
}
