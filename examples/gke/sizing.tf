data "refarch_editions" "published" {}

# No depends_on here: it would put the read off until apply, and every number
# in the plan would be unknown.
data "refarch_sizing" "this" {
  users                 = var.users
  cloud                 = "gcp"
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
      # Static pools as they run, zone by zone, with coderd's nodes for upgrades,
      # and workspaces at their largest.
      condition = var.vcpu_quota == null ? true : var.vcpu_quota >= (
        var.zones * (self.coderd.node_count_per_zone + var.coderd_surge_nodes) * self.coderd.vcpu +
        var.zones * self.provisioner.node_count_per_zone * self.provisioner.vcpu +
        self.workspace.max_node_count * self.workspace.vcpu +
        local.system.vcpu
      )
      error_message = "The pools come to more than vcpu_quota: ${self.totals.vcpu} vCPU as sized, workspace nodes up to ${self.workspace.max_node_count} of ${self.workspace.vcpu} vCPU, coderd_surge_nodes in each zone, and ${local.system.vcpu} vCPU of the system pool. Ask for more quota first: an autoscaler that hits it leaves workspaces pending."
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
  # Keys that are known at every plan. What they lead to may be unknown, and
  # the plan still stands.
  pools = {
    coderd      = data.refarch_sizing.this.coderd
    provisioner = data.refarch_sizing.this.provisioner
    workspace   = data.refarch_sizing.this.workspace
  }

  # The provisioner pool is left out by the module's own variable: a key that
  # depended on the sizing would be unknown whenever the sizing is.
  roles = toset(concat(["coderd", "workspace"], var.colocate_provisioners ? [] : ["provisioner"]))

  # What a pod needs to run on the nodes of a role, and nowhere else.
  scheduling = {
    for role in ["coderd", "provisioner", "workspace"] : role => {
      nodeSelector = { "coder.com/role" = role }
      tolerations = [{
        key      = "coder.com/role"
        operator = "Equal"
        value    = role
        effect   = "NoSchedule"
      }]
    }
  }

  # The n4 machines take Hyperdisk and nothing else, as boot disk and for homes.
  disk_types = {
    for role, pool in local.pools : role => startswith(pool.machine_type, "n4-") ? "hyperdisk-balanced" : "pd-balanced"
  }

  zone_names = slice(local.zones_to_choose, 0, var.zones)

  # Two system nodes at least, spread evenly over the zones.
  system_nodes_per_zone = ceil(2 / var.zones)
  system = {
    vcpu = var.zones * local.system_nodes_per_zone * provider::refarch::node_packing("gcp", var.system_machine_type, 100, 128).vcpu
  }
}
