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

variable "workspace_kinds" {
  description = "Kinds of workspaces that differ from the rest, by the name of their node pool."
  type = map(object({
    workspaces   = optional(number)
    percent      = optional(number)
    requests     = object({ cpu = number, memory_gib = number, volumes = optional(number), gpus = optional(number) })
    limits       = optional(object({ cpu = optional(number), memory_gib = optional(number) }))
    machine_type = optional(string)
  }))
  default = {
    large = {
      percent      = 20
      requests     = { cpu = 2, memory_gib = 8 }
      limits       = { cpu = 4, memory_gib = 8 }
      machine_type = "Standard_D16s_v5"
    }
    gpu = {
      workspaces   = 20
      requests     = { cpu = 3, memory_gib = 12, gpus = 1 }
      machine_type = "Standard_NC4as_T4_v3"
    }
  }
}

variable "cluster_id" {
  type    = string
  default = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/coder/providers/Microsoft.ContainerService/managedClusters/coder"
}

provider "azurerm" {
  features {}
}

data "refarch_sizing" "this" {
  users           = var.users
  cloud           = "azure"
  edition         = "2025-04"
  packing         = "schedulable"
  workspace_kinds = var.workspace_kinds
}

locals {
  pools = data.refarch_sizing.this.workspace_pools
}

resource "azurerm_kubernetes_cluster_node_pool" "kind" {
  for_each = var.workspace_kinds

  name                  = each.key # at most 12 letters and digits, as names of kinds are on Azure
  kubernetes_cluster_id = var.cluster_id
  vm_size               = local.pools[each.key].machine_type
  max_pods              = local.pools[each.key].max_pods_per_node

  auto_scaling_enabled = true
  min_count            = local.pools[each.key].min_node_count
  max_count            = local.pools[each.key].max_node_count

  # AKS installs the driver. NVIDIA's device plug-in comes on top, as on EKS.
  gpu_driver = coalesce(each.value.requests.gpus, 0) > 0 ? "Install" : null

  # Another vm_size or max_pods moves the nodes to a pool of this name and back.
  temporary_name_for_rotation = "tmp${substr(md5(each.key), 0, 9)}"

  # A template of this kind selects the label and tolerates the taint.
  node_labels = { "coder.com/kind" = each.key }
  node_taints = ["coder.com/kind=${each.key}:NoSchedule"]
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
