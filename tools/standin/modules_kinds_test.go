// SPDX-License-Identifier: MPL-2.0

package standin_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
)

func object(parts map[string]config.Variable) config.Variable { return config.ObjectVariable(parts) }

// kinds are large ones, a fifth of the rest, and 20 with a GPU each; nobody has
// the third kind yet. They take the machines named.
func kinds(large, gpu string) config.Variables {
	number := config.FloatVariable[float64]
	return config.Variables{"workspace_kinds": config.ObjectVariable(map[string]config.Variable{
		"large": object(map[string]config.Variable{
			"percent": number(20), "machine_type": config.StringVariable(large),
			"requests": object(map[string]config.Variable{"cpu": number(2), "memory_gib": number(8)}),
			"limits":   object(map[string]config.Variable{"cpu": number(8), "memory_gib": number(16)}),
		}),
		"gpu": object(map[string]config.Variable{
			"workspaces": number(20), "machine_type": config.StringVariable(gpu),
			"requests": object(map[string]config.Variable{"cpu": number(3), "memory_gib": number(12), "gpus": number(1)}),
		}),
		"later": object(map[string]config.Variable{
			"workspaces": number(0), "requests": object(map[string]config.Variable{"cpu": number(1), "memory_gib": number(4)}),
		}),
	})}
}

// everybody is one kind: nobody is left for the pool workspace.
func everybody() config.Variables {
	return config.Variables{"workspace_kinds": config.ObjectVariable(map[string]config.Variable{
		"all": object(map[string]config.Variable{
			"percent":  config.IntegerVariable(100),
			"requests": object(map[string]config.Variable{"cpu": config.FloatVariable(0.5), "memory_gib": config.IntegerVariable(2)}),
		}),
	})}
}

// A kind of workspace comes, with the nodes and the driver that it needs, and
// another one takes the place of all.
func TestAccModulesMakePoolsOfKinds(t *testing.T) {
	t.Parallel()
	const gkePool, eksGroup, aksPool = `module.gke.google_container_node_pool.role["%s"]`, `module.eks.aws_eks_node_group.workspace["%s"]`, `module.aks.azurerm_kubernetes_cluster_node_pool.workspace["%s"]`
	const plugin = "module.coder.helm_release.device_plugin[0]"
	for folder, test := range map[string]struct {
		kinds     config.Variables
		want, all values

		replaced, updated []string // when 1,000 users become 3,000
	}{
		"gke": {kinds("n2-standard-16", "g2-standard-4"), values{
			at(gkePool, "workspace") + ".autoscaling.0.total_max_node_count":                                              62,
			at(gkePool, "large") + ".autoscaling.0.total_max_node_count":                                                  28,
			at(gkePool, "large") + ".node_config.0.machine_type":                                                          "n2-standard-16",
			at(gkePool, "large") + ".node_config.0.labels.coder.com/role":                                                 "large",
			at(gkePool, "large") + ".node_config.0.taint.0.value":                                                         "large",
			at(gkePool, "large") + ".node_config.0.guest_accelerator":                                                     []any{},
			at(gkePool, "gpu") + ".autoscaling.0.total_max_node_count":                                                    20,
			at(gkePool, "gpu") + ".node_config.0.guest_accelerator.0.type":                                                "nvidia-l4",
			at(gkePool, "gpu") + ".node_config.0.guest_accelerator.0.count":                                               1,
			at(gkePool, "gpu") + ".node_config.0.guest_accelerator.0.gpu_driver_installation_config.0.gpu_driver_version": "DEFAULT",
			at(gkePool, "later"): nil, plugin: nil,
			`module.coder.kubernetes_storage_class_v1.kind["gpu"].parameters.type`: "pd-balanced",
		}, values{at(gkePool, "workspace"): nil, at(gkePool, "all") + ".autoscaling.0.total_max_node_count": 77}, nil, []string{
			at(gkePool, "workspace"), at(gkePool, "large"), at(gkePool, "provisioner"), `module.gke.google_container_node_pool.standing["coderd"]`,
			"module.gke.google_sql_database_instance.this", "module.coder.helm_release.coder", "module.coder.helm_release.provisioner[0]",
		}},
		"eks": {kinds("m5.4xlarge", "g6.xlarge"), values{
			at(eksGroup, "gpu-0") + ".scaling_config.0.max_size":       20,
			at(eksGroup, "gpu-0") + ".ami_type":                        "AL2023_x86_64_NVIDIA",
			at(eksGroup, "gpu-0") + ".labels.nvidia.com/gpu.present":   "true",
			at(eksGroup, "large-0") + ".ami_type":                      "AL2023_x86_64_STANDARD",
			at(eksGroup, "large-0") + ".labels.nvidia.com/gpu.present": nil,
			at(eksGroup, "large-0") + ".taint.0.value":                 "large",
			at(eksGroup, "large-0") + ".scaling_config.0.max_size":     28,
			at(eksGroup, "later-0"):                                    nil,
			plugin + ".values.0:tolerations.0.operator":                "Exists",
			`module.eks.aws_launch_template.role["gpu"].name_prefix`:   "coder-gpu-",
		}, values{at(eksGroup, "workspace-0"): nil, at(eksGroup, "all-0") + ".scaling_config.0.max_size": 72, plugin: nil}, []string{`module.eks.aws_eks_node_group.static["coderd"]`}, []string{
			at(eksGroup, "workspace-0"), at(eksGroup, "large-0"), `module.eks.aws_eks_node_group.static["provisioner"]`, `module.eks.aws_launch_template.role["coderd"]`,
			"module.eks.aws_db_instance.this", "module.coder.helm_release.coder", "module.coder.helm_release.provisioner[0]",
		}},
		"aks": {kinds("Standard_D16s_v5", "Standard_NC4as_T4_v3"), values{
			at(aksPool, "gpu1") + ".max_count":                          20,
			at(aksPool, "gpu1") + ".vm_size":                            "Standard_NC4as_T4_v3",
			at(aksPool, "gpu1") + ".node_labels.nvidia.com/gpu.present": "true",
			at(aksPool, "large1") + ".node_taints.0":                    "coder.com/role=large:NoSchedule",
			at(aksPool, "large1") + ".node_labels.coder.com/role":       "large",
			at(aksPool, "later1"):                                       nil,
			plugin + ".chart":                                           "nvidia-device-plugin",
		}, values{at(aksPool, "workspace1"): nil, at(aksPool, "all1") + ".max_count": 72, plugin: nil}, nil, []string{
			at(aksPool, "workspace1"), at(aksPool, "large1"), "module.aks.azurerm_kubernetes_cluster_node_pool.coderd", "module.aks.azurerm_kubernetes_cluster_node_pool.provisioner[0]",
			"module.aks.azurerm_postgresql_flexible_server.this", "module.coder.helm_release.coder", "module.coder.helm_release.provisioner[0]",
		}},
	} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			runModule(t, folder, surrounded(folder, 1000, 1), []moduleStep{
				{"with kinds", with(test.kinds, texts(map[string]string{"edition": "2025-04"})), test.want, nil},
				{"3,000 users", with(test.kinds, with(texts(map[string]string{"edition": "2025-04"}), integers(map[string]int{"users": 3000}))), nil, changes{t, test.replaced, test.updated}},
				{"one kind for everybody", everybody(), test.all, nil},
			})
		})
	}
}
