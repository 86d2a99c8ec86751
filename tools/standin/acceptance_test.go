package standin_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/refarch/terraform-provider-refarch/tools/standin"
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

// alter changes what stands in a configuration.
func alter(t *testing.T, config, from, to string) string {
	t.Helper()

	if !strings.Contains(config, from) {
		t.Fatalf("the configuration has no %s", from)
	}

	return strings.ReplaceAll(config, from, to)
}

func TestTerraformPlansAndApplies(t *testing.T) {
	const (
		destroyed = plancheck.ResourceActionDestroy
		kept      = plancheck.ResourceActionNoop
		replaced  = plancheck.ResourceActionReplace
		updated   = plancheck.ResourceActionUpdate
	)

	// After each apply terraform-plugin-testing plans again and fails where that plan is not empty.
	tests := map[string]struct {
		changes []string // from, to, from, to
		want    map[string]plancheck.ResourceActionType
	}{
		"google": {
			[]string{`node_count = 2`, `node_count = 5`, `toset(["coderd", "workspace"])`, `toset(["coderd"])`},
			map[string]plancheck.ResourceActionType{
				`google_container_cluster.this`:                kept,
				`google_container_node_pool.role["coderd"]`:    updated,
				`google_container_node_pool.role["workspace"]`: destroyed,
			},
		},
		"aws": {
			[]string{`["t3.2xlarge"]`, `["m5.2xlarge"]`, `vpc_id            = "vpc"`, `tags = { role = "nodes" }` + "\n" + `vpc_id = "vpc"`},
			map[string]plancheck.ResourceActionType{
				`aws_eks_cluster.this`:                 kept,
				`aws_subnet.zone["zone-a"]`:            updated,
				`aws_eks_node_group.role["workspace"]`: replaced,
			},
		},
		"azurerm": {
			[]string{`"Standard_D8s_v3"`, `"Standard_D4s_v3"`},
			map[string]plancheck.ResourceActionType{
				`azurerm_kubernetes_cluster.this`:                   kept,
				`azurerm_kubernetes_cluster_node_pool.role["work"]`: updated,
			},
		},
		"kubernetes": {
			[]string{`replicaCount = each.value`, `replicaCount = 1`, `length = 24`, `length = 32`},
			map[string]plancheck.ResourceActionType{
				`helm_release.coder["coder"]`: updated,
				`kubernetes_secret_v1.psk`:    kept,
				`random_password.database`:    replaced,
				`random_password.psk`:         kept,
			},
		},
		"data_sources": {},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			config := configuration(t, name)
			steps := []resource.TestStep{{Config: config}}

			if len(test.changes) > 0 {
				for i := 0; i < len(test.changes); i += 2 {
					config = alter(t, config, test.changes[i], test.changes[i+1])
				}

				var checks []plancheck.PlanCheck
				for at, action := range test.want {
					checks = append(checks, plancheck.ExpectResourceAction(at, action))
				}

				steps = append(steps, resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: checks}})
			}

			resource.Test(t, resource.TestCase{
				// The oldest that the modules take.
				TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_9_0)},
				ProtoV6ProviderFactories: standin.Factories(),
				Steps:                    append(steps, resource.TestStep{Config: nothing}),
			})
		})
	}
}

func TestTerraformRefuses(t *testing.T) {
	tests := map[string]struct {
		config, from, to, says string
	}{
		"a misspelt argument": {
			"google", `machine_type =`, `machine_typ =`, `An argument named "machine_typ" is not expected here`,
		},
		"a misspelt block": {
			"aws", `scaling_config {`, `scaling_conf {`, `Blocks of type "scaling_conf" are not expected here`,
		},
		"a wrong type": {
			"google", `node_count = 2`, `node_count = "two"`, `Inappropriate value for attribute "node_count": a number is required`,
		},
		"a missing argument": {
			"aws", `cluster_name    = aws_eks_cluster.this.name`, ``, `The argument "cluster_name" is required`,
		},
		"a computed argument": {
			"aws", `name     = "coder"`, "name = \"coder\"\nendpoint = \"https://coder\"", `Can't configure a value for "endpoint"`,
		},
		"a computed argument in a block": {
			"kubernetes", `metadata { name = "coder" }`, "metadata {\nname = \"coder\"\nuid = \"1\"\n}", `Can't configure a value for "uid"`,
		},
		"an id": {
			"azurerm", `dns_prefix          = "coder"`, `id = "coder"`, `Can't configure a value for "id"`,
		},
		"an output of a secret": {
			"kubernetes", `helm_release.coder["coder"].metadata.revision`, `random_password.psk.result`, `Output refers to sensitive values`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			words := regexp.MustCompile(`\s+`).ReplaceAllString(regexp.QuoteMeta(test.says), `\s+`) // Terraform breaks lines

			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: standin.Factories(),
				Steps: []resource.TestStep{{
					Config:      alter(t, configuration(t, test.config), test.from, test.to),
					PlanOnly:    true,
					ExpectError: regexp.MustCompile(words),
				}},
			})
		})
	}
}

// The provider random plays refarch here, which this package does not know.
func TestTerraformFindsBothSources(t *testing.T) {
	factories := standin.Factories()
	factories["refarch"] = func() (tfprotov6.ProviderServer, error) { return standin.New("random") }

	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		Steps: []resource.TestStep{{Config: `
terraform {
  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
    google = {
      source  = "hashicorp/google"
      version = "~> 7.0"
    }
  }
}

resource "random_string" "this" {
  provider = refarch
  length   = 8
}

resource "google_service_account" "this" {
  account_id = random_string.this.result
}
`}},
	})
}
