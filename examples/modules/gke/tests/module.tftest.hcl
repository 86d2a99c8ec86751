# Plans the module without a cloud and without credentials, for a sizing as written here.
# terraform init, then terraform test.

mock_provider "google" {
  mock_data "google_compute_zones" {
    defaults = { names = ["us-central1-a", "us-central1-b", "us-central1-c"] }
  }

  # What every zone sells. OpenTofu wants every attribute of it.
  mock_data "google_compute_machine_types" {
    defaults = {
      machine_types = [
        for name in ["e2-standard-4", "g2-standard-4", "n4-standard-4", "n4-standard-8", "t2d-standard-8"] : {
          name         = name, description = "", self_link = "", guest_cpus = 4, memory_mb = 16384, is_shared_cpus = false,
          accelerators = [], deprecated = [], maximum_persistent_disks = 128, maximum_persistent_disks_size_gb = 263168
        }
      ]
    }
  }

  # The provider reads it. OpenTofu makes values up when it plans already.
  mock_resource "google_compute_network" {
    defaults = { id = "projects/example/global/networks/coder" }
  }
}

mock_provider "random" {}

variables {
  project            = "example"
  region             = "us-central1"
  name               = "coder"
  api_access_cidrs   = ["203.0.113.7/32"]
  coderd_surge_nodes = 0

  sizing = {
    coderd          = { machine_type = "n4-standard-4", node_count = 3, node_count_per_zone = 3, min_node_count = 3, max_node_count = 3, max_pods_per_node = 110 }
    provisioner     = { machine_type = "n4-standard-8", node_count_per_zone = 9, min_node_count = 9, max_node_count = 9, max_pods_per_node = 110 }
    workspace       = { machine_type = "n4-standard-8", node_count_per_zone = 47, min_node_count = 1, max_node_count = 77, max_pods_per_node = 110 }
    database        = { sku = "db-custom-8-30720", cloud_sql_edition = "ENTERPRISE", high_availability = false, storage_gb = 512, max_storage_gb = 1024 }
    workspace_pools = {}
    workspace_kinds = null
    addresses       = { node_count = 100, node_prefix_length = 25, pod_prefix_length = 17 }
    compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
    warnings        = []
  }
}

run "as_sized" {
  command = plan

  assert {
    condition     = google_container_node_pool.standing["coderd"].node_count == 3 && google_container_node_pool.standing["coderd"].node_config[0].machine_type == "n4-standard-4"
    error_message = "coderd: 3 nodes of n4-standard-4."
  }

  assert {
    condition     = google_container_node_pool.role["provisioner"].node_count == 9
    error_message = "Provisioners: 9 nodes."
  }

  assert {
    condition = alltrue([
      google_container_node_pool.role["workspace"].autoscaling[0].total_min_node_count == 1,
      google_container_node_pool.role["workspace"].autoscaling[0].total_max_node_count == 77,
    ])
    error_message = "Workspaces: from 1 node to 77."
  }

  assert {
    condition = alltrue([
      for role, pool in merge(google_container_node_pool.role, { coderd = google_container_node_pool.standing["coderd"] }) :
      pool.node_config[0].labels["coder.com/role"] == role && pool.node_config[0].taint[0].value == role && pool.node_config[0].taint[0].effect == "NO_SCHEDULE"
    ])
    error_message = "Every sized pool is labelled and tainted with its role."
  }

  assert {
    condition     = alltrue([for pool in [google_container_node_pool.standing["coderd"], google_container_node_pool.role["workspace"]] : pool.node_config[0].disk_type == "hyperdisk-balanced"]) && output.platform.storage_class.parameters.type == "hyperdisk-balanced"
    error_message = "n4 machines take Hyperdisk only, for their boot disks and for homes."
  }

  assert {
    condition = alltrue([
      google_sql_database_instance.this.settings[0].tier == "db-custom-8-30720",
      google_sql_database_instance.this.settings[0].edition == "ENTERPRISE",
      google_sql_database_instance.this.settings[0].availability_type == "ZONAL",
      google_sql_database_instance.this.settings[0].disk_size == 512,
      google_sql_database_instance.this.settings[0].disk_autoresize_limit == 1024,
      !google_sql_database_instance.this.settings[0].ip_configuration[0].ipv4_enabled,
      google_sql_database_instance.this.deletion_protection,
    ])
    error_message = "Cloud SQL: db-custom-8-30720 of ENTERPRISE, 512 GB growing to 1,024, private and protected."
  }
}

run "surroundings_that_just_do" {
  command = plan

  variables {
    node_cidr      = "10.0.0.0/25"
    pod_cidr       = "10.64.0.0/17"
    compute_quotas = { vcpu = 700 }
  }

  assert {
    condition     = google_compute_subnetwork.nodes.ip_cidr_range == "10.0.0.0/25"
    error_message = "The smallest blocks that hold the nodes, and the quota that they take, are not refused."
  }
}

run "colocated" {
  command = plan

  variables {
    colocate_provisioners = true
  }

  assert {
    condition     = toset(keys(google_container_node_pool.role)) == toset(["workspace"])
    error_message = "No pool of provisioners."
  }
}

run "three_zones_and_a_standby" {
  command = plan

  variables {
    zones = 3

    sizing = {
      coderd          = { machine_type = "n4-standard-4", node_count = 4, node_count_per_zone = 2, min_node_count = 3, max_node_count = 3, max_pods_per_node = 110 }
      provisioner     = { machine_type = "n4-standard-8", node_count_per_zone = 9, min_node_count = 9, max_node_count = 9, max_pods_per_node = 110 }
      workspace       = { machine_type = "n4-standard-8", node_count_per_zone = 47, min_node_count = 1, max_node_count = 77, max_pods_per_node = 110 }
      database        = { sku = "db-custom-8-30720", cloud_sql_edition = "ENTERPRISE", high_availability = true, storage_gb = 512, max_storage_gb = 1024 }
      workspace_pools = {}
      workspace_kinds = null
      addresses       = { node_count = 100, node_prefix_length = 25, pod_prefix_length = 17 }
      compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
      warnings        = []
    }
  }

  assert {
    condition     = google_container_node_pool.standing["coderd"].node_count == 2 && length(google_container_node_pool.standing["coderd"].node_locations) == 3
    error_message = "node_count is per zone."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].availability_type == "REGIONAL" && google_sql_database_instance.this.settings[0].backup_configuration[0].point_in_time_recovery_enabled
    error_message = "A standby needs point-in-time recovery."
  }
}

run "disks_follow_the_machine_type" {
  command = plan

  variables {
    system_machine_type = "n4-standard-4"

    sizing = {
      coderd          = { machine_type = "n4-standard-4", node_count = 3, node_count_per_zone = 3, min_node_count = 3, max_node_count = 3, max_pods_per_node = 110 }
      provisioner     = { machine_type = "n4-standard-8", node_count_per_zone = 9, min_node_count = 9, max_node_count = 9, max_pods_per_node = 110 }
      workspace       = { machine_type = "t2d-standard-8", node_count_per_zone = 47, min_node_count = 1, max_node_count = 77, max_pods_per_node = 110 }
      database        = { sku = "db-custom-8-30720", cloud_sql_edition = "ENTERPRISE", high_availability = false, storage_gb = 512, max_storage_gb = 1024 }
      workspace_pools = {}
      workspace_kinds = null
      addresses       = { node_count = 100, node_prefix_length = 25, pod_prefix_length = 17 }
      compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
      warnings        = []
    }
  }

  assert {
    condition     = google_container_node_pool.role["workspace"].node_config[0].disk_type == "pd-balanced" && output.platform.storage_class.parameters.type == "pd-balanced"
    error_message = "t2d takes Persistent Disks."
  }

  assert {
    condition     = google_container_node_pool.standing["system"].node_config[0].disk_type == "hyperdisk-balanced"
    error_message = "n4 takes Hyperdisk."
  }
}

run "too_few_zones" {
  command = plan

  variables {
    zones = 4
  }

  expect_failures = [var.zones]
}

run "zones_of_your_choice" {
  command = plan

  variables {
    zones      = 2
    zone_names = ["us-central1-c", "us-central1-b"]
  }

  assert {
    condition     = google_container_cluster.this.node_locations == toset(["us-central1-b", "us-central1-c"])
    error_message = "The nodes run in the zones named."
  }
}

run "a_zone_elsewhere" {
  command = plan

  variables {
    zone_names = ["europe-west4-a"]
  }

  expect_failures = [var.zone_names]
}

run "a_kind_with_gpus" {
  command = plan

  variables {
    workspace_pools = ["gpu", "workspace"]

    sizing = {
      coderd          = { machine_type = "n4-standard-4", node_count = 3, node_count_per_zone = 3, min_node_count = 3, max_node_count = 3, max_pods_per_node = 110 }
      provisioner     = { machine_type = "n4-standard-8", node_count_per_zone = 9, min_node_count = 9, max_node_count = 9, max_pods_per_node = 110 }
      workspace       = { machine_type = "n4-standard-8", node_count_per_zone = 46, min_node_count = 1, max_node_count = 75, max_pods_per_node = 110 }
      database        = { sku = "db-custom-8-30720", cloud_sql_edition = "ENTERPRISE", high_availability = false, storage_gb = 512, max_storage_gb = 1024 }
      workspace_pools = { gpu = { machine_type = "g2-standard-4", node_count_per_zone = 12, min_node_count = 1, max_node_count = 20, max_pods_per_node = 110, gpus = 1 } }
      workspace_kinds = { gpu = { workspaces = 20, requests = { cpu = 3, memory_gib = 12, gpus = 1 } } }
      addresses       = { node_count = 100, node_prefix_length = 25, pod_prefix_length = 17 }
      compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
      warnings        = []
    }
  }

  assert {
    condition = alltrue([
      google_container_node_pool.role["gpu"].autoscaling[0].total_max_node_count == 20,
      google_container_node_pool.role["gpu"].node_config[0].machine_type == "g2-standard-4",
      google_container_node_pool.role["gpu"].node_config[0].guest_accelerator[0].type == "nvidia-l4",
      google_container_node_pool.role["gpu"].node_config[0].guest_accelerator[0].count == 1,
      google_container_node_pool.role["gpu"].node_config[0].taint[0].value == "gpu",
      length(google_container_node_pool.role["workspace"].node_config[0].guest_accelerator) == 0,
    ])
    error_message = "A pool of its own, with what GPUs need, and nothing of it in the other one."
  }
}

run "a_kind_without_its_pool" {
  command = plan

  variables {
    sizing = {
      coderd          = { machine_type = "n4-standard-4", node_count = 3, node_count_per_zone = 3, min_node_count = 3, max_node_count = 3, max_pods_per_node = 110 }
      provisioner     = { machine_type = "n4-standard-8", node_count_per_zone = 9, min_node_count = 9, max_node_count = 9, max_pods_per_node = 110 }
      workspace       = { machine_type = "n4-standard-8", node_count_per_zone = 46, min_node_count = 1, max_node_count = 75, max_pods_per_node = 110 }
      database        = { sku = "db-custom-8-30720", cloud_sql_edition = "ENTERPRISE", high_availability = false, storage_gb = 512, max_storage_gb = 1024 }
      workspace_pools = { gpu = { machine_type = "g2-standard-4", node_count_per_zone = 12, min_node_count = 1, max_node_count = 20, max_pods_per_node = 110, gpus = 1 } }
      workspace_kinds = { gpu = { workspaces = 20, requests = { cpu = 3, memory_gib = 12, gpus = 1 } } }
      addresses       = { node_count = 100, node_prefix_length = 25, pod_prefix_length = 17 }
      compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
      warnings        = []
    }
  }

  expect_failures = [var.workspace_pools]
}
