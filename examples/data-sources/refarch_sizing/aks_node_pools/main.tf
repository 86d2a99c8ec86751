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

variable "users" {
  type    = number
  default = 1000
}

variable "cluster_id" {
  type    = string
  default = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/coder/providers/Microsoft.ContainerService/managedClusters/coder"
}

provider "azurerm" {
  features {}
}

data "refarch_sizing" "this" {
  users   = var.users
  cloud   = "azure"
  edition = "2026-01"
  packing = "schedulable"
}

locals {
  pools = {
    coderd      = data.refarch_sizing.this.coderd
    provisioner = data.refarch_sizing.this.provisioner
    workspace   = data.refarch_sizing.this.workspace
  }

  # Another vm_size or max_pods moves the nodes to a pool of this name and back.
  temporary_names = {
    coderd      = "coderdtmp"
    provisioner = "provtmp"
    workspace   = "wstmp"
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "role" {
  for_each = local.pools

  name                  = each.key
  kubernetes_cluster_id = var.cluster_id
  vm_size               = each.value.machine_type

  # Of each pool its own. AKS keeps memory for each pod that a node may run, and
  # an overlay network's default is 250: fewer workspaces would fit than counted.
  max_pods = each.value.max_pods_per_node

  node_count           = each.key == "workspace" ? null : each.value.node_count
  auto_scaling_enabled = each.key == "workspace"
  min_count            = each.key == "workspace" ? each.value.min_node_count : null
  max_count            = each.key == "workspace" ? each.value.max_node_count : null

  temporary_name_for_rotation = local.temporary_names[each.key]

  node_labels = { "coder.com/role" = each.key }
  node_taints = ["coder.com/role=${each.key}:NoSchedule"]
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
