# A provider on the plugin framework whose only data source has one argument.

terraform {
  required_providers {
    small = {
      source = "refarch/small"
    }
  }
}

data "small_name" "this" {
  count = var.sizings

  name = "sizing-${count.index}"
}

output "sizings" {
  value = length(data.small_name.this)
}
