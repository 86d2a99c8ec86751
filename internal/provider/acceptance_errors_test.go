// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// What a user reads when a configuration is wrong: the whole text. Each is a
// test of its own, since the closing destroy of a test validates again.
func TestAccErrors(t *testing.T) {
	for name, test := range map[string]struct {
		arguments string
		title     string
		detail    string
	}{
		"a fault":    {`users = 0, cloud = "gcp"`, "Invalid Count", "users is 0. It must be a whole number from 1 to 1000000000."},
		"huge":       {`users = 1e30, cloud = "gcp"`, "Invalid Count", "users is 1e+30. It must be a whole number from 1 to 1000000000."},
		"null users": {`users = null, cloud = "gcp"`, "Missing Configuration for Required Attribute", "Must set a configuration value for the users attribute as the provider has marked it as required."},
		"no number":  {`users = "abc", cloud = "gcp"`, "Incorrect attribute value type", `Inappropriate value for attribute "users": a number is required.`},
		"left out":   {`cloud = "gcp"`, "Missing required argument", `The argument "users" is required, but no definition was found.`},
		"nested": {
			`users = 1, cloud = "gcp", workspace_request = { cpu = 0 }`, "Invalid Amount",
			`workspace_request.cpu is 0. It must be above 0 and at most 1000000000 vCPU; fractions are fine.`,
		},
		"beyond": {
			`users = 3001, cloud = "gcp", edition = "2024-03"`, "Load Beyond the Largest Tier",
			`users is too large: the largest tier of edition 2024-03, 3k, covers 3000. Lower users to at most 3000, set edition = "2026-01" (its largest tier covers this load) or set beyond_range = "extrapolate" in the data source for an answer outside the validated range.`,
		},
		"misspelt requests": { // Terraform drops what an object does not have
			`users = 1, cloud = "gcp", workspace_kinds = { large = { percent = 10, request = { cpu = 1, memory_gib = 2 } } }`, "Incomplete Kind of Workspaces",
			`workspace_kinds["large"].requests is missing. State what one workspace of this kind requests: cpu in vCPU and memory_gib in GiB.`,
		},
		"an edition without quotation marks": {
			`users = 1, cloud = "gcp", edition = 2024-03`, "Unknown Edition",
			`edition is "2021". It must be ` + quotedEditions(t) + `, in quotation marks: without them Terraform reads 2024-03 as 2024 minus 3.`,
		},
		"another name of a cloud": {
			`users = 1, cloud = "azurerm"`, "Unknown Cloud", `cloud is "azurerm". Did you mean "azure"? It must be "gcp", "aws" or "azure".`,
		},
		"read-only": {
			`users = 1, cloud = "gcp", summary = "x"`, "Invalid Configuration for Read-Only Attribute",
			`Cannot set value for this attribute as the provider has marked it as read-only. Remove the configuration line setting the value.`,
		},
		"beside unknown": {
			`users = terraform_data.unknown.output, cloud = "gpc"`, "Unknown Cloud",
			`cloud is "gpc". It must be "gcp", "aws" or "azure".`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			since, unknown := anyTerraform, ""
			if strings.Contains(test.arguments, "terraform_data") {
				since, unknown = withTerraformData, `resource "terraform_data" "unknown" {}`
			}
			acceptError(t, since, unknown+`
data "refarch_sizing" "this" {
  `+onLines(test.arguments)+`
}`, "Error: "+test.title, test.detail)
		})
	}
}

// onLines puts arguments on lines of their own, as a block takes them.
func onLines(arguments string) string { return strings.ReplaceAll(arguments, ", ", "\n  ") }

// acceptError validates and plans a configuration at fault.
func acceptError(t *testing.T, since *version.Version, config string, texts ...string) {
	t.Helper()
	accept(t, since, resource.TestStep{Config: config, PlanOnly: true, ExpectError: whole(texts...)})
}

func TestAccEditionsErrors(t *testing.T) {
	acceptError(t, anyTerraform, `
data "refarch_editions" "mine" {
  coder_version = "banana"
}`, `"banana" is not a Coder release such as 2.24.1. Set coder_version to a release from v2.10.0 on, or leave it out.`)
}

func TestAccFunctionErrors(t *testing.T) {
	for call, text := range map[string]string{
		`sizing(0, "gcp")`:                             `Invalid value for "users" parameter: users is 0. It must be a whole number from 1 to 1000000000.`,
		`sizing(null, "gcp")`:                          `Invalid value for "users" parameter: argument must not be null.`,
		`sizing("abc", "gcp")`:                         `Invalid value for "users" parameter: a number is required.`,
		`sizing(1, "gcp", "2024-03", "2025-04")`:       `Invalid value for "edition" parameter: 2 values are given for edition, which takes one or none: leave out all but the first.`,
		`sizing(terraform_data.unknown.output, "gpc")`: `Invalid value for "cloud" parameter: cloud is "gpc". It must be "gcp", "aws" or "azure".`,

		`node_packing("gcp", "t2d-standard-8", 1.5, 1)`:           `Invalid value for "cpu_millicores" parameter: cpu_millicores is 1.5. It must be a whole number from 1 to 1000000000.`,
		`node_packing("gcp", "t2d-standard-8", 500, 2048, 300)`:   `Invalid value for "max_pods" parameter: max_pods is 300. The pod limit of a node of t2d-standard-8 on GKE can be set from 8 to 256.`,
		`node_packing(null, "t2d-standard-8", 500, 2048)`:         `Invalid value for "cloud" parameter: argument must not be null.`,
		`node_packing("aws", "t3.2xlarge", 500, 2048, "nothing")`: `Invalid value for "max_pods" parameter: a number is required.`,
	} {
		t.Run(call, func(t *testing.T) {
			acceptError(t, withFunctions, `
resource "terraform_data" "unknown" {}
output "answer" {
  value = provider::refarch::`+call+`
}`, text)
		})
	}
}
