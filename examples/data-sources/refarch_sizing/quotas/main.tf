terraform {
  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

variable "cloud" {
  type    = string
  default = "azure"
}

# What the cloud allows less what is in use, by its own names. No data source lists
# it; the command lines do:
#   az vm list-usage --location eastus2 --output json |
#     jq 'map({(.name.value): ((.limit | tonumber) - (.currentValue | tonumber))}) | add'
#   { gcloud compute regions describe us-central1 --format=json; gcloud compute project-info describe --format=json; } |
#     jq --slurp 'map(.quotas[] | {(.metric): (.limit - .usage)}) | add'
variable "quotas" {
  type = map(number)
  default = {
    cores              = 1000
    standardDSv5Family = 500
  }
}

data "refarch_sizing" "this" {
  users   = 1000
  cloud   = var.cloud
  edition = "2026-01"
}

locals {
  # Azure writes one name in several ways: compared without case and spaces.
  quotas = { for name, left in var.quotas : lower(replace(name, " ", "")) => left }

  too_small = [
    for name, quota in data.refarch_sizing.this.compute_quotas :
    "${name} has ${try(local.quotas[lower(name)], "not been stated")}, and the fleet takes up to ${quota.peak} ${quota.unit}."
    if try(local.quotas[lower(name)], 0) < quota.peak
  ]
}

# Warns, and lets the plan stand.
check "quotas" {
  assert {
    condition     = length(local.too_small) == 0
    error_message = join(" ", local.too_small)
  }
}

output "too_small" {
  value = local.too_small
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
