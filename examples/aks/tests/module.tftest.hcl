# Plans the module without a cloud and without credentials: only refarch is real.
# terraform init, then terraform test.

mock_provider "azurerm" {}
mock_provider "helm" {}
mock_provider "kubernetes" {}
mock_provider "random" {}

variables {
  users            = 1000
  access_url       = "https://coder.example.com"
  api_access_cidrs = ["203.0.113.7/32"]
}

run "a_thousand_users" {
  command = plan

  assert {
    condition = alltrue([
      azurerm_kubernetes_cluster_node_pool.static["coderd"].node_count == 3,
      azurerm_kubernetes_cluster_node_pool.static["coderd"].vm_size == "Standard_D4s_v5",
      azurerm_kubernetes_cluster_node_pool.static["coderd"].max_pods == 110,
    ])
    error_message = "coderd: 3 nodes of Standard_D4s_v5, for 110 pods and not for 250."
  }

  assert {
    condition     = azurerm_kubernetes_cluster_node_pool.static["provisioner"].node_count == 9
    error_message = "Provisioners: 9 nodes."
  }

  assert {
    condition     = azurerm_kubernetes_cluster_node_pool.workspace["workspace1"].min_count == 1 && azurerm_kubernetes_cluster_node_pool.workspace["workspace1"].max_count == 72
    error_message = "Workspaces: from 1 node to 72."
  }

  assert {
    condition = alltrue([
      for role, pool in azurerm_kubernetes_cluster_node_pool.static :
      pool.node_labels["coder.com/role"] == role && pool.node_taints == tolist(["coder.com/role=${role}:NoSchedule"])
    ])
    error_message = "Every sized pool is labelled and tainted with its role."
  }

  assert {
    condition = alltrue([
      azurerm_postgresql_flexible_server.this.sku_name == "GP_Standard_D8ds_v5",
      azurerm_postgresql_flexible_server.this.storage_mb == 524288,
      azurerm_postgresql_flexible_server.this.auto_grow_enabled,
      !azurerm_postgresql_flexible_server.this.public_network_access_enabled,
      length(azurerm_postgresql_flexible_server.this.high_availability) == 0,
    ])
    error_message = "PostgreSQL: GP_Standard_D8ds_v5, 512 GiB that grows, private."
  }

  assert {
    # As Helm merges: maps by key, a list of a later document takes the place of an earlier one's.
    condition = alltrue([
      contains(yamldecode(helm_release.coder.values[0]).coder.env[*].name, "CODER_PROVISIONER_DAEMONS"),
      !can(yamldecode(helm_release.coder.values[1]).coder.env),
      yamldecode(helm_release.coder.values[1]).coder.envUseClusterAccessURL == false,
      yamldecode(helm_release.coder.values[0]).coder.replicaCount == 3,
      yamldecode(helm_release.provisioner[0].values[0]).coder.replicaCount == 60,
    ])
    error_message = "The values of the sizing reach Helm, and none of ours drops CODER_PROVISIONER_DAEMONS."
  }

  assert {
    condition     = yamldecode(helm_release.coder.values[1]).provisionerDaemon.pskSecretName == yamldecode(helm_release.provisioner[0].values[1]).provisionerDaemon.pskSecretName
    error_message = "coderd and provisioners know the same key."
  }
}

run "colocated" {
  command = plan

  variables {
    users                 = 50
    colocate_provisioners = true
  }

  assert {
    condition     = toset(keys(azurerm_kubernetes_cluster_node_pool.static)) == toset(["coderd"]) && length(helm_release.provisioner) == 0
    error_message = "No pool and no release of provisioners."
  }
}

run "three_zones" {
  command = plan

  variables {
    users = 2500
    zones = 3
  }

  assert {
    condition     = length(azurerm_kubernetes_cluster_node_pool.workspace) == 3 && alltrue([for pool in azurerm_kubernetes_cluster_node_pool.workspace : pool.min_count == 1 && length(pool.zones) == 1])
    error_message = "One pool of workspaces in each zone, of one node at least."
  }

  assert {
    condition     = sum([for pool in azurerm_kubernetes_cluster_node_pool.workspace : pool.max_count]) >= data.refarch_sizing.this.workspace.max_node_count
    error_message = "Together they reach the pool's largest."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.this.high_availability[0].mode == "ZoneRedundant"
    error_message = "From 2,000 users on the database has a standby in another zone."
  }
}

run "a_region_without_zones" {
  command = plan

  variables {
    users              = 2500
    availability_zones = []
  }

  assert {
    condition     = length(azurerm_kubernetes_cluster_node_pool.static["coderd"].zones) == 0 && azurerm_postgresql_flexible_server.this.high_availability[0].mode == "SameZone"
    error_message = "No zones for the pools, and the standby beside its primary."
  }
}

run "provisioner_key" {
  command = plan

  variables {
    provisioner_key_secret_name = "coder-provisioner-key"
  }

  assert {
    condition = alltrue([
      length(kubernetes_secret_v1.provisioner_psk) == 0,
      yamldecode(helm_release.coder.values[1]).provisionerDaemon.pskSecretName == "",
      yamldecode(helm_release.provisioner[0].values[1]).provisionerDaemon.pskSecretName == "",
      yamldecode(helm_release.provisioner[0].values[1]).provisionerDaemon.keySecretName == "coder-provisioner-key",
    ])
    error_message = "A provisioner key takes the place of the pre-shared one."
  }
}

run "extrapolated" {
  command = plan

  variables {
    edition      = "2025-04"
    users        = 4000
    beyond_range = "extrapolate"
  }

  expect_failures = [check.in_validated_range]
}

run "too_many_users" {
  command = plan

  variables {
    users = 20000
  }

  expect_failures = [var.users]
}

run "no_such_edition" {
  command = plan

  variables {
    edition = "2023-01"
  }

  expect_failures = [var.edition]
}

run "too_few_zones" {
  command = plan

  variables {
    zones              = 3
    availability_zones = ["1", "2"]
  }

  expect_failures = [var.zones]
}

run "too_little_quota" {
  command = plan

  variables {
    vcpu_quota = 500
  }

  expect_failures = [data.refarch_sizing.this]
}
