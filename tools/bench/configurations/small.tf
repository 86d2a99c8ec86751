# A provider on the plugin framework whose only data source has one argument.

terraform {
  required_providers {
    small = {
      source = "refarch/small"
    }
  }
}

data "small_name" "this" {
  for_each = var.sizings

  name = each.key
}

output "sizings" {
  value = length(data.small_name.this)
}
