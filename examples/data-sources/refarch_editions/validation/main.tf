terraform {
  required_version = ">= 1.9.0" # a validation that looks at other objects

  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

data "refarch_editions" "published" {}

variable "edition" {
  type    = string
  default = "2026-01"

  validation {
    condition     = contains(data.refarch_editions.published.editions[*].id, var.edition)
    error_message = "There is no edition ${var.edition}. There are ${join(", ", data.refarch_editions.published.editions[*].id)}."
  }
}

data "refarch_sizing" "this" {
  users   = 1000
  cloud   = "gcp"
  edition = var.edition
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
