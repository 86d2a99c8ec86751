// SPDX-License-Identifier: MPL-2.0

package standin_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// Users that only an apply tells change counts in place: nothing that forces a
// replacement may be unknown with them.
func TestAccUnknownUsersReplaceNoPool(t *testing.T) {
	t.Parallel()
	wiring := filepath.Join("..", "..", "examples", "data-sources", "refarch_sizing", "unknown_users")
	const pool = `google_container_node_pool.role["%s"]`
	var inPlace []plancheck.PlanCheck
	for _, role := range []string{"coderd", "provisioner", "workspace"} {
		inPlace = append(inPlace, plancheck.ExpectResourceAction(fmt.Sprintf(pool, role), plancheck.ResourceActionUpdate))
	}
	users := func(n int64) config.Variables { return config.Variables{"users": config.IntegerVariable(int(n))} }
	resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{
		{ProtoV6ProviderFactories: factories(), ConfigDirectory: config.StaticDirectory(wiring), ConfigVariables: users(750)},
		{
			ProtoV6ProviderFactories: factories(), ConfigDirectory: config.StaticDirectory(wiring), ConfigVariables: users(760),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: inPlace},
		},
		{ProtoV6ProviderFactories: factories(), Config: nothing},
	}})
}
