# Plans the module without a cloud and without credentials: only refarch is real.
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
    condition     = output.totals.node_count == 55 && output.totals.vcpu == 428
    error_message = "The fleet of 1,000 users: 55 nodes, 428 vCPU."
  }

  assert {
    condition     = output.workspace_templates["workspace"].node_selector["coder.com/role"] == "workspace" && output.workspace_templates["workspace"].requests.memory == "2048Mi"
    error_message = "What templates need: the nodes of workspaces, and the request that was sized for."
  }

  assert {
    condition     = output.namespace == "coder" && output.workspace_templates["workspace"].storage_class == "coder-home"
    error_message = "Where Coder runs, and what makes its disks."
  }
}

run "three_thousand_users" {
  command = plan

  variables {
    users = 3000
  }

  assert {
    condition     = output.totals.node_count == 159
    error_message = "The fleet of 3,000 users: 159 nodes."
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

run "a_kind_with_gpus" {
  command = plan

  variables {
    workspace_kinds = {
      gpu = {
        workspaces   = 20
        machine_type = "Standard_NC4as_T4_v3"
        requests     = { cpu = 3, memory_gib = 12, gpus = 1 }
      }
    }
  }

  assert {
    condition = alltrue([
      output.workspace_templates["gpu"].node_selector["coder.com/role"] == "gpu",
      output.workspace_templates["gpu"].requests["nvidia.com/gpu"] == "1",
      output.workspace_templates["gpu"].storage_class == "coder-home",
    ])
    error_message = "Its templates ask for a GPU and go to its own nodes."
  }
}

run "surroundings_that_just_do" {
  command = plan

  # What refarch_sizing answers: the smallest blocks, and what the fleet takes at its
  # largest.
  variables {
    network_cidr   = "10.0.0.0/24"
    pod_cidr       = "10.240.0.0/17"
    compute_quotas = { standardDSv5Family = 660, cores = 660 }
  }

  assert {
    condition     = output.totals.node_count == 55
    error_message = "Nothing is refused."
  }
}
