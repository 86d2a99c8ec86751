# refarch, or the constant in its place: the configuration is the same.

terraform {
  required_providers {
    refarch = {
      source = "refarch/refarch"
    }
  }
}

data "refarch_sizing" "this" {
  for_each = var.sizings

  users = each.value.users
  cloud = each.value.cloud
  zones = each.value.zones
}

output "sizings" {
  value = length(data.refarch_sizing.this)
}

output "nodes" {
  value = sum([for sizing in data.refarch_sizing.this : sizing.workspace.node_count])
}
