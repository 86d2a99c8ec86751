terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0, >= 6.9"
    }
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

variable "users" {
  type    = number
  default = 1000
}

provider "aws" {
  region = "us-east-1"
}

data "refarch_sizing" "this" {
  users   = var.users
  cloud   = "aws"
  edition = "2026-01"
  zones   = 3
}

# The keys are the codes of the quotas. They are known as long as users are.
data "aws_servicequotas_service_quota" "this" {
  for_each = data.refarch_sizing.this.compute_quotas

  service_code = "ec2"
  quota_code   = each.key
}

locals {
  too_small = [
    for code, quota in data.refarch_sizing.this.compute_quotas :
    "${code} is ${data.aws_servicequotas_service_quota.this[code].value} ${quota.unit}, and the fleet takes up to ${quota.peak}."
    if data.aws_servicequotas_service_quota.this[code].value < quota.peak
  ]
}

# Warns, and lets the plan stand. A quota is the account's: what else runs in the
# region counts against it, too.
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
