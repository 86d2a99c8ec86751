terraform {
  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

data "refarch_editions" "all" {
  coder_version = "2.35.1"
}

# The edition that Coder's documentation carried with this release. Write it
# down rather than wiring it: an upgrade of Coder is no reason to resize.
output "matching_edition" {
  value = data.refarch_editions.all.matching_edition
}

# The largest number of users that each edition covers.
output "covers" {
  value = { for edition in data.refarch_editions.all.editions : edition.id => max(edition.tiers[*].users...) }
}
