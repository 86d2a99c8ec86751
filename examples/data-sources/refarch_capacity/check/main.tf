terraform {
  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

variable "users" {
  description = "People with an account today."
  type        = number
  default     = 850
}

variable "workspace_nodes" {
  description = "The most nodes of workspaces that the autoscaler may run."
  type        = number
  default     = 70
}

data "refarch_capacity" "this" {
  cloud   = "gcp"
  edition = "2025-04"
  packing = "schedulable"

  # Measured beats estimated: what a node of yours reports.
  workspace_node_allocatable = { cpu_millicores = 7910, memory_mib = 28388 }

  provisioner = { machine_type = "t2d-standard-8", node_count = 2 }
  workspace   = { machine_type = "t2d-standard-8", node_count = var.workspace_nodes }
  database    = { vcpu = 2, memory_gib = 7.5, storage_gb = 512 }
}

# Warns while there is time, and lets the plan stand.
check "room_to_grow" {
  assert {
    condition     = var.users <= 0.9 * data.refarch_capacity.this.users
    error_message = "${var.users} users are more than 90 % of the ${data.refarch_capacity.this.users} that the fleet carries. Beyond those: ${try(data.refarch_capacity.this.next.needs, "another edition")}."
  }
}

output "summary" {
  value = data.refarch_capacity.this.summary
}
