// SPDX-License-Identifier: MPL-2.0

package standin_test

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// The modules of examples/modules in configurations of other people.

var readmeRegions = regexp.MustCompile("(?s)\n## Two regions\n.*?\n```terraform\n(.*?)```\n")

// What a README shows for two regions is one plan with two clusters, each with
// its Coder.
func TestAccTwoRegions(t *testing.T) {
	t.Parallel()
	for root, want := range map[string]values{
		"gke": {
			`module.gke["us-central1"].google_container_cluster.this.location`:                                           "us-central1",
			`module.gke["europe-west4"].google_container_cluster.this.location`:                                          "europe-west4",
			`module.gke["us-central1"].google_container_node_pool.role["workspace"].autoscaling.0.total_max_node_count`:  77,
			`module.gke["europe-west4"].google_container_node_pool.role["workspace"].autoscaling.0.total_max_node_count`: 39,
			"module.coder_us.helm_release.coder.values.0:coder.replicaCount":                                             3,
			"module.coder_eu.helm_release.coder.values.0:coder.replicaCount":                                             3,
		},
		"eks": {
			`module.eks_us.aws_eks_node_group.workspace["workspace-0"].scaling_config.0.max_size`: 72,
			`module.eks_eu.aws_eks_node_group.workspace["workspace-0"].scaling_config.0.max_size`: 36,
			"module.eks_us.helm_release.autoscaler.values.0:awsRegion":                            "us-east-1",
			"module.eks_eu.helm_release.autoscaler.values.0:awsRegion":                            "eu-west-1",
			"module.coder_us.helm_release.coder.values.0:coder.replicaCount":                      3,
			"module.coder_eu.helm_release.coder.values.0:coder.replicaCount":                      3,
			"module.coder_eu.kubernetes_config_map_v1.coder.data.CODER_ACCESS_URL":                "https://coder-eu.example.com",
		},
		"aks": {
			`module.aks["eastus2"].azurerm_kubernetes_cluster.this.name`:                                   "coder-us",
			`module.aks["westeurope"].azurerm_resource_group.this.location`:                                "westeurope",
			`module.aks["eastus2"].azurerm_kubernetes_cluster_node_pool.workspace["workspace1"].max_count`: 72,
			"module.coder_eu.kubernetes_storage_class_v1.home.parameters.skuName":                          "Premium_LRS",
		},
	} {
		t.Run(root, func(t *testing.T) {
			t.Parallel()
			shown := readmeRegions.FindStringSubmatch(readFile(t, filepath.Join(examples, root, "README.md")))
			if shown == nil {
				t.Fatalf("the README of %s shows no two regions", root)
			}
			// Planned only: the providers of a region that is taken out would be missed at the closing destroy.
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{{
				ProtoV6ProviderFactories: factories(),
				ConfigDirectory:          config.StaticDirectory(written(t, root, shown[1])),
				PlanOnly:                 true,
				ExpectNonEmptyPlan:       true,
				ConfigPlanChecks:         resource.ConfigPlanChecks{PostApplyPreRefresh: []plancheck.PlanCheck{planned{t, root, want}}},
			}}})
		})
	}
}

// aCall calls the modules of a cloud for users that only an apply knows, after
// a resource that is not there yet.
const aCall = `
resource "terraform_data" "directory" {
  input = 1000
}

data "refarch_sizing" "this" {
  users   = terraform_data.directory.output
  cloud   = "%[2]s"
  edition = "2026-01"
  packing = "schedulable"
}

module "cloud" {
  source = "../modules/%[1]s"

  sizing           = data.refarch_sizing.this
  name             = "coder"
  region           = "somewhere"
  api_access_cidrs = ["203.0.113.7/32"]
  %[3]s

  depends_on = [terraform_data.directory]
}

provider "helm" {
  kubernetes = {
    host = module.cloud.kubernetes.host
  }
}

provider "kubernetes" {
  host = module.cloud.kubernetes.host
}

module "coder" {
  source = "../modules/coder"

  sizing       = data.refarch_sizing.this
  platform     = module.cloud.platform
  node_pools   = module.cloud.node_pools
  database_url = module.cloud.database_url

  coder_version = "2.35.1"

  depends_on = [terraform_data.directory]
}
`

// A call takes depends_on and users that are unknown at plan. terraform-plugin-testing
// plans once more after the apply: nothing is left to change.
func TestAccModulesTakeWhatIsUnknown(t *testing.T) {
	t.Parallel()
	for root, test := range map[string]struct{ cloud, arguments string }{
		"gke": {"gcp", `project = "example"`},
		"eks": {"aws", ""},
		"aks": {"azure", ""},
	} {
		t.Run(root, func(t *testing.T) {
			t.Parallel()
			call := fmt.Sprintf(aCall, root, test.cloud, test.arguments)
			if root == "aks" {
				call += "\nprovider \"azurerm\" {\n  features {}\n}\n"
			}
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{
				{
					ProtoV6ProviderFactories: factories(),
					ConfigDirectory:          config.StaticDirectory(written(t, root, call)),
					ConfigPlanChecks:         resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{unknownCounts{}}},
				},
				{ProtoV6ProviderFactories: factories(), Config: nothing},
			}})
		})
	}
}

// unknownCounts holds that a plan knows its resources, and not the sizing.
type unknownCounts struct{}

func (unknownCounts) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, change := range req.Plan.ResourceChanges {
		if change.Address != "module.coder.helm_release.coder" {
			continue
		}
		if sized := walk(change.Change.AfterUnknown, "values"); sized != true && walk(sized, "0") != true {
			resp.Error = fmt.Errorf("the sizing is known: %v", sized)
		}
		return
	}
	resp.Error = fmt.Errorf("the plan has no module.coder.helm_release.coder")
}

// Provisioners move into coderd while the cluster changes: what goes (their
// release, their key, their pool) does not wait for a provider that waits for
// the cluster, which waits for the pool.
func TestAccModulesColocateLater(t *testing.T) {
	t.Parallel()
	for root, project := range map[string]config.Variables{
		"gke": {"project": config.StringVariable("example")}, "eks": nil, "aks": nil,
	} {
		t.Run(root, func(t *testing.T) {
			t.Parallel()
			folder := config.StaticDirectory(exampleRoot(t, root))
			small := with(project, config.Variables{
				"users": config.IntegerVariable(50), "api_access_cidrs": config.ListVariable(config.StringVariable("203.0.113.7/32")),
			})
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{
				{ProtoV6ProviderFactories: factories(), ConfigDirectory: folder, ConfigVariables: small},
				{
					ProtoV6ProviderFactories: factories(), ConfigDirectory: folder,
					ConfigVariables: with(small, config.Variables{
						"colocate_provisioners": config.BoolVariable(true), "zones": config.IntegerVariable(3),
						"api_access_cidrs": config.ListVariable(config.StringVariable("198.51.100.0/24")),
					}),
				},
				{ProtoV6ProviderFactories: factories(), Config: nothing},
			}})
		})
	}
}

// What is asked of a module besides its sizing: system machines that no catalogue
// has, a login without a program, a node as measured, no surge node for one coderd.
func TestAccModulesTakeWhatIsYours(t *testing.T) {
	t.Parallel()
	measured := config.ObjectVariable(map[string]config.Variable{"memory_mib": config.IntegerVariable(20_000)})
	const workspaces = 114 // 9 of 2 GiB on a node as measured, where 13 or 14 fit by the rules, and 1,024 of them
	for root, test := range map[string]struct {
		variables config.Variables
		want      values
	}{
		"gke": {config.Variables{
			"project": config.StringVariable("example"), "cluster_login": config.StringVariable("token"), "system_machine_type": config.StringVariable("e2-medium"),
		}, values{
			`module.gke.google_container_node_pool.role["workspace"].autoscaling.0.total_max_node_count`: workspaces,
			`module.gke.google_container_node_pool.standing["system"].node_config.0.machine_type`:        "e2-medium",
			`module.gke.google_container_node_pool.standing["coderd"].node_count`:                        1,
		}},
		"eks": {config.Variables{
			"cluster_login": config.StringVariable("token"), "system_machine_type": config.StringVariable("m5d.large"),
			"production": config.BoolVariable(false),
		}, values{
			`module.eks.aws_eks_node_group.workspace["workspace-0"].scaling_config.0.max_size`: workspaces,
			"module.eks.aws_eks_node_group.system.instance_types.0":                            "m5d.large",
			`module.eks.aws_eks_node_group.static["coderd"].scaling_config.0.desired_size`:     1,
			"module.eks.aws_kms_key.this.description":                                          "coder: Secrets of the cluster",
		}},
		"aks": {config.Variables{"system_machine_type": config.StringVariable("Standard_DS2_v2")}, values{
			`module.aks.azurerm_kubernetes_cluster_node_pool.workspace["workspace1"].max_count`: workspaces,
			"module.aks.azurerm_kubernetes_cluster.this.default_node_pool.0.vm_size":            "Standard_DS2_v2",
			"module.aks.azurerm_kubernetes_cluster_node_pool.coderd.node_count":                 1,
		}},
	} {
		t.Run(root, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{{
				ProtoV6ProviderFactories: factories(),
				ConfigDirectory:          config.StaticDirectory(exampleRoot(t, root)),
				ConfigVariables: with(test.variables, config.Variables{
					"users": config.IntegerVariable(1000), "edition": config.StringVariable("2024-03"), "coderd_surge_nodes": config.IntegerVariable(0),
					"api_access_cidrs":           config.ListVariable(config.StringVariable("203.0.113.7/32")),
					"workspace_node_allocatable": measured,
				}),
				PlanOnly:           true,
				ExpectNonEmptyPlan: true,
				ConfigPlanChecks:   resource.ConfigPlanChecks{PostApplyPreRefresh: []plancheck.PlanCheck{planned{t, root, test.want}}},
			}}})
		})
	}
}

// A trial without a licence is two nodes: one coderd with provisioners of its
// own, and one for workspaces.
func TestAccModulesForATrial(t *testing.T) {
	t.Parallel()
	for root, test := range map[string]struct {
		coderd, workspaces string
	}{
		"gke": {`module.gke.google_container_node_pool.standing["coderd"].node_count`, `module.gke.google_container_node_pool.role["workspace"].autoscaling.0.total_max_node_count`},
		"eks": {`module.eks.aws_eks_node_group.static["coderd"].scaling_config.0.max_size`, `module.eks.aws_eks_node_group.workspace["workspace-0"].scaling_config.0.max_size`},
		"aks": {"module.aks.azurerm_kubernetes_cluster_node_pool.coderd.node_count", `module.aks.azurerm_kubernetes_cluster_node_pool.workspace["workspace1"].max_count`},
	} {
		t.Run(root, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{{
				ProtoV6ProviderFactories: factories(),
				ConfigDirectory:          config.StaticDirectory(exampleRoot(t, root)),
				ConfigVariables: with(surrounded(root, 15, 1), config.Variables{
					"coderd_replicas": config.IntegerVariable(1), "colocate_provisioners": config.BoolVariable(true), "coderd_surge_nodes": config.IntegerVariable(0),
				}),
				PlanOnly:           true,
				ExpectNonEmptyPlan: true,
				ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPreRefresh: []plancheck.PlanCheck{planned{t, root, values{
					test.coderd: 1, test.workspaces: 2,
					"module.coder.helm_release.coder.values.0:coder.replicaCount": 1,
				}}}},
			}}})
		})
	}
}

// The three roots take the same variables in the same order, but for what only
// one cloud has.
func TestRootsAreAlike(t *testing.T) {
	t.Parallel()
	own := map[string][]string{
		"gke": {"project", "cluster_login", "zone_names", "node_cidr", "pod_cidr", "release_channel", "deletion_protection"},
		"eks": {
			"cluster_login", "zone_names", "tags", "vpc_cidr", "kubernetes_version", "cluster_autoscaler_chart_version",
			"cluster_autoscaler_chart_repository", "cluster_autoscaler_helm_values", "max_nodes_per_group", "deletion_protection",
		},
		"aks": {
			"subscription_id", "availability_zones", "resource_group_name", "tags", "network_cidr", "pod_cidr",
			"kubernetes_version", "host_encryption", "drain_timeout_minutes",
		},
	}
	common := map[string][]string{}
	for root, names := range own {
		all := variablesOf(t, root)
		for _, name := range names {
			i := slices.Index(all, name)
			if i < 0 {
				t.Fatalf("%s has no variable %s", root, name)
			}
			all = slices.Delete(all, i, i+1)
		}
		common[root] = all
	}
	for _, root := range []string{"eks", "aks"} {
		if !slices.Equal(common[root], common["gke"]) {
			t.Errorf("but for their own, %s has the variables\n%v\nand gke\n%v", root, common[root], common["gke"])
		}
	}
}

// Every variable of a module can be set on the root that calls it, but for the
// device plugin's chart.
func TestRootsPassEveryVariable(t *testing.T) {
	t.Parallel()
	for _, root := range []string{"gke", "eks", "aks"} {
		calls := strings.Split(readFile(t, filepath.Join(examples, root, "main.tf")), "\nmodule \"coder\"")
		if len(calls) != 2 {
			t.Fatalf("main.tf of %s calls no module coder", root)
		}
		for i, module := range []string{root, "coder"} {
			for _, name := range variablesOf(t, "modules/"+module) {
				if !strings.HasPrefix(name, "device_plugin_") && !regexp.MustCompile(`(?m)^  `+name+` += `).MatchString(calls[i]) {
					t.Errorf("%s does not pass %s to modules/%s", root, name, module)
				}
			}
		}
	}
}

// written is a configuration as a folder, beside the pins of a root.
func written(t *testing.T, root, configuration string) string {
	t.Helper()
	full, err := filepath.Abs(examples)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	writeFile(t, filepath.Join(folder, "versions.tf"), readFile(t, filepath.Join(examples, root, "versions.tf")))
	writeFile(t, filepath.Join(folder, "main.tf"), withModulesAt(configuration, full))
	return folder
}
