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

variable "project" {
  type    = string
  default = "example"
}

variable "users" {
  type    = number
  default = 1000
}

provider "google" {
  project = var.project
  region  = "us-central1"
}

data "refarch_sizing" "this" {
  users   = var.users
  cloud   = "gcp"
  edition = "2026-01"
  zones   = 3
  packing = "schedulable"
}

# The keys are names, known at every plan. The values behind them may be unknown:
# the plan stands even where users is another resource's output.
locals {
  pools = {
    coderd      = data.refarch_sizing.this.coderd
    provisioner = data.refarch_sizing.this.provisioner
    workspace   = data.refarch_sizing.this.workspace
  }
}

resource "google_container_node_pool" "role" {
  for_each = local.pools

  name           = each.key
  cluster        = "coder"
  location       = "us-central1"
  node_locations = ["us-central1-a", "us-central1-b", "us-central1-c"]

  # GKE counts per zone here. coderd and provisioners do not scale by themselves.
  node_count        = each.key == "workspace" ? null : each.value.node_count_per_zone
  max_pods_per_node = each.value.max_pods_per_node

  # The totals count the whole pool.
  dynamic "autoscaling" {
    for_each = each.key == "workspace" ? ["workspace"] : []
    content {
      total_min_node_count = each.value.min_node_count
      total_max_node_count = each.value.max_node_count
    }
  }

  node_config {
    machine_type = each.value.machine_type
    disk_type    = startswith(each.value.machine_type, "n4-") ? "hyperdisk-balanced" : "pd-balanced"
    labels       = { "coder.com/role" = each.key }

    taint {
      key    = "coder.com/role"
      value  = each.key
      effect = "NO_SCHEDULE"
    }
  }
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
