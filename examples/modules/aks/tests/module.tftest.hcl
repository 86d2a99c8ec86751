# Plans the module without a cloud and without credentials, for a sizing as written here.
# terraform init, then terraform test.

mock_provider "azurerm" {
  # The provider reads them. OpenTofu makes values up when it plans already.
  mock_resource "azurerm_kubernetes_cluster" {
    defaults = {
      id          = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/coder/providers/Microsoft.ContainerService/managedClusters/coder"
      kube_config = [{ host = "https://203.0.113.9", client_certificate = "Y29kZXI=", client_key = "Y29kZXI=", cluster_ca_certificate = "Y29kZXI=", username = "", password = "" }]
    }
  }

  mock_resource "azurerm_nat_gateway" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/coder/providers/Microsoft.Network/natGateways/coder" }
  }

  mock_resource "azurerm_postgresql_flexible_server" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/coder/providers/Microsoft.DBforPostgreSQL/flexibleServers/coder" }
  }

  mock_resource "azurerm_private_dns_zone" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/coder/providers/Microsoft.Network/privateDnsZones/coder.private.postgres.database.azure.com" }
  }

  mock_resource "azurerm_public_ip" {
    defaults = {
      id         = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/coder/providers/Microsoft.Network/publicIPAddresses/coder-nat"
      ip_address = "203.0.113.8"
    }
  }

  mock_resource "azurerm_subnet" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/coder/providers/Microsoft.Network/virtualNetworks/coder/subnets/nodes" }
  }

  mock_resource "azurerm_user_assigned_identity" {
    defaults = {
      id           = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/coder/providers/Microsoft.ManagedIdentity/userAssignedIdentities/coder"
      principal_id = "00000000-0000-0000-0000-000000000000"
    }
  }

  mock_resource "azurerm_virtual_network" {
    defaults = { id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/coder/providers/Microsoft.Network/virtualNetworks/coder" }
  }
}
mock_provider "random" {}

variables {
  region             = "eastus2"
  name               = "coder"
  api_access_cidrs   = ["203.0.113.7/32"]
  coderd_surge_nodes = 0

  sizing = {
    coderd          = { machine_type = "Standard_D4s_v5", node_count = 3, min_node_count = 3, max_node_count = 3, min_node_count_per_zone = 3, max_node_count_per_zone = 3, max_pods_per_node = 110 }
    provisioner     = { machine_type = "Standard_D8s_v5", node_count = 9, min_node_count = 9, max_node_count = 9, min_node_count_per_zone = 9, max_node_count_per_zone = 9, max_pods_per_node = 110 }
    workspace       = { machine_type = "Standard_D8s_v5", node_count = 44, min_node_count = 3, max_node_count = 72, min_node_count_per_zone = 3, max_node_count_per_zone = 72, max_pods_per_node = 110 }
    database        = { sku = "GP_Standard_D8ds_v5", high_availability = false, storage_mb = 524288 }
    workspace_pools = {}
    workspace_kinds = null
    addresses       = { node_count = 100, node_prefix_length = 25, pod_prefix_length = 17 }
    compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
    warnings        = []
  }
}

run "as_sized" {
  command = plan

  assert {
    condition = alltrue([
      azurerm_kubernetes_cluster_node_pool.coderd.node_count == 3,
      azurerm_kubernetes_cluster_node_pool.coderd.vm_size == "Standard_D4s_v5",
      azurerm_kubernetes_cluster_node_pool.coderd.max_pods == 110,
    ])
    error_message = "coderd: 3 nodes of Standard_D4s_v5, for 110 pods and not for 250."
  }

  assert {
    condition     = azurerm_kubernetes_cluster_node_pool.provisioner[0].node_count == 9
    error_message = "Provisioners: 9 nodes."
  }

  assert {
    condition     = azurerm_kubernetes_cluster_node_pool.workspace["workspace1"].min_count == 3 && azurerm_kubernetes_cluster_node_pool.workspace["workspace1"].max_count == 72
    error_message = "Workspaces: from 3 nodes to 72."
  }

  assert {
    condition = alltrue([
      for role, pool in { coderd = azurerm_kubernetes_cluster_node_pool.coderd, provisioner = azurerm_kubernetes_cluster_node_pool.provisioner[0] } :
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
}

run "surroundings_that_just_do" {
  command = plan

  variables {
    network_cidr   = "10.0.0.0/24"
    pod_cidr       = "10.64.0.0/17"
    compute_quotas = { vcpu = 700 }
  }

  assert {
    condition     = azurerm_subnet.nodes.address_prefixes == tolist(["10.0.0.0/25"])
    error_message = "The smallest blocks that hold the nodes, and the quota that they take, are not refused."
  }
}

run "colocated" {
  command = plan

  variables {
    colocate_provisioners = true
  }

  assert {
    condition     = length(azurerm_kubernetes_cluster_node_pool.provisioner) == 0
    error_message = "No pool of provisioners."
  }
}

run "three_zones_and_a_standby" {
  command = plan

  variables {
    zones = 3

    sizing = {
      coderd          = { machine_type = "Standard_D4s_v5", node_count = 3, min_node_count = 3, max_node_count = 3, min_node_count_per_zone = 1, max_node_count_per_zone = 1, max_pods_per_node = 110 }
      provisioner     = { machine_type = "Standard_D8s_v5", node_count = 9, min_node_count = 9, max_node_count = 9, min_node_count_per_zone = 3, max_node_count_per_zone = 3, max_pods_per_node = 110 }
      workspace       = { machine_type = "Standard_D8s_v5", node_count = 44, min_node_count = 3, max_node_count = 72, min_node_count_per_zone = 1, max_node_count_per_zone = 24, max_pods_per_node = 110 }
      database        = { sku = "GP_Standard_D8ds_v5", high_availability = true, storage_mb = 524288 }
      workspace_pools = {}
      workspace_kinds = null
      addresses       = { node_count = 100, node_prefix_length = 25, pod_prefix_length = 17 }
      compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
      warnings        = []
    }
  }

  assert {
    condition     = length(azurerm_kubernetes_cluster_node_pool.workspace) == 3 && alltrue([for pool in azurerm_kubernetes_cluster_node_pool.workspace : pool.min_count == 1 && length(pool.zones) == 1])
    error_message = "One pool of workspaces in each zone, of one node at least."
  }

  assert {
    condition     = sum([for pool in azurerm_kubernetes_cluster_node_pool.workspace : pool.max_count]) == 72
    error_message = "Together they reach the pool's largest."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.this.high_availability[0].mode == "ZoneRedundant"
    error_message = "The database has a standby in another zone."
  }
}

run "a_region_without_zones" {
  command = plan

  variables {
    availability_zones = []

    sizing = {
      coderd          = { machine_type = "Standard_D4s_v5", node_count = 3, min_node_count = 3, max_node_count = 3, min_node_count_per_zone = 1, max_node_count_per_zone = 1, max_pods_per_node = 110 }
      provisioner     = { machine_type = "Standard_D8s_v5", node_count = 9, min_node_count = 9, max_node_count = 9, min_node_count_per_zone = 3, max_node_count_per_zone = 3, max_pods_per_node = 110 }
      workspace       = { machine_type = "Standard_D8s_v5", node_count = 44, min_node_count = 3, max_node_count = 72, min_node_count_per_zone = 1, max_node_count_per_zone = 24, max_pods_per_node = 110 }
      database        = { sku = "GP_Standard_D8ds_v5", high_availability = true, storage_mb = 524288 }
      workspace_pools = {}
      workspace_kinds = null
      addresses       = { node_count = 100, node_prefix_length = 25, pod_prefix_length = 17 }
      compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
      warnings        = []
    }
  }

  assert {
    condition     = length(azurerm_kubernetes_cluster_node_pool.coderd.zones) == 0 && azurerm_postgresql_flexible_server.this.high_availability[0].mode == "SameZone"
    error_message = "No zones for the pools, and the standby beside its primary."
  }
}

run "too_few_zones" {
  command = plan

  variables {
    zones              = 3
    availability_zones = ["1", "2"]
  }

  expect_failures = [var.zones]
}

run "a_version_without_quotes" {
  command = plan

  variables {
    kubernetes_version = 1.30
  }

  expect_failures = [var.kubernetes_version]
}

run "a_kind_with_gpus" {
  command = plan

  variables {
    workspace_pools = ["gpu", "workspace"]

    sizing = {
      coderd          = { machine_type = "Standard_D4s_v5", node_count = 3, min_node_count = 3, max_node_count = 3, min_node_count_per_zone = 3, max_node_count_per_zone = 3, max_pods_per_node = 110 }
      provisioner     = { machine_type = "Standard_D8s_v5", node_count = 9, min_node_count = 9, max_node_count = 9, min_node_count_per_zone = 9, max_node_count_per_zone = 9, max_pods_per_node = 110 }
      workspace       = { machine_type = "Standard_D8s_v5", node_count = 43, min_node_count = 3, max_node_count = 70, min_node_count_per_zone = 3, max_node_count_per_zone = 70, max_pods_per_node = 110 }
      database        = { sku = "GP_Standard_D8ds_v5", high_availability = false, storage_mb = 524288 }
      workspace_pools = { gpu = { machine_type = "Standard_NC4as_T4_v3", node_count = 12, min_node_count = 1, max_node_count = 20, min_node_count_per_zone = 1, max_node_count_per_zone = 20, max_pods_per_node = 110, gpus = 1 } }
      workspace_kinds = { gpu = { workspaces = 20, requests = { cpu = 3, memory_gib = 12, gpus = 1 } } }
      addresses       = { node_count = 100, node_prefix_length = 25, pod_prefix_length = 17 }
      compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
      warnings        = []
    }
  }

  assert {
    condition = alltrue([
      azurerm_kubernetes_cluster_node_pool.workspace["gpu1"].max_count == 20,
      azurerm_kubernetes_cluster_node_pool.workspace["gpu1"].vm_size == "Standard_NC4as_T4_v3",
      azurerm_kubernetes_cluster_node_pool.workspace["gpu1"].node_labels["nvidia.com/gpu.present"] == "true",
      azurerm_kubernetes_cluster_node_pool.workspace["gpu1"].node_taints == tolist(["coder.com/role=gpu:NoSchedule"]),
      !contains(keys(azurerm_kubernetes_cluster_node_pool.workspace["workspace1"].node_labels), "nvidia.com/gpu.present"),
    ])
    error_message = "A pool of its own, with what GPUs need, and nothing of it in the other one."
  }
}

run "a_kind_without_its_pool" {
  command = plan

  variables {
    sizing = {
      coderd          = { machine_type = "Standard_D4s_v5", node_count = 3, min_node_count = 3, max_node_count = 3, min_node_count_per_zone = 3, max_node_count_per_zone = 3, max_pods_per_node = 110 }
      provisioner     = { machine_type = "Standard_D8s_v5", node_count = 9, min_node_count = 9, max_node_count = 9, min_node_count_per_zone = 9, max_node_count_per_zone = 9, max_pods_per_node = 110 }
      workspace       = { machine_type = "Standard_D8s_v5", node_count = 43, min_node_count = 3, max_node_count = 70, min_node_count_per_zone = 3, max_node_count_per_zone = 70, max_pods_per_node = 110 }
      database        = { sku = "GP_Standard_D8ds_v5", high_availability = false, storage_mb = 524288 }
      workspace_pools = { gpu = { machine_type = "Standard_NC4as_T4_v3", node_count = 12, min_node_count = 1, max_node_count = 20, min_node_count_per_zone = 1, max_node_count_per_zone = 20, max_pods_per_node = 110, gpus = 1 } }
      workspace_kinds = { gpu = { workspaces = 20, requests = { cpu = 3, memory_gib = 12, gpus = 1 } } }
      addresses       = { node_count = 100, node_prefix_length = 25, pod_prefix_length = 17 }
      compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
      warnings        = []
    }
  }

  expect_failures = [var.workspace_pools]
}
