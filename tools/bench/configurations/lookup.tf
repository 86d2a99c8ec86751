# The same figures by a module written by hand.

module "this" {
  source   = "./lookup"
  for_each = var.sizings

  users = each.value.users
  cloud = each.value.cloud
  zones = each.value.zones
}

output "sizings" {
  value = length(module.this)
}

output "nodes" {
  value = sum([for one in module.this : one.sizing.workspace.node_count])
}
