// SPDX-License-Identifier: MPL-2.0

package standin_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

// The whole modules of examples/, as they stand there, beside stand-ins for
// the clouds' providers: each is a deployment that grows, step by step, and
// after every apply the next plan has to be empty.

// values are planned values by resource address and path within it.
type values map[string]any

// asTheModulesNeed skips what their versions.tf refuses. The documented wirings
// are written for the same releases.
var asTheModulesNeed = []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_9_0)}

type moduleStep struct {
	name      string
	variables config.Variables
	want      values
	changes   plancheck.PlanCheck
}

func integers(numbers map[string]int) config.Variables {
	variables := config.Variables{}
	for name, n := range numbers {
		variables[name] = config.IntegerVariable(n)
	}
	return variables
}

// with is variables with more of them.
func with(variables config.Variables, more config.Variables) config.Variables {
	all := config.Variables{}
	for _, some := range []config.Variables{variables, more} {
		for name, value := range some {
			all[name] = value
		}
	}
	return all
}

func runModule(t *testing.T, folder string, always config.Variables, steps []moduleStep) {
	t.Helper()
	root := exampleRoot(t, folder)
	var all []resource.TestStep
	for _, step := range steps {
		checks := []plancheck.PlanCheck{planned{t, step.name, step.want}, helmKeepsProvisionerDaemons{}}
		if step.changes != nil {
			checks = append(checks, step.changes)
		}
		all = append(all, resource.TestStep{
			ProtoV6ProviderFactories: factories(),
			ConfigDirectory:          config.StaticDirectory(root),
			ConfigVariables:          with(always, step.variables),
			ConfigPlanChecks:         resource.ConfigPlanChecks{PreApply: checks},
		})
	}
	// A state with for_each cannot be read at the closing destroy: the last step leaves none.
	all = append(all, resource.TestStep{ProtoV6ProviderFactories: factories(), Config: nothing})
	resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: all})
}

func TestAccGKEModule(t *testing.T) {
	t.Parallel()
	const coderd, provisioner, workspace = `module.gke.google_container_node_pool.standing["coderd"]`, `module.gke.google_container_node_pool.role["provisioner"]`, `module.gke.google_container_node_pool.role["workspace"]`
	const database = "module.gke.google_sql_database_instance.this"
	published := config.Variables{"edition": config.StringVariable("2024-03"), "packing": config.StringVariable("published")}
	runModule(t, "gke", config.Variables{
		"project": config.StringVariable("example"), "access_url": config.StringVariable("https://coder.example.com"),
		"api_access_cidrs": config.ListVariable(config.StringVariable("203.0.113.7/32")),
	}, []moduleStep{
		{"50 users, colocated", with(published, config.Variables{
			"users": config.IntegerVariable(50), "colocate_provisioners": config.BoolVariable(true),
		}), values{
			coderd + ".node_count": 2, coderd + ".node_config.0.machine_type": "n1-standard-2",
			provisioner: nil, "module.coder.helm_release.provisioner[0]": nil,
			workspace + ".autoscaling.0.total_min_node_count": 1, workspace + ".autoscaling.0.total_max_node_count": 4,
			database + ".settings.0.tier": "db-custom-2-7680", database + ".settings.0.edition": "ENTERPRISE",
			"module.coder.helm_release.coder.values.0:coder.env.0.name": "CODER_PROVISIONER_DAEMONS", "module.coder.helm_release.coder.values.0:coder.env.0.value": "10",
		}, nil},
		{"500 users", with(published, integers(map[string]int{"users": 500})), values{
			coderd + ".node_count": 2, provisioner + ".node_count": 2, provisioner + ".node_config.0.machine_type": "t2d-standard-8",
			workspace + ".autoscaling.0.total_max_node_count": 32, workspace + ".max_pods_per_node": 110,
			workspace + ".node_config.0.machine_type":          "t2d-standard-8",
			workspace + ".node_config.0.labels.coder.com/role": "workspace",
			workspace + ".node_config.0.taint.0.key":           "coder.com/role", workspace + ".node_config.0.taint.0.value": "workspace",
			workspace + ".node_config.0.taint.0.effect": "NO_SCHEDULE", workspace + ".node_config.0.disk_type": "pd-balanced",
			"module.coder.kubernetes_storage_class_v1.home.parameters.type":        "pd-balanced",
			"module.coder.helm_release.coder.values.0:coder.env.0.value":           "0",
			"module.coder.helm_release.coder.values.0:coder.replicaCount":          1,
			"module.coder.helm_release.provisioner[0].values.0:coder.replicaCount": 60,
		}, nil},
		{"900 users change counts in place", with(published, integers(map[string]int{"users": 900})), values{
			workspace + ".autoscaling.0.total_max_node_count": 58,
		}, changes{t, nil, []string{workspace}}},
		{"1,000 users", with(published, integers(map[string]int{"users": 1000})), values{
			workspace + ".autoscaling.0.total_max_node_count": 64, database + ".settings.0.disk_size": 512,
			database + ".settings.0.disk_autoresize_limit": 1024, database + ".settings.0.availability_type": "ZONAL",
			database + ".settings.0.ip_configuration.0.ipv4_enabled": false, database + ".deletion_protection": true,
			"module.coder.helm_release.coder.values.0:coder.resources.requests.cpu": "1420m", "module.coder.helm_release.coder.values.0:coder.resources.requests.memory": "4480Mi",
			"module.coder.helm_release.coder.values.0:coder.resources.limits.memory": "4480Mi", "module.coder.helm_release.coder.values.0:coder.resources.limits.cpu": nil,
		}, changes{t, nil, []string{workspace}}},
		{"1,001 users take another tier, in place on Google", with(published, integers(map[string]int{"users": 1001})), values{
			coderd + ".node_count": 3, coderd + ".node_config.0.machine_type": "n1-standard-4", provisioner + ".node_count": 4,
			workspace + ".autoscaling.0.total_max_node_count": 65, database + ".settings.0.tier": "db-custom-4-15360",
			database + ".settings.0.availability_type": "REGIONAL",
		}, changes{t, nil, []string{coderd, provisioner, workspace, database, "module.coder.helm_release.coder", "module.coder.helm_release.provisioner[0]"}}},
		{"2,500 users of 2026-01 in three zones", with(integers(map[string]int{"users": 2500, "zones": 3}), config.Variables{
			"coder_env_secret_name": config.StringVariable("coder-oidc"),
		}), values{
			"module.gke.google_container_cluster.this.enable_l4_ilb_subsetting":       true,
			"module.coder.helm_release.coder.values.1:coder.envFrom.1.secretRef.name": "coder-database",
			"module.coder.helm_release.coder.values.1:coder.envFrom.2.secretRef.name": "coder-oidc",
			coderd + ".node_count": 2, coderd + ".node_config.0.machine_type": "n4-standard-8", coderd + ".node_config.0.disk_type": "hyperdisk-balanced",
			provisioner + ".node_count": 9, workspace + ".autoscaling.0.total_min_node_count": 3, workspace + ".autoscaling.0.total_max_node_count": 193,
			"module.coder.kubernetes_storage_class_v1.home.parameters.type":                  "hyperdisk-balanced",
			database + ".settings.0.tier":                                                    "db-custom-32-122880",
			database + ".settings.0.availability_type":                                       "REGIONAL",
			database + ".settings.0.backup_configuration.0.point_in_time_recovery_enabled":   true,
			"module.coder.helm_release.coder.values.0:coder.resources.limits.cpu":            "4000m",
			"module.coder.helm_release.coder.values.0:coder.strategy.rollingUpdate.maxSurge": 0,
		}, nil},
	})
}

func TestAccEKSModule(t *testing.T) {
	t.Parallel()
	const coderd, provisioner = `module.eks.aws_eks_node_group.static["coderd"]`, `module.eks.aws_eks_node_group.static["provisioner"]`
	const zoneA, zoneC = `module.eks.aws_eks_node_group.workspace["workspace-0"]`, `module.eks.aws_eks_node_group.workspace["workspace-2"]`
	const database = "module.eks.aws_db_instance.this"
	published := config.Variables{"edition": config.StringVariable("2025-04"), "packing": config.StringVariable("published")}
	runModule(t, "eks", config.Variables{
		"access_url":       config.StringVariable("https://coder.example.com"),
		"api_access_cidrs": config.ListVariable(config.StringVariable("203.0.113.7/32")),
	}, []moduleStep{
		{"50 users, colocated", with(published, config.Variables{
			"users": config.IntegerVariable(50), "colocate_provisioners": config.BoolVariable(true),
		}), values{
			coderd + ".scaling_config.0.desired_size": 2, coderd + ".instance_types.0": "m5.large",
			provisioner: nil, "module.coder.helm_release.provisioner[0]": nil,
			zoneA + ".scaling_config.0.min_size": 1, zoneA + ".scaling_config.0.max_size": 4,
			"module.coder.helm_release.coder.values.0:coder.env.0.value": "10",
		}, nil},
		{"500 users", with(published, integers(map[string]int{"users": 500})), values{
			provisioner + ".scaling_config.0.desired_size": 2, provisioner + ".instance_types.0": "c5.2xlarge",
			zoneA + ".scaling_config.0.max_size": 32, zoneA + ".instance_types.0": "m5.2xlarge", zoneA + ".ami_type": "AL2023_x86_64_STANDARD",
			zoneA + ".labels.coder.com/role": "workspace", zoneA + ".taint.0.value": "workspace", zoneA + ".taint.0.effect": "NO_SCHEDULE",
			"module.coder.helm_release.coder.values.0:coder.env.0.value":    "0",
			"module.coder.kubernetes_storage_class_v1.home.parameters.type": "gp3",
		}, nil},
		{"900 users change counts in place", with(published, integers(map[string]int{"users": 900})), values{
			zoneA + ".scaling_config.0.max_size": 58,
		}, changes{t, nil, []string{zoneA}}},
		{"1,000 users", with(published, integers(map[string]int{"users": 1000})), values{
			zoneA + ".scaling_config.0.max_size": 64,
			database + ".instance_class":         "db.m5.large", database + ".allocated_storage": 512, database + ".max_allocated_storage": 1024,
			database + ".storage_type": "gp3", database + ".storage_encrypted": true, database + ".multi_az": false,
			database + ".publicly_accessible": false, database + ".deletion_protection": true,
		}, changes{t, nil, []string{zoneA}}},
		{"1,001 users take another tier, which replaces coderd's group", with(published, integers(map[string]int{"users": 1001})), values{
			coderd + ".instance_types.0": "m5.xlarge", coderd + ".scaling_config.0.desired_size": 3,
			provisioner + ".scaling_config.0.desired_size": 4, zoneA + ".scaling_config.0.max_size": 65,
			database + ".instance_class": "db.m5.xlarge", database + ".multi_az": true,
		}, changes{t, []string{coderd}, []string{provisioner, zoneA, database, `module.eks.aws_launch_template.role["coderd"]`, "module.coder.helm_release.coder", "module.coder.helm_release.provisioner[0]"}}},
		{"2,500 users of 2026-01 in three zones, on arm64 workspaces", with(integers(map[string]int{"users": 2500, "zones": 3}), config.Variables{
			"machine_types": config.ObjectVariable(map[string]config.Variable{"workspace": config.StringVariable("m8g.2xlarge")}),
		}), values{
			coderd + ".scaling_config.0.desired_size": 5, coderd + ".instance_types.0": "m8i.2xlarge", coderd + ".ami_type": "AL2023_x86_64_STANDARD",
			zoneA + ".scaling_config.0.max_size": 60, zoneC + ".scaling_config.0.max_size": 60, zoneC + ".scaling_config.0.min_size": 1,
			zoneA + ".instance_types.0": "m8g.2xlarge", zoneA + ".ami_type": "AL2023_ARM_64_STANDARD",
			database + ".instance_class": "db.m8g.8xlarge", database + ".allocated_storage": 1536, database + ".multi_az": true,
		}, nil},
	})
}

func TestAccAKSModule(t *testing.T) {
	t.Parallel()
	const coderd, provisioner = "module.aks.azurerm_kubernetes_cluster_node_pool.coderd", "module.aks.azurerm_kubernetes_cluster_node_pool.provisioner[0]"
	const database = "module.aks.azurerm_postgresql_flexible_server.this"
	workspace := func(zone string) string {
		return `module.aks.azurerm_kubernetes_cluster_node_pool.workspace["` + zone + `"]`
	}
	published := config.Variables{"edition": config.StringVariable("2024-03"), "packing": config.StringVariable("published")}
	runModule(t, "aks", config.Variables{
		"access_url":       config.StringVariable("https://coder.example.com"),
		"api_access_cidrs": config.ListVariable(config.StringVariable("203.0.113.7/32")),
	}, []moduleStep{
		{"50 users, colocated", with(published, config.Variables{
			"users": config.IntegerVariable(50), "colocate_provisioners": config.BoolVariable(true),
		}), values{
			coderd + ".node_count": 2, coderd + ".vm_size": "Standard_D2s_v3", provisioner: nil, "module.coder.helm_release.provisioner[0]": nil,
			workspace("workspace1") + ".min_count": 1, workspace("workspace1") + ".max_count": 4,
		}, nil},
		{"500 users", with(published, integers(map[string]int{"users": 500})), values{
			coderd + ".max_pods": 110, coderd + ".upgrade_settings.0.drain_timeout_in_minutes": 30,
			"module.aks.azurerm_kubernetes_cluster.this.default_node_pool.0.only_critical_addons_enabled": nil,
			"module.aks.random_password.database.min_numeric":                                             1,
			provisioner + ".node_count": 2, provisioner + ".vm_size": "Standard_D8s_v3", provisioner + ".max_pods": 110,
			workspace("workspace1") + ".max_count": 32, workspace("workspace1") + ".max_pods": 110,
			workspace("workspace1") + ".node_taints.0": "coder.com/role=workspace:NoSchedule", workspace("workspace1") + ".node_labels.coder.com/role": "workspace",
			workspace("workspace1") + ".auto_scaling_enabled": true,
		}, nil},
		{"900 users change counts in place", with(published, integers(map[string]int{"users": 900})), values{
			workspace("workspace1") + ".max_count": 58,
		}, changes{t, nil, []string{workspace("workspace1")}}},
		{"1,000 users", with(published, integers(map[string]int{"users": 1000})), values{
			workspace("workspace1") + ".max_count": 64,
			database + ".sku_name":                 "GP_Standard_D2s_v3", database + ".storage_mb": 524288,
			database + ".public_network_access_enabled": false, database + ".high_availability": []any{},
		}, changes{t, nil, []string{workspace("workspace1")}}},
		{"1,001 users take another tier, in place on Azure", with(published, integers(map[string]int{"users": 1001})), values{
			coderd + ".node_count": 3, coderd + ".vm_size": "Standard_D4s_v3", coderd + ".temporary_name_for_rotation": "coderdtmp",
			database + ".sku_name": "GP_Standard_D4s_v3", database + ".high_availability.0.mode": "ZoneRedundant",
		}, changes{t, nil, []string{coderd, provisioner, workspace("workspace1"), database, "module.coder.helm_release.coder", "module.coder.helm_release.provisioner[0]"}}},
		{"2,500 users of 2026-01 in three zones", integers(map[string]int{"users": 2500, "zones": 3, "max_pods_per_node": 60}), values{
			"module.aks.azurerm_subnet.database.service_endpoint.0.service": "Microsoft.Storage",
			coderd + ".vm_size": "Standard_D8s_v5", coderd + ".node_count": 5, coderd + ".max_pods": 110,
			workspace("workspace3") + ".vm_size": "Standard_D8s_v5", workspace("workspace3") + ".max_count": 60, workspace("workspace3") + ".max_pods": 60,
			database + ".sku_name": "GP_Standard_D32ds_v5", database + ".high_availability.0.mode": "ZoneRedundant",
		}, nil},
	})
}
