data "refarch_editions" "published" {}

# No depends_on here: it would put the read off until apply, and every number
# in the plan would be unknown.
data "refarch_sizing" "this" {
  users                 = var.users
  cloud                 = "aws"
  edition               = var.edition
  high_availability     = var.high_availability
  concurrent_workspaces = var.concurrent_workspaces
  concurrent_builds     = var.concurrent_builds
  zones                 = var.zones
  workspace_request     = var.workspace_request
  machine_types         = var.machine_types
  packing               = var.packing
  max_pods_per_node     = var.max_pods_per_node
  node_overhead         = var.node_overhead
  colocate_provisioners = var.colocate_provisioners
  beyond_range          = var.beyond_range

  lifecycle {
    postcondition {
      condition     = !var.production || !contains(self.warnings[*].code, "burstable_machine")
      error_message = "In production no burstable machine: ${join(" ", [for w in self.warnings : w.message if w.code == "burstable_machine"])}"
    }

    postcondition {
      condition     = max(self.coderd.node_count, self.provisioner.node_count, ceil(self.workspace.max_node_count / var.zones)) <= var.max_nodes_per_group
      error_message = "A node group would have up to ${max(self.coderd.node_count, self.provisioner.node_count, ceil(self.workspace.max_node_count / var.zones))} nodes, and AWS allows ${var.max_nodes_per_group} (max_nodes_per_group). Set zones to more, or ask AWS for a higher quota first."
    }

    postcondition {
      # As sized, with coderd's nodes for upgrades, and workspaces at their largest
      # in every zone.
      condition = var.vcpu_quota == null ? true : var.vcpu_quota >= (
        self.totals.vcpu +
        var.coderd_surge_nodes * self.coderd.vcpu +
        (var.zones * ceil(self.workspace.max_node_count / var.zones) - self.workspace.node_count) * self.workspace.vcpu +
        local.system.vcpu
      )
      error_message = "The pools come to more than vcpu_quota: ${self.totals.vcpu} vCPU as sized, workspace nodes up to ${var.zones * ceil(self.workspace.max_node_count / var.zones)} of ${self.workspace.vcpu} vCPU, coderd_surge_nodes, and ${local.system.vcpu} vCPU of the system pool. Ask for more quota first: an autoscaler that hits it leaves workspaces pending."
    }
  }
}

check "in_validated_range" {
  assert {
    condition     = data.refarch_sizing.this.in_validated_range
    error_message = "${var.users} users are beyond what edition ${var.edition} was validated for: the answer is extrapolated."
  }
}

locals {
  # Two system nodes at least, outside the sizing.
  system = {
    vcpu = max(2, var.zones) * provider::refarch::node_packing("aws", var.system_machine_type, 100, 128).vcpu
  }
}
