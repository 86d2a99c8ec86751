terraform {
  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

variable "users" {
  type    = number
  default = 900
}

variable "production" {
  type    = bool
  default = true
}

variable "vcpu_quota" {
  description = "Running On-Demand Standard instances (L-1216C47A), in vCPU."
  type        = number
  default     = 1000
}

data "refarch_sizing" "this" {
  users        = var.users
  cloud        = "aws"
  edition      = "2025-04"
  packing      = "schedulable"
  beyond_range = "extrapolate"

  lifecycle {
    # Refuses the plan, before anything that reads the sizing is planned.
    postcondition {
      condition     = !var.production || !contains(self.warnings[*].code, "burstable_machine")
      error_message = "In production no burstable machine: ${join(" ", [for w in self.warnings : w.message if w.code == "burstable_machine"])}"
    }
  }
}

# Warns, and lets the plan stand.
check "in_validated_range" {
  assert {
    condition     = data.refarch_sizing.this.in_validated_range
    error_message = "${var.users} users are beyond what the edition was validated for: the answer is extrapolated."
  }
}

check "nothing_pending" {
  assert {
    condition     = !contains(data.refarch_sizing.this.warnings[*].code, "unschedulable_packing")
    error_message = "Some workspaces would stay pending: take packing = \"schedulable\"."
  }
}

resource "terraform_data" "node_pools" {
  input = data.refarch_sizing.this.peak

  lifecycle {
    precondition {
      condition     = data.refarch_sizing.this.compute_quotas["L-1216C47A"].peak <= var.vcpu_quota
      error_message = "The pools take up to ${data.refarch_sizing.this.compute_quotas["L-1216C47A"].peak} vCPU, and the quota is ${var.vcpu_quota}."
    }
  }
}

output "warnings" {
  value = data.refarch_sizing.this.warnings
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
