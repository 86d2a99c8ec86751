terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.0"
    }
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

variable "network" {
  type    = string
  default = "10.0.0.0/8"
}

provider "azurerm" {
  features {}
}

data "refarch_sizing" "this" {
  users   = 1000
  cloud   = "azure"
  edition = "2026-01"

  # The cluster's own system pool, and what an upgrade adds: one node to each of the
  # four pools, where all of them have the upgrade_settings below.
  other_nodes = local.system_nodes + 4
}

locals {
  system_nodes = 3

  # Each range begins a part of its own: it grows without moving the others.
  ranges = {
    nodes    = cidrsubnet(cidrsubnet(var.network, 4, 0), data.refarch_sizing.this.addresses.node_prefix_length - 12, 0)
    services = cidrsubnet(cidrsubnet(var.network, 4, 1), 8, 0)
    pods     = cidrsubnet(cidrsubnet(var.network, 1, 1), data.refarch_sizing.this.addresses.pod_prefix_length - 9, 0)
  }
}

resource "azurerm_subnet" "nodes" {
  name                 = "nodes"
  resource_group_name  = "coder"
  virtual_network_name = "coder"
  address_prefixes     = [local.ranges.nodes]
}

resource "azurerm_kubernetes_cluster" "this" {
  name                = "coder"
  resource_group_name = "coder"
  location            = "eastus2"
  dns_prefix          = "coder"

  # Pods have a range that the virtual network does not see: a /24 of it for each node.
  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    pod_cidr            = local.ranges.pods
    service_cidr        = local.ranges.services
    dns_service_ip      = cidrhost(local.ranges.services, 10)
  }

  default_node_pool {
    name           = "system"
    vm_size        = "Standard_D2s_v5"
    node_count     = local.system_nodes
    vnet_subnet_id = azurerm_subnet.nodes.id

    upgrade_settings {
      max_surge = "1"
    }
  }

  identity {
    type = "SystemAssigned"
  }

  node_provisioning_profile {}
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
