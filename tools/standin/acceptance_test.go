// SPDX-License-Identifier: MPL-2.0

package standin_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// configuration reads one of testdata, which "make schemas" reads, too, to know the types in use.
func configuration(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name, "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// alter changes what stands in a configuration: from, to, from, to.
func alter(t *testing.T, config string, changes ...string) string {
	t.Helper()
	for pair := range slices.Chunk(changes, 2) {
		if !strings.Contains(config, pair[0]) {
			t.Fatalf("the configuration has no %s", pair[0])
		}
		config = strings.ReplaceAll(config, pair[0], pair[1])
	}
	return config
}

// Terraform holds what a provider plans and answers against the schema and against each other. After each apply
// terraform-plugin-testing plans again and fails where that plan is not empty.
func TestAccStandInsPlanAndApply(t *testing.T) {
	t.Parallel()
	const (
		destroyed = plancheck.ResourceActionDestroy
		kept      = plancheck.ResourceActionNoop
		replaced  = plancheck.ResourceActionReplace
		updated   = plancheck.ResourceActionUpdate
	)
	for name, test := range map[string]struct {
		unknown map[string]tfjsonpath.Path // when all is new
		changes []string
		want    map[string]plancheck.ResourceActionType
	}{
		"google": {
			map[string]tfjsonpath.Path{
				`google_container_cluster.this`:             tfjsonpath.New("master_auth"),
				`google_container_node_pool.role["coderd"]`: tfjsonpath.New("node_config").AtSliceIndex(0).AtMapKey("image_type"),
			},
			[]string{`node_count = 2`, `node_count = 5`, `toset(["coderd", "workspace"])`, `toset(["coderd"])`},
			map[string]plancheck.ResourceActionType{
				`google_container_cluster.this`:                kept,
				`google_container_node_pool.role["coderd"]`:    updated,
				`google_container_node_pool.role["workspace"]`: destroyed,
			},
		},
		"aws": {
			map[string]tfjsonpath.Path{`aws_eks_node_group.role["workspace"]`: tfjsonpath.New("arn")},
			[]string{`["t3.2xlarge"]`, `["m5.2xlarge"]`, `vpc_id            = "vpc"`, `tags = { role = "nodes" }` + "\n" + `vpc_id = "vpc"`},
			map[string]plancheck.ResourceActionType{
				`aws_eks_cluster.this`:                 kept,
				`aws_subnet.zone["zone-a"]`:            updated,
				`aws_eks_node_group.role["workspace"]`: replaced,
			},
		},
		"azurerm": {
			map[string]tfjsonpath.Path{`azurerm_kubernetes_cluster.this`: tfjsonpath.New("network_profile")},
			[]string{`"Standard_D8s_v3"`, `"Standard_D4s_v3"`},
			map[string]plancheck.ResourceActionType{
				`azurerm_kubernetes_cluster.this`:                   kept,
				`azurerm_kubernetes_cluster_node_pool.role["work"]`: updated,
			},
		},
		"kubernetes": {
			map[string]tfjsonpath.Path{`helm_release.coder["coder"]`: tfjsonpath.New("metadata")},
			[]string{`replicaCount = each.value`, `replicaCount = 1`, `length = 24`, `length = 32`},
			map[string]plancheck.ResourceActionType{
				`helm_release.coder["coder"]`: updated,
				`kubernetes_secret_v1.psk`:    kept,
				`random_password.database`:    replaced,
				`random_password.psk`:         kept,
			},
		},
		"data_sources": {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := configuration(t, name)
			var created, changed []plancheck.PlanCheck
			for at, path := range test.unknown {
				created = append(created, plancheck.ExpectUnknownValue(at, path))
			}
			for at, action := range test.want {
				changed = append(changed, plancheck.ExpectResourceAction(at, action))
			}
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{
				step(config, created...), step(alter(t, config, test.changes...), changed...), step(nothing),
			}})
		})
	}
}

func step(config string, checks ...plancheck.PlanCheck) resource.TestStep {
	return resource.TestStep{
		ProtoV6ProviderFactories: factories(), Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: checks},
	}
}

func TestAccStandInsRefuse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config, from, to, says string
	}{
		"a misspelt argument": {
			"google", `machine_type =`, `machine_typ =`, `An argument named "machine_typ" is not expected here. Did you mean "machine_type"?`,
		},
		"a misspelt block": {
			"aws", `scaling_config {`, `scaling_conf {`, `Blocks of type "scaling_conf" are not expected here. Did you mean "scaling_config"?`,
		},
		"a wrong type": {
			"google", `node_count = 2`, `node_count = "two"`, `Inappropriate value for attribute "node_count": a number is required`,
		},
		"a missing argument": {
			"aws", `cluster_name    = aws_eks_cluster.this.name`, ``, `The argument "cluster_name" is required, but no definition was found.`,
		},
		"a computed argument": {
			"aws", `name     = "coder"`, "name = \"coder\"\nendpoint = \"https://coder\"", `Can't configure a value for "endpoint": its value will be decided automatically by the provider.`,
		},
		"a computed argument in a block": {
			"kubernetes", `metadata { name = "coder" }`, "metadata {\nname = \"coder\"\nuid = \"1\"\n}", `Can't configure a value for "uid": its value will be decided automatically by the provider.`,
		},
		"an id": {
			"azurerm", `dns_prefix          = "coder"`, `id = "coder"`, `Can't configure a value for "id": its value will be decided automatically by the provider.`,
		},
		"an output of a secret": {
			"kubernetes", `helm_release.coder["coder"].metadata.revision`, `random_password.psk.result`, `Output refers to sensitive values`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused := step(alter(t, configuration(t, test.config), test.from, test.to))
			refused.PlanOnly, refused.ExpectError = true, inAnyWrapping(test.says)
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{refused}})
		})
	}
}
