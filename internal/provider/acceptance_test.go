// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

// The acceptance tests run Terraform itself, with TF_ACC=1: what only it can
// show, such as what a user reads, what is deferred, what for_each takes.
// TF_ACC_TERRAFORM_PATH chooses another Terraform or an OpenTofu.

var alone = map[string]func() (tfprotov6.ProviderServer, error){
	"refarch": func() (tfprotov6.ProviderServer, error) { return NewServer("test")(), nil },
}

// whole matches texts, each as a whole and one after the other, however
// Terraform breaks its lines and whatever it puts between them.
func whole(texts ...string) *regexp.Regexp {
	patterns := make([]string, len(texts))
	for i, text := range texts {
		words := strings.Fields(text)
		for j, word := range words {
			words[j] = regexp.QuoteMeta(word)
		}
		patterns[i] = `^[│\s]*` + strings.Join(words, `[│\s]+`) + `[│\s]*$`
	}
	return regexp.MustCompile(`(?m)` + strings.Join(patterns, `(?s:.*)`))
}

func TestWhole(t *testing.T) {
	told := "╷\n│ Error: Invalid Count\n│ \n│ users is 0. It must be\n│ a whole number.\n╵"
	for text, want := range map[string]bool{
		"Error: Invalid Count":                    true,
		"users is 0. It must be a whole number.":  true,
		"users is 0. It must be a whole":          false,
		"is 0. It must be a whole number.":        false,
		"users is 00 It must be a whole number.":  false,
		"users is 0. It must be a whole number.x": false,
	} {
		if got := whole(text).MatchString(told); got != want {
			t.Errorf("%q: got %t", text, got)
		}
	}
	if !whole("Error: Invalid Count", "users is 0. It must be a whole number.").MatchString(told) {
		t.Error("two texts in their order do not match")
	}
	if whole("users is 0. It must be a whole number.", "Error: Invalid Count").MatchString(told) {
		t.Error("two texts in another order match")
	}
}

// What a test needs of Terraform beside the provider.
var (
	anyTerraform      = tfversion.Version1_0_0
	withTerraformData = tfversion.Version1_4_0
	withFunctions     = tfversion.Version1_8_0
)

// accept runs the steps of a test, from a version of Terraform on.
func accept(t *testing.T, since *version.Version, steps ...resource.TestStep) {
	t.Helper()
	// A CLI configuration of the machine's has no say: neither its mirrors and
	// overrides, nor a warning that it does not exist.
	t.Setenv("TF_CLI_CONFIG_FILE", os.DevNull)
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(since)},
		ProtoV6ProviderFactories: alone,
		Steps:                    steps,
	})
}

func output(name string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownOutputValue(name, value)
}

// Before 1.2.7 Terraform does not see into the attributes of a data source but
// through a local value, hence "local" here and below.
func TestAccSizing(t *testing.T) {
	accept(t, anyTerraform, resource.TestStep{
		Config: `
data "refarch_sizing" "this" {
  users = 1000
  cloud = "gcp"
}
locals {
  sizing = data.refarch_sizing.this
}
output "answer" {
  value = data.refarch_sizing.this.workspace
}
output "memory_is_the_decimal" {
  value = local.sizing.totals.memory_gib == 2119.5
}
output "notes" {
  value = length(local.sizing.tier.notes) > 0
}
output "warnings" {
  value = data.refarch_sizing.this.warnings[*].code
}`,
		ConfigStateChecks: []statecheck.StateCheck{
			output("answer", knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"machine_type": knownvalue.StringExact("t2d-standard-8"), "node_count": knownvalue.Int64Exact(64),
				"pods_per_node": knownvalue.Int64Exact(16), "memory_gib": knownvalue.Float64Exact(32), "burstable": knownvalue.Bool(false),
			})),
			output("memory_is_the_decimal", knownvalue.Bool(true)),
			output("notes", knownvalue.Bool(true)),
			output("warnings", knownvalue.ListExact([]knownvalue.Check{
				knownvalue.StringExact("unschedulable_packing"), knownvalue.StringExact("newer_edition"),
			})),
			statecheck.ExpectKnownValue("data.refarch_sizing.this", tfjsonpath.New("edition"), knownvalue.StringExact("2024-03")),
			statecheck.ExpectKnownValue("data.refarch_sizing.this", tfjsonpath.New("workspace_request"), knownvalue.Null()),
		},
	})
}

// The same configuration plans no change the second time, fractions included.
func TestAccSizingIsStable(t *testing.T) {
	config := `
data "refarch_sizing" "this" {
  users             = 777
  cloud             = "aws"
  zones             = 3
  workspace_request = { cpu = 0.3, memory_gib = 2.7 }
  machine_types     = { coderd = "m7i.large" }
  node_overhead     = { memory_mib = 333 }
}
output "answer" {
  value = data.refarch_sizing.this
}`
	accept(t, anyTerraform, resource.TestStep{Config: config}, resource.TestStep{
		Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
	})
}

// Users that a resource of the same apply tells: the read waits, for_each over
// static keys plans, and the apply answers.
func TestAccSizingDeferred(t *testing.T) {
	accept(t, withFunctions, resource.TestStep{
		Config: `
resource "terraform_data" "users" {
  input = 500
}
data "refarch_sizing" "this" {
  users = terraform_data.users.output
  cloud = "azure"
}
resource "terraform_data" "pool" {
  for_each = toset(["coderd", "provisioner", "workspace"])
  input    = data.refarch_sizing.this[each.key].node_count
}
output "nodes" {
  value = { for role, pool in terraform_data.pool : role => pool.output }
}
output "function" {
  value = provider::refarch::sizing(terraform_data.users.output, "azure").workspace.node_count
}`,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectResourceAction("data.refarch_sizing.this", plancheck.ResourceActionRead),
			plancheck.ExpectUnknownValue("data.refarch_sizing.this", tfjsonpath.New("workspace")),
			plancheck.ExpectUnknownValue("data.refarch_sizing.this", tfjsonpath.New("edition")),
			plancheck.ExpectUnknownOutputValue("function"),
		}},
		ConfigStateChecks: []statecheck.StateCheck{
			output("nodes", knownvalue.MapExact(map[string]knownvalue.Check{
				"coderd": knownvalue.Int64Exact(1), "provisioner": knownvalue.Int64Exact(2), "workspace": knownvalue.Int64Exact(32),
			})),
			output("function", knownvalue.Int64Exact(32)),
		},
	}, resource.TestStep{Config: `output "nothing" { value = "" }`}) // the closing destroy reads no for_each
}

// depends_on defers the data source, and not the function.
func TestAccSizingDependsOn(t *testing.T) {
	accept(t, withFunctions, resource.TestStep{
		Config: `
resource "terraform_data" "first" {}
data "refarch_sizing" "this" {
  users      = 500
  cloud      = "gcp"
  depends_on = [terraform_data.first]
}
output "data_source" {
  value = data.refarch_sizing.this.workspace.node_count
}
output "function" {
  value      = provider::refarch::sizing(500, "gcp").workspace.node_count
  depends_on = [terraform_data.first]
}`,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectUnknownOutputValue("data_source"),
			plancheck.ExpectKnownOutputValue("function", knownvalue.Int64Exact(32)),
		}},
		ConfigStateChecks: []statecheck.StateCheck{output("data_source", knownvalue.Int64Exact(32))},
	})
}

// Part of an object argument may be unknown too.
func TestAccSizingPartlyUnknown(t *testing.T) {
	accept(t, withTerraformData, resource.TestStep{
		Config: `
resource "terraform_data" "memory" {
  input = 4
}
data "refarch_sizing" "this" {
  users             = 1000
  cloud             = "gcp"
  workspace_request = { memory_gib = terraform_data.memory.output }
}
output "each" {
  value = data.refarch_sizing.this.workspace.pods_per_node
}`,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectUnknownValue("data.refarch_sizing.this", tfjsonpath.New("workspace")),
		}},
		ConfigStateChecks: []statecheck.StateCheck{output("each", knownvalue.Int64Exact(8))},
	})
}

// Extrapolation is data that a check can read.
func TestAccSizingExtrapolates(t *testing.T) {
	accept(t, anyTerraform, resource.TestStep{
		Config: `
data "refarch_sizing" "this" {
  users        = 6000
  cloud        = "gcp"
  beyond_range = "extrapolate"
}
locals {
  sizing = data.refarch_sizing.this
}
output "validated" {
  value = data.refarch_sizing.this.in_validated_range
}
output "first" {
  value = local.sizing.warnings[0].code
}`,
		ConfigStateChecks: []statecheck.StateCheck{
			output("validated", knownvalue.Bool(false)),
			output("first", knownvalue.StringExact("beyond_validated_range")),
		},
	})
}

func TestAccEditions(t *testing.T) {
	accept(t, anyTerraform, resource.TestStep{
		Config: `
data "refarch_editions" "all" {}
data "refarch_editions" "mine" {
  coder_version = "v2.24.1"
}
data "refarch_sizing" "this" {
  users   = 1000
  cloud   = "aws"
  edition = data.refarch_editions.mine.matching_edition
}
locals {
  editions = data.refarch_editions.all.editions
  sizing   = data.refarch_sizing.this
}
output "ids" {
  value = data.refarch_editions.all.editions[*].id
}
output "none_matches" {
  value = data.refarch_editions.all.matching_edition == null
}
output "machine" {
  value = local.sizing.workspace.machine_type
}
output "published" {
  value = local.editions[1].tiers[0].workspace.machine_types.aws
}`,
		ConfigStateChecks: []statecheck.StateCheck{
			output("ids", knownvalue.ListPartial(map[int]knownvalue.Check{
				0: knownvalue.StringExact("2024-03"), 1: knownvalue.StringExact("2025-04"), 2: knownvalue.StringExact("2026-01"),
			})),
			output("none_matches", knownvalue.Bool(true)),
			output("machine", knownvalue.StringExact("m5.2xlarge")),
			output("published", knownvalue.StringExact("m5.2xlarge")),
		},
	})
}

func TestAccFunctions(t *testing.T) {
	accept(t, withFunctions, resource.TestStep{
		Config: `
data "refarch_sizing" "this" {
  users = 1000
  cloud = "gcp"
}
output "the_data_source_is_its_twin" {
  value = provider::refarch::sizing(1000, "gcp") == data.refarch_sizing.this
}
output "sizing" {
  value = provider::refarch::sizing(10000, "aws", "2026-01").provisioner.pods
}
output "null_edition" {
  value = provider::refarch::sizing(1000, "gcp", null).edition
}
output "packing" {
  value = provider::refarch::node_packing("gcp", "t2d-standard-8", 500, 2048)
}
output "limited" {
  value = provider::refarch::node_packing("aws", "t3.2xlarge", 10, 10, 58).limited_by
}
output "none_fits" {
  value = provider::refarch::node_packing("azure", "Standard_D8s_v3", 500, 999999).pods
}`,
		ConfigStateChecks: []statecheck.StateCheck{
			output("the_data_source_is_its_twin", knownvalue.Bool(true)),
			output("sizing", knownvalue.Int64Exact(600)),
			output("null_edition", knownvalue.StringExact("2024-03")),
			output("packing", knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"pods": knownvalue.Int64Exact(13), "limited_by": knownvalue.StringExact("memory"), "allocatable_memory_mib": knownvalue.Int64Exact(28388),
			})),
			output("limited", knownvalue.StringExact("pods")),
			output("none_fits", knownvalue.Int64Exact(0)),
		},
	})
}
