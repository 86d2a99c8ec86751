# Plans the module without a cloud and without credentials: only refarch is real.
# terraform init, then terraform test.

mock_provider "google" {
  mock_data "google_compute_zones" {
    defaults = { names = ["us-central1-a", "us-central1-b", "us-central1-c"] }
  }
}

mock_provider "helm" {}
mock_provider "kubernetes" {}
mock_provider "random" {}

variables {
  project          = "example"
  users            = 1000
  access_url       = "https://coder.example.com"
  api_access_cidrs = ["203.0.113.7/32"]
}

run "a_thousand_users" {
  command = plan

  assert {
    condition     = google_container_node_pool.role["coderd"].node_count == 3 && google_container_node_pool.role["coderd"].node_config[0].machine_type == "n4-standard-4"
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
      for role, pool in google_container_node_pool.role :
      pool.node_config[0].labels["coder.com/role"] == role && pool.node_config[0].taint[0].value == role && pool.node_config[0].taint[0].effect == "NO_SCHEDULE"
    ])
    error_message = "Every sized pool is labelled and tainted with its role."
  }

  assert {
    condition     = alltrue([for pool in google_container_node_pool.role : pool.node_config[0].disk_type == "hyperdisk-balanced"]) && kubernetes_storage_class_v1.home.parameters["type"] == "hyperdisk-balanced"
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

  assert {
    # As Helm merges: maps by key, a list of a later document takes the place of an earlier one's.
    condition = alltrue([
      contains(yamldecode(helm_release.coder.values[0]).coder.env[*].name, "CODER_PROVISIONER_DAEMONS"),
      !can(yamldecode(helm_release.coder.values[1]).coder.env),
      yamldecode(helm_release.coder.values[1]).coder.envUseClusterAccessURL == false,
      yamldecode(helm_release.coder.values[0]).coder.replicaCount == 3,
      yamldecode(helm_release.provisioner[0].values[0]).coder.replicaCount == 60,
    ])
    error_message = "The values of the sizing reach Helm, and none of ours drops CODER_PROVISIONER_DAEMONS."
  }

  assert {
    condition     = yamldecode(helm_release.coder.values[1]).provisionerDaemon.pskSecretName == yamldecode(helm_release.provisioner[0].values[1]).provisionerDaemon.pskSecretName
    error_message = "coderd and provisioners know the same key."
  }
}

run "colocated" {
  command = plan

  variables {
    users                 = 50
    colocate_provisioners = true
  }

  assert {
    condition     = toset(keys(google_container_node_pool.role)) == toset(["coderd", "workspace"]) && length(helm_release.provisioner) == 0
    error_message = "No pool and no release of provisioners."
  }
}

run "three_zones" {
  command = plan

  variables {
    users = 2500
    zones = 3
  }

  assert {
    condition     = google_container_node_pool.role["coderd"].node_count == 2 && length(google_container_node_pool.role["coderd"].node_locations) == 3
    error_message = "node_count is per zone: 4 nodes of coderd are 2 in each of 3 zones."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].availability_type == "REGIONAL" && google_sql_database_instance.this.settings[0].backup_configuration[0].point_in_time_recovery_enabled
    error_message = "From 2,000 users on the database has a standby, which needs point-in-time recovery."
  }
}

run "provisioner_key" {
  command = plan

  variables {
    provisioner_key_secret_name = "coder-provisioner-key"
  }

  assert {
    condition = alltrue([
      length(kubernetes_secret_v1.provisioner_psk) == 0,
      yamldecode(helm_release.coder.values[1]).provisionerDaemon.pskSecretName == "",
      yamldecode(helm_release.provisioner[0].values[1]).provisionerDaemon.pskSecretName == "",
      yamldecode(helm_release.provisioner[0].values[1]).provisionerDaemon.keySecretName == "coder-provisioner-key",
    ])
    error_message = "A provisioner key takes the place of the pre-shared one."
  }
}

run "another_machine_type" {
  command = plan

  variables {
    machine_types = { workspace = "t2d-standard-8" }
  }

  assert {
    condition     = google_container_node_pool.role["workspace"].node_config[0].disk_type == "pd-balanced" && kubernetes_storage_class_v1.home.parameters["type"] == "pd-balanced"
    error_message = "t2d takes Persistent Disks."
  }
}

run "extrapolated" {
  command = plan

  variables {
    edition      = "2025-04"
    users        = 4000
    beyond_range = "extrapolate"
  }

  expect_failures = [check.in_validated_range]
}

run "too_many_users" {
  command = plan

  variables {
    users = 20000
  }

  expect_failures = [var.users]
}

run "no_such_edition" {
  command = plan

  variables {
    edition = "2023-01"
  }

  expect_failures = [var.edition]
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

run "too_little_quota" {
  command = plan

  variables {
    vcpu_quota = 500
  }

  expect_failures = [data.refarch_sizing.this]
}
