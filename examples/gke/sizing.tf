data "refarch_editions" "published" {}

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

  lifecycle {
    postcondition {
      condition     = !var.production || !contains(self.warnings[*].code, "burstable_machine")
      error_message = "In production no burstable machine: ${join(" ", [for w in self.warnings : w.message if w.code == "burstable_machine"])}"
    }
  }
}

check "in_validated_range" {
  assert {
    condition     = data.refarch_sizing.this.in_validated_range
    error_message = "${var.users} users are beyond what edition ${var.edition} was validated for: the answer is extrapolated."
  }
}
