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
  # Keys that are known at every plan. What they lead to may be unknown, and
  # the plan still stands.
  pools = {
    coderd      = data.refarch_sizing.this.coderd
    provisioner = data.refarch_sizing.this.provisioner
    workspace   = data.refarch_sizing.this.workspace
  }

  # The provisioner pool is left out by the module's own variable: a key that
  # depended on the sizing would be unknown whenever the sizing is.
  static_roles = toset(concat(["coderd"], var.colocate_provisioners ? [] : ["provisioner"]))
  roles        = setunion(local.static_roles, ["workspace"])

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

  # An image of the wrong architecture passes every plan and fails at apply.
  ami_types = {
    amd64 = "AL2023_x86_64_STANDARD"
    arm64 = "AL2023_ARM_64_STANDARD"
  }

  # Zones by number, so that keys are known before the zones' names are. The
  # cluster and the database want two; the nodes run in the first var.zones.
  network_zones = { for i in range(max(2, var.zones)) : tostring(i) => local.zones_to_choose[i] }
  node_zones    = toset([for i in range(var.zones) : tostring(i)])

  system = {
    node_count = max(2, var.zones)
    vcpu       = max(2, var.zones) * provider::refarch::node_packing("aws", var.system_machine_type, 100, 128).vcpu
  }
}
