# No depends_on here: it would put the read off until apply, and every number
# in the plan would be unknown.
data "refarch_sizing" "this" {
  users                      = var.users
  cloud                      = "gcp"
  edition                    = var.edition
  high_availability          = var.high_availability
  concurrent_workspaces      = var.concurrent_workspaces
  concurrent_builds          = var.concurrent_builds
  zones                      = var.zones
  workspace_request          = var.workspace_request
  machine_types              = var.machine_types
  packing                    = var.packing
  max_pods_per_node          = var.max_pods_per_node
  workspace_node_allocatable = var.workspace_node_allocatable
  node_overhead              = var.node_overhead
  colocate_provisioners      = var.colocate_provisioners
  beyond_range               = var.beyond_range
  workspace_limits           = var.workspace_limits
  workspace_kinds            = var.workspace_kinds
  machine_specs              = var.machine_specs
  coderd_replicas            = var.coderd_replicas
  pod_requests               = var.pod_requests
  other_nodes                = local.other_nodes

  lifecycle {
    postcondition {
      condition     = !var.production || !contains(self.warnings[*].code, "burstable_machine")
      error_message = "In production no burstable machine: ${join(" ", [for w in self.warnings : w.message if w.code == "burstable_machine"])}"
    }
  }
}

locals {
  # Nodes beside the sized ones that take addresses: the system pool, one more for
  # coderd in each zone, and what upgrades of all pools at once add.
  other_nodes = max(2, var.zones) + var.zones * coalesce(var.coderd_surge_nodes, 1) + 2 + 10 * (2 + length(var.workspace_kinds))

  # EKS, for one, has no pool that is never to have a node.
  workspace_pools = [
    for name, pool in merge({ workspace = data.refarch_sizing.this.workspace }, data.refarch_sizing.this.workspace_pools) : name if pool.max_node_count > 0
  ]
}

# How many users the fleet at its largest carries. It knows no kinds and no coderd
# but the edition's.
data "refarch_capacity" "this" {
  count = length(var.workspace_kinds) == 0 && var.pod_requests == null && try(var.machine_types.coderd, null) == null ? 1 : 0

  cloud                      = "gcp"
  edition                    = var.edition
  high_availability          = var.high_availability
  workspace_request          = var.workspace_request
  packing                    = var.packing
  max_pods_per_node          = var.max_pods_per_node
  workspace_node_allocatable = var.workspace_node_allocatable
  node_overhead              = var.node_overhead
  machine_specs              = var.machine_specs
  coderd_replicas            = var.coderd_replicas
  colocate_provisioners      = var.colocate_provisioners

  coderd      = { machine_type = data.refarch_sizing.this.coderd.machine_type, node_count = data.refarch_sizing.this.coderd.node_count }
  provisioner = var.colocate_provisioners ? null : { machine_type = data.refarch_sizing.this.provisioner.machine_type, node_count = data.refarch_sizing.this.provisioner.node_count }
  workspace   = { machine_type = data.refarch_sizing.this.workspace.machine_type, node_count = data.refarch_sizing.this.workspace.max_node_count }
  database = {
    vcpu       = data.refarch_sizing.this.database.vcpu
    memory_gib = data.refarch_sizing.this.database.memory_gib
    storage_gb = data.refarch_sizing.this.database.storage_gb
  }
}

check "in_validated_range" {
  assert {
    condition     = data.refarch_sizing.this.in_validated_range
    error_message = "${var.users} users are beyond what edition ${var.edition} was validated for: the answer is extrapolated."
  }
}
