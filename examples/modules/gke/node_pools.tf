locals {
  # Keys that are known at every plan. What they lead to may be unknown, and
  # the plan still stands.
  pools = {
    coderd      = var.sizing.coderd
    provisioner = var.sizing.provisioner
    workspace   = var.sizing.workspace
  }

  # The provisioner pool is left out by a variable of its own: a key that
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
}

resource "google_container_node_pool" "role" {
  for_each = local.roles

  name           = each.key
  cluster        = google_container_cluster.this.name
  location       = var.region
  node_locations = local.zone_names

  # node_count and initial_node_count are per zone. coderd and provisioners are
  # static: a scale-down would drop connections, or builds.
  node_count = each.key == "workspace" ? null : (
    local.pools[each.key].node_count_per_zone + (each.key == "coderd" ? var.coderd_surge_nodes : 0)
  )
  initial_node_count = each.key == "workspace" ? 1 : null
  max_pods_per_node  = local.pools[each.key].max_pods_per_node

  # The totals count the whole pool, over all zones. Never to zero.
  dynamic "autoscaling" {
    for_each = each.key == "workspace" ? ["workspace"] : []
    content {
      total_min_node_count = local.pools[each.key].min_node_count
      total_max_node_count = local.pools[each.key].max_node_count
      location_policy      = "BALANCED"
    }
  }

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  # GKE moves a pool so many nodes at a time; coderd's one by one.
  upgrade_settings {
    max_surge       = each.key == "coderd" ? 1 : 10
    max_unavailable = 0
  }

  timeouts {
    update = "12h" # a pool of hundreds of nodes
  }

  node_config {
    machine_type    = local.pools[each.key].machine_type
    disk_type       = local.disk_types[each.key]
    disk_size_gb    = 100
    service_account = google_service_account.nodes.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]

    labels = local.scheduling[each.key].nodeSelector

    taint {
      key    = "coder.com/role"
      value  = each.key
      effect = "NO_SCHEDULE"
    }

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }

    workload_metadata_config {
      mode = "GKE_METADATA"
    }
  }

  lifecycle {
    # It counts at creation only, and a change would replace the pool.
    ignore_changes = [initial_node_count]
  }
}

# Every sized pool is tainted, so what belongs to no role (cluster DNS, metrics)
# needs a place of its own.
resource "google_container_node_pool" "system" {
  name           = "system"
  cluster        = google_container_cluster.this.name
  location       = var.region
  node_locations = local.zone_names
  node_count     = ceil(2 / var.zones) # two at least, spread evenly

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  upgrade_settings {
    max_surge       = 1
    max_unavailable = 0
  }

  node_config {
    machine_type    = var.system_machine_type
    disk_type       = startswith(var.system_machine_type, "n4-") ? "hyperdisk-balanced" : "pd-balanced"
    disk_size_gb    = 100
    service_account = google_service_account.nodes.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }

    workload_metadata_config {
      mode = "GKE_METADATA"
    }
  }
}
