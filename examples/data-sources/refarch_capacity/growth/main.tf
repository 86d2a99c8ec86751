terraform {
  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

variable "plan" {
  description = "People with an account, as you expect them."
  type        = map(number)
  default = {
    "2027-01" = 900
    "2027-07" = 1200
    "2028-01" = 1800
  }
}

locals {
  nodes = {
    coderd      = { machine_type = "n4-standard-4", node_count = 3 }
    provisioner = { machine_type = "n4-standard-8", node_count = 9 }
    workspace   = { machine_type = "n4-standard-8", node_count = 60 }
  }
}

data "refarch_capacity" "today" {
  cloud       = "gcp"
  edition     = "2026-01"
  coderd      = local.nodes.coderd
  provisioner = local.nodes.provisioner
  workspace   = local.nodes.workspace
}

# The same question the other way round, for each of your numbers.
data "refarch_sizing" "then" {
  for_each = var.plan

  users   = each.value
  cloud   = "gcp"
  edition = "2026-01"
}

output "growth" {
  value = {
    for date, then in data.refarch_sizing.then : date => {
      users = then.users
      fits  = then.users <= data.refarch_capacity.today.users
      nodes = { for role, today in local.nodes : role => "${then[role].node_count} x ${then[role].machine_type}" }
    }
  }
}

output "summary" {
  value = data.refarch_capacity.today.summary
}
