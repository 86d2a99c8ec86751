locals {
  # Keys that are known at every plan. What they lead to may be unknown, and
  # the plan still stands.
  pools = {
    coderd      = var.sizing.coderd
    provisioner = var.sizing.provisioner
    workspace   = var.sizing.workspace
  }

  # Pools that are always there, and pools that come and go: the provisioners' is
  # left out by a variable of its own, since a key that depended on the sizing
  # would be unknown whenever the sizing is. They are resources apart, so that
  # Coder, which waits for the former, never stands in the way of the latter.
  standing_pools = {
    coderd = {
      machine_type = local.pools.coderd.machine_type
      node_count   = ceil((local.pools.coderd.node_count + var.coderd_surge_nodes) / var.zones)
      max_pods     = local.pools.coderd.max_pods_per_node
    }
    # Every sized pool is tainted, so what belongs to no role (cluster DNS, metrics,
    # an ingress) needs a place of its own: two nodes at least, spread evenly.
    system = {
      machine_type = var.system_machine_type
      node_count   = ceil(2 / var.zones)
      max_pods     = null
    }
  }
  roles = toset(concat(["workspace"], var.colocate_provisioners ? [] : ["provisioner"]))

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

  # What vcpu_quota is held against.
  most_workspace_nodes = local.pools.workspace.max_node_count
  most_vcpu = (
    var.zones * local.standing_pools.coderd.node_count * local.pools.coderd.vcpu +
    var.zones * local.pools.provisioner.node_count_per_zone * local.pools.provisioner.vcpu +
    local.most_workspace_nodes * local.pools.workspace.vcpu +
    var.zones * local.standing_pools.system.node_count * (var.system_machine_vcpu == null ? 4 : var.system_machine_vcpu)
  )
}

resource "google_container_node_pool" "standing" {
  for_each = local.standing_pools

  name              = each.key
  cluster           = google_container_cluster.this.name
  location          = var.region
  node_locations    = local.zone_names
  node_count        = each.value.node_count # per zone
  max_pods_per_node = each.value.max_pods

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  # One by one.
  upgrade_settings {
    max_surge       = 1
    max_unavailable = 0
  }

  timeouts {
    update = "12h"
  }

  node_config {
    machine_type    = each.value.machine_type
    disk_type       = startswith(each.value.machine_type, "n4-") ? "hyperdisk-balanced" : "pd-balanced"
    disk_size_gb    = 100
    service_account = google_service_account.nodes.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]

    labels = each.key == "system" ? null : local.scheduling[each.key].nodeSelector

    dynamic "taint" {
      for_each = each.key == "system" ? [] : [each.key]
      content {
        key    = "coder.com/role"
        value  = taint.value
        effect = "NO_SCHEDULE"
      }
    }

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }

    workload_metadata_config {
      mode = "GKE_METADATA"
    }
  }
}

resource "google_container_node_pool" "role" {
  for_each = local.roles

  name           = each.key
  cluster        = google_container_cluster.this.name
  location       = var.region
  node_locations = local.zone_names

  # node_count and initial_node_count are per zone. Provisioners are static: a
  # scale-down would end builds.
  node_count         = each.key == "provisioner" ? local.pools.provisioner.node_count_per_zone : null
  initial_node_count = each.key == "provisioner" ? null : 1
  max_pods_per_node  = local.pools[each.key].max_pods_per_node

  # The totals count the whole pool, over all zones. Never to zero.
  dynamic "autoscaling" {
    for_each = each.key == "provisioner" ? [] : [each.key]
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

  # GKE moves a pool so many nodes at a time.
  upgrade_settings {
    max_surge       = 10
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
