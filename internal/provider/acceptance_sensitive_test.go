// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// Terraform hands a sensitive value to a provider like any other and prints
// what the provider tells as it is. A number of users that is no fault by itself
// stays out of it: the whole of each message is here.
func TestAccSensitiveUsers(t *testing.T) {
	for name, test := range map[string]struct{ arguments, text string }{
		"beyond the largest tier": {
			`cloud = "gcp", edition = "2026-01"`,
			`users is too large: the largest tier of edition 2026-01, 10k, covers 10000. Lower users to at most 10000 or set beyond_range = "extrapolate" in the data source for an answer outside the validated range.`,
		},
		"beyond the largest database": {
			`cloud = "aws", edition = "2024-03", beyond_range = "extrapolate"`,
			`users is too large: the largest tier of edition 2024-03, 3k, covers 3000, which cannot be extrapolated on aws: aws sells no larger database of the family of db.t3.2xlarge. Lower users to at most 3000 or set edition = "2025-04", which answers this load.`,
		},
		"colocated": {
			`cloud = "gcp", edition = "2026-01", colocate_provisioners = true, beyond_range = "extrapolate"`,
			`colocate_provisioners is true with more than 100 users. Provisioners may run inside coderd up to 100 users and 10 concurrent builds. Leave colocate_provisioners out, so that provisioners get nodes of their own.`,
		},
		"kinds": {
			`cloud = "gcp", edition = "2025-04", beyond_range = "extrapolate", workspace_kinds = { a = { workspaces = 20000, requests = { cpu = 1, memory_gib = 2 } } }`,
			"The workspaces of all kinds in workspace_kinds add up to 20000, and fewer run at once. Lower some, or raise concurrent_workspaces.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			acceptError(t, anyTerraform, `
variable "users" {
  type      = number
  sensitive = true
  default   = 12345
}
data "refarch_sizing" "this" {
  users = var.users
  `+onLines(test.arguments)+`
}`, test.text)
		})
	}
}

// The warning that Terraform prints of an extrapolation tells no users either.
func TestExtrapolationTellsNoUsers(t *testing.T) {
	_, diagnostics := read(t, "refarch_sizing", values{"users": 12345, "cloud": "gcp", "edition": "2026-01", "beyond_range": "extrapolate"})
	checkEqual(t, nil, "the diagnostics", told(diagnostics), []string{
		"warning users: Answer Beyond the Validated Range: `users` exceeds 10,000, the limit of tier 10k, the largest of edition 2026-01: the figures are scaled up" +
			" from that tier, and nobody has validated them. Test under load before you rely on them.",
	})
}

// A function's arguments are no more secret to it, and its errors no less
// printed.
func TestAccSensitiveUsersOfAFunction(t *testing.T) {
	accept(t, withFunctions, resource.TestStep{
		Config: `
output "answer" {
  value     = provider::refarch::sizing(sensitive(12345), "gcp", "2026-01").summary
  sensitive = true
}`,
		PlanOnly: true,
		ExpectError: whole(`Invalid value for "users" parameter: users is too large: the largest tier of edition 2026-01, 10k, covers 10000. Lower users to at most 10000 ` +
			`or set beyond_range = "extrapolate" in the data source for an answer outside the validated range.`),
	})
}
