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

variable "network" {
  type    = string
  default = "10.0.0.0/8"
}

provider "google" {
  project = "example"
  region  = "us-central1"
}

data "refarch_sizing" "this" {
  users   = 1000
  cloud   = "gcp"
  edition = "2026-01"
  zones   = 3

  # An upgrade adds each pool's max_surge of 1: coderd, provisioner and workspace.
  other_nodes = 3
}

locals {
  # Each range begins a part of its own: it grows without moving the others.
  ranges = {
    nodes    = cidrsubnet(cidrsubnet(var.network, 4, 0), data.refarch_sizing.this.addresses.node_prefix_length - 12, 0)
    services = cidrsubnet(cidrsubnet(var.network, 4, 1), 8, 0)
    pods     = cidrsubnet(cidrsubnet(var.network, 1, 1), data.refarch_sizing.this.addresses.pod_prefix_length - 9, 0)
  }
}

resource "google_compute_subnetwork" "nodes" {
  name          = "coder-nodes"
  network       = "coder"
  region        = "us-central1"
  ip_cidr_range = local.ranges.nodes

  dynamic "secondary_ip_range" {
    for_each = toset(["pods", "services"])
    content {
      range_name    = secondary_ip_range.key
      ip_cidr_range = local.ranges[secondary_ip_range.key]
    }
  }
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
