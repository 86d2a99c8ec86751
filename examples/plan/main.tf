# What "make plan USERS=1000 CLOUD=gcp" plans: one sizing, nothing to create.

terraform {
  required_providers {
    refarch = {
      source = "refarch/refarch"
    }
  }
}

variable "users" {
  description = "People with an account."
  type        = number
}

variable "cloud" {
  description = "Where the deployment runs: gcp, aws or azure."
  type        = string
}

variable "edition" {
  description = "The published edition that answers; left out, the provider's default."
  type        = string
  default     = null
}

data "refarch_sizing" "this" {
  users   = var.users
  cloud   = var.cloud
  edition = var.edition
}

output "summary" {
  description = "The recommended fleet, to read."
  value       = data.refarch_sizing.this.summary
}
