# refarch, or the constant in its place: the configuration is the same.

terraform {
  required_providers {
    refarch = {
      source = "refarch/refarch"
    }
  }
}

data "refarch_sizing" "this" {
  count = var.sizings

  users = count.index % 3000 + 1
  cloud = element(local.clouds, count.index + floor(count.index / 3000))
  zones = floor(count.index / 9000) + 1
}

output "sizings" {
  value = length(data.refarch_sizing.this)
}

output "nodes" {
  value = sum([for sizing in data.refarch_sizing.this : sizing.workspace.node_count])
}
