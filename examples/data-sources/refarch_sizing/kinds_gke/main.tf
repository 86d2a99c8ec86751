terraform {
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.0"
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
      machine_type = "n2-standard-16"
    }
    gpu = {
      workspaces   = 20
      requests     = { cpu = 3, memory_gib = 12, gpus = 1 }
      machine_type = "g2-standard-4"
    }
  }
}

variable "accelerators" {
  description = "What Google calls the GPUs of a kind's machine type."
  type        = map(string)
  default     = { gpu = "nvidia-l4" }
}

provider "google" {
  project = "example"
  region  = "us-central1"
}

data "refarch_sizing" "this" {
  users           = var.users
  cloud           = "gcp"
  edition         = "2025-04"
  packing         = "schedulable"
  zones           = 3
  workspace_kinds = var.workspace_kinds
}

# The keys are the variable's own: they are known while users are not.
resource "google_container_node_pool" "kind" {
  for_each = var.workspace_kinds

  name              = each.key
  cluster           = "coder"
  location          = "us-central1"
  node_locations    = ["us-central1-a", "us-central1-b", "us-central1-c"]
  max_pods_per_node = data.refarch_sizing.this.workspace_pools[each.key].max_pods_per_node

  autoscaling {
    total_min_node_count = data.refarch_sizing.this.workspace_pools[each.key].min_node_count
    total_max_node_count = data.refarch_sizing.this.workspace_pools[each.key].max_node_count
  }

  node_config {
    machine_type = data.refarch_sizing.this.workspace_pools[each.key].machine_type
    labels       = { "coder.com/kind" = each.key }

    # A template of this kind selects the label and tolerates the taint.
    taint {
      key    = "coder.com/kind"
      value  = each.key
      effect = "NO_SCHEDULE"
    }

    # GKE installs the driver, and runs its device plug-in on such nodes.
    dynamic "guest_accelerator" {
      for_each = { for kind, type in var.accelerators : kind => type if kind == each.key }
      content {
        type  = guest_accelerator.value
        count = data.refarch_sizing.this.workspace_pools[each.key].gpus

        gpu_driver_installation_config {
          gpu_driver_version = "LATEST"
        }
      }
    }
  }
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
