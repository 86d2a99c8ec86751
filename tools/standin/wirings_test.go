// SPDX-License-Identifier: MPL-2.0

package standin_test

import (
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// The documented wirings are planned as they stand in the documentation.
func TestAccDocumentedWirings(t *testing.T) {
	t.Parallel()
	folders := map[string]bool{}
	for _, examples := range []string{"data-sources", "functions", "provider"} {
		err := filepath.WalkDir(filepath.Join("..", "..", "examples", examples), func(path string, _ fs.DirEntry, err error) error {
			if filepath.Ext(path) == ".tf" {
				folders[filepath.Dir(path)] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(folders) < 24 {
		t.Errorf("only %d folders of examples", len(folders))
	}
	for folder := range folders {
		t.Run(filepath.Base(filepath.Dir(folder))+"/"+filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{{
				ProtoV6ProviderFactories: factories(),
				ConfigDirectory:          config.StaticDirectory(folder),
				PlanOnly:                 true,
				ExpectNonEmptyPlan:       filepath.Base(folder) != "provider", // which has no output
			}}})
		})
	}
}

// wiring reads a documented wiring of refarch_sizing.
func wiring(t *testing.T, name string) string {
	t.Helper()
	return readFile(t, filepath.Join(examples, "data-sources", "refarch_sizing", name, "main.tf"))
}

// Pools of kinds are keyed by the variable that the kinds come from: they plan
// where the users are not known before the apply, on each cloud.
func TestAccPoolsOfKindsPlanWhileUsersAreUnknown(t *testing.T) {
	t.Parallel()
	for name, pool := range map[string]string{
		"kinds_gke": "google_container_node_pool", "kinds_eks": "aws_eks_node_group", "kinds_aks": "azurerm_kubernetes_cluster_node_pool",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			unknown := alter(t, wiring(t, name), "= var.users", "= terraform_data.directory.output") +
				"\nresource \"terraform_data\" \"directory\" {\n  input = var.users\n}\n"
			var created []plancheck.PlanCheck
			for _, kind := range []string{"large", "gpu"} {
				created = append(created, plancheck.ExpectResourceAction(pool+`.kind["`+kind+`"]`, plancheck.ResourceActionCreate))
			}
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{
				step(unknown, append(created, plancheck.ExpectUnknownOutputValue("summary"))...), step(nothing),
			}})
		})
	}
}

// What the wirings make of the answer, worked by hand.
func TestAccWiringsTakeFromTheAnswer(t *testing.T) {
	t.Parallel()
	const quota, placeholder = "kubernetes_resource_quota_v1.workspaces.spec.0.hard.", `kubernetes_deployment_v1.placeholder["large"].spec.0.template.0.spec.0.`
	for name, want := range map[string]values{
		"addresses_gke": {
			"google_compute_subnetwork.nodes.ip_cidr_range": "10.0.0.0/25", // 93 nodes and 4
			"google_compute_subnetwork.nodes.secondary_ip_range": []any{
				map[string]any{"ip_cidr_range": "10.128.0.0/17", "range_name": "pods", "reserved_internal_range": nil}, // 93 x 256
				map[string]any{"ip_cidr_range": "10.16.0.0/20", "range_name": "services", "reserved_internal_range": nil},
			},
		},
		"addresses_aks": {
			"azurerm_subnet.nodes.address_prefixes":                          []any{"10.0.0.0/25"}, // 91 nodes and 5
			"azurerm_kubernetes_cluster.this.network_profile.0.pod_cidr":     "10.128.0.0/17",      // 91 of /24
			"azurerm_kubernetes_cluster.this.network_profile.0.service_cidr": "10.16.0.0/20",
		},
		"addresses_eks": {
			`aws_subnet.nodes["us-east-1a"].cidr_block`: "10.0.0.0/20",
			`aws_subnet.nodes["us-east-1c"].cidr_block`: "10.0.32.0/20",
		},
		"kinds_namespace": {
			quota + "requests.cpu":                                  "800000m", // 800 x 500 + 200 x 2000
			quota + "limits.memory":                                 "4915200Mi",
			placeholder + "container.0.resources.0.requests.cpu":    "15649m", // all that a node has beside its daemons
			placeholder + "container.0.resources.0.requests.memory": "58182Mi",
			placeholder + "toleration.0.value":                      "large",
		},
		"kinds_eks": {
			`aws_eks_node_group.kind["agents"].capacity_type`:            "SPOT",
			`aws_eks_node_group.kind["agents"].instance_types.0`:         "c7a.2xlarge",
			`aws_eks_node_group.kind["gpu"].ami_type`:                    "AL2023_x86_64_NVIDIA",
			`aws_eks_node_group.kind["gpu"].scaling_config.0.max_size`:   20,
			`aws_eks_node_group.kind["large"].capacity_type`:             "ON_DEMAND",
			`aws_eks_node_group.kind["large"].taint.0.effect`:            "NO_SCHEDULE",
			`aws_eks_node_group.kind["large"].labels.coder.com/kind`:     "large",
			`aws_eks_node_group.kind["large"].scaling_config.0.min_size`: 1,
			`aws_eks_node_group.kind["large"].scaling_config.0.max_size`: 26, // 176 of 7
		},
		"kinds_gke": {
			`google_container_node_pool.kind["gpu"].node_config.0.guest_accelerator.0.count`: 1,
			`google_container_node_pool.kind["large"].node_config.0.guest_accelerator`:       []any{},
			`google_container_node_pool.kind["large"].autoscaling.0.total_max_node_count`:    28, // 196 of 7
		},
		"kinds_aks": {
			`azurerm_kubernetes_cluster_node_pool.kind["gpu"].gpu_driver`:    "Install",
			`azurerm_kubernetes_cluster_node_pool.kind["large"].gpu_driver`:  nil,
			`azurerm_kubernetes_cluster_node_pool.kind["large"].node_taints`: []any{"coder.com/kind=large:NoSchedule"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{
				step(wiring(t, name), planned{t, name, want}), step(nothing),
			}})
		})
	}
}

// A quota that is too small, and one that nobody stated, are named.
func TestAccQuotasThatAreTooSmall(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		wiring string
		quotas map[string]config.Variable
		want   []knownvalue.Check
	}{
		"of an account that has enough": {"quotas_aws", nil, nil},
		"written in another way":        {"quotas", map[string]config.Variable{"cores": config.IntegerVariable(10_000), "Standard DSv5 Family": config.IntegerVariable(10_000)}, nil},
		"too small, and not stated": {"quotas", map[string]config.Variable{"Cores": config.IntegerVariable(100)}, []knownvalue.Check{
			knownvalue.StringExact("cores has 100, and the fleet takes up to 660 vCPU."),
			knownvalue.StringExact("standardDSv5Family has not been stated, and the fleet takes up to 660 vCPU."),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			planned := step(wiring(t, test.wiring), plancheck.ExpectKnownOutputValue("too_small", knownvalue.TupleExact(test.want)))
			if test.quotas != nil {
				planned.ConfigVariables = config.Variables{"quotas": config.ObjectVariable(test.quotas)}
			}
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{planned, step(nothing)}})
		})
	}
}
