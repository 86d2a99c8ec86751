terraform {
  required_version = ">= 1.2.7"

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
  default = 750
}

provider "google" {
  project = var.project
  region  = "us-central1"
}

# Stands for what only an apply tells: its output is unknown in the first plan
# and in every plan that changes it.
resource "terraform_data" "directory" {
  input = var.users
}

# The shape, known in every plan: what a change of replaces a pool. All users of
# a tier have the same, so any number of them does.
data "refarch_sizing" "shape" {
  users   = 1000
  cloud   = "gcp"
  edition = "2026-01"
  zones   = 3
}

# The counts, unknown until apply where users are.
data "refarch_sizing" "this" {
  users   = terraform_data.directory.output
  cloud   = "gcp"
  edition = "2026-01"
  zones   = 3

  lifecycle {
    postcondition {
      condition     = self.tier.name == data.refarch_sizing.shape.tier.name
      error_message = "The users are of tier ${self.tier.name} now. Set users of data.refarch_sizing.shape to ${self.tier.users}."
    }
  }
}

# Plans: the keys are names. count = data.refarch_sizing.this.workspace.node_count
# would not, nor would depends_on in a data source do anything but cause this.
resource "google_container_node_pool" "role" {
  for_each = toset(["coderd", "provisioner", "workspace"])

  name           = each.key
  cluster        = "coder"
  location       = "us-central1"
  node_locations = ["us-central1-a", "us-central1-b", "us-central1-c"]

  node_count        = each.key == "workspace" ? null : data.refarch_sizing.this[each.key].node_count_per_zone
  max_pods_per_node = data.refarch_sizing.shape[each.key].max_pods_per_node

  dynamic "autoscaling" {
    for_each = each.key == "workspace" ? ["workspace"] : []
    content {
      total_min_node_count = data.refarch_sizing.this.workspace.min_node_count
      total_max_node_count = data.refarch_sizing.this.workspace.max_node_count
    }
  }

  node_config {
    machine_type = data.refarch_sizing.shape[each.key].machine_type
    disk_type    = "hyperdisk-balanced" # n4 attaches no other
  }
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
