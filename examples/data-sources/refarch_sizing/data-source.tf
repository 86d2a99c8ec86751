terraform {
  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

data "refarch_sizing" "this" {
  users   = 1000
  cloud   = "gcp"
  edition = "2026-01" # pinned: the figures stay when the vendor publishes others
  zones   = 3
}

# A plan shows a data source's values through outputs only.
output "summary" {
  value = data.refarch_sizing.this.summary
}

output "warnings" {
  value = data.refarch_sizing.this.warnings
}
