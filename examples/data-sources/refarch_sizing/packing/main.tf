terraform {
  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

# Kubernetes keeps something of every node for itself and its daemons. The older
# editions count 16 workspaces of 2 GiB on a node of 32 GiB, of which a node
# takes 12 to 14: packing = "schedulable" counts what it takes.
data "refarch_sizing" "published" {
  users   = 1000
  cloud   = "aws"
  edition = "2025-04"
}

data "refarch_sizing" "schedulable" {
  users   = 1000
  cloud   = "aws"
  edition = "2025-04"
  packing = "schedulable"
}

# Measured beats estimated. What a node of yours has left:
#   kubectl get nodes -l coder.com/role=workspace -o jsonpath='{.items[0].status.allocatable}'
# and what runs on each, its daemons' requests added up:
#   kubectl describe node NODE
data "refarch_sizing" "measured" {
  users   = 1000
  cloud   = "aws"
  edition = "2025-04"
  packing = "schedulable"

  workspace_node_allocatable = {
    cpu_millicores = 7910
    memory_mib     = 30310
  }

  node_overhead = {
    cpu_millicores = 480
    memory_mib     = 1700 # a service mesh and a log agent among them: a workspace fewer on each node
    pods           = 6
  }

  workspace_request = {
    cpu        = 0.5
    memory_gib = 2
  }
}

output "nodes" {
  value = {
    published   = data.refarch_sizing.published.workspace.node_count
    schedulable = data.refarch_sizing.schedulable.workspace.node_count
    measured    = data.refarch_sizing.measured.workspace.node_count
  }
}

output "warnings" {
  value = data.refarch_sizing.published.warnings
}

output "summary" {
  value = data.refarch_sizing.measured.summary
}
