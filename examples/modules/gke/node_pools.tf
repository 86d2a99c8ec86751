locals {
  # What the keys lead to may be unknown, and the plan still stands.
  pools = merge({
    coderd      = var.sizing.coderd
    provisioner = var.sizing.provisioner
    workspace   = var.sizing.workspace
  }, var.sizing.workspace_pools)

  kinds = merge({}, var.sizing.workspace_kinds) # what was asked: known even then

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
  roles = setunion(var.workspace_pools, var.colocate_provisioners ? [] : ["provisioner"])

  # Kinds that ask for GPUs, and the accelerator of each machine family.
  gpu_pools = toset([for name in var.workspace_pools : name if try(local.kinds[name].requests.gpus > 0, false)])
  accelerators = {
    a2-highgpu  = "nvidia-tesla-a100"
    a2-megagpu  = "nvidia-tesla-a100"
    a2-ultragpu = "nvidia-a100-80gb"
    a3-highgpu  = "nvidia-h100-80gb"
    a3-megagpu  = "nvidia-h100-mega-80gb"
    a3-ultragpu = "nvidia-h200-141gb"
    g2-standard = "nvidia-l4"
    g4-standard = "nvidia-rtx-pro-6000"
  }

  # What a pod needs to run on the nodes of a role, and nowhere else. GKE taints
  # nodes with GPUs by itself.
  scheduling = {
    for role in setunion(["coderd", "provisioner"], var.workspace_pools) : role => {
      nodeSelector = { "coder.com/role" = role }
      tolerations = concat(
        [{ key = "coder.com/role", operator = "Equal", value = role, effect = "NoSchedule" }],
        contains(local.gpu_pools, role) ? [{ key = "nvidia.com/gpu", operator = "Equal", value = "present", effect = "NoSchedule" }] : [],
      )
    }
  }

  # These machines take Hyperdisk and nothing else, as boot disk and for homes;
  # others do not take it.
  hyperdisk = "^(n4|c4|g4)[ad]?-|^a3-ultragpu-"
  disk_types = {
    for role in setunion(["coderd", "provisioner", "workspace"], var.workspace_pools) : role =>
    can(regex(local.hyperdisk, local.pools[role].machine_type)) ? "hyperdisk-balanced" : "pd-balanced"
  }
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
    disk_type       = can(regex(local.hyperdisk, each.value.machine_type)) ? "hyperdisk-balanced" : "pd-balanced"
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

    # With it GKE installs the driver.
    dynamic "guest_accelerator" {
      for_each = contains(local.gpu_pools, each.key) ? [each.key] : []
      content {
        type  = local.accelerators[regex("^[^-]+-[^-]+", local.pools[each.key].machine_type)]
        count = local.pools[each.key].gpus

        gpu_driver_installation_config {
          gpu_driver_version = "DEFAULT"
        }
      }
    }

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

    precondition {
      condition     = !contains(local.gpu_pools, each.key) || can(local.accelerators[regex("^[^-]+-[^-]+", local.pools[each.key].machine_type)])
      error_message = "The accelerator of ${local.pools[each.key].machine_type} is not known here: name it in local.accelerators of modules/gke/node_pools.tf."
    }
  }
}
