terraform {
  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

# What is there: kubectl get nodes -L node.kubernetes.io/instance-type,coder.com/role
data "refarch_capacity" "this" {
  cloud             = "aws"
  edition           = "2025-04"
  packing           = "schedulable"
  workspace_request = { cpu = 2, memory_gib = 8 }

  coderd      = { machine_type = "m5.large", node_count = 2 }
  provisioner = { machine_type = "m5.2xlarge", node_count = 2 }
  workspace   = { machine_type = "m5.4xlarge", node_count = 20 }
  database    = { vcpu = 2, memory_gib = 8, storage_gb = 512 }
}

output "summary" {
  value = data.refarch_capacity.this.summary
}

output "users" {
  value = data.refarch_capacity.this.users
}
