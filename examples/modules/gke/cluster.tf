# The nodes' own identity: enough to log, to measure and to pull images.
resource "google_service_account" "nodes" {
  account_id   = "${var.name}-nodes"
  display_name = "GKE nodes of ${var.name}"

  depends_on = [google_project_service.this]
}

resource "google_project_iam_member" "nodes" {
  for_each = toset([
    "roles/artifactregistry.reader",
    "roles/container.defaultNodeServiceAccount",
  ])

  project = var.project
  role    = each.key
  member  = "serviceAccount:${google_service_account.nodes.email}"
}

resource "google_container_cluster" "this" {
  name                = var.name
  location            = var.region
  node_locations      = local.zone_names
  network             = google_compute_network.this.id
  subnetwork          = google_compute_subnetwork.nodes.id
  deletion_protection = var.deletion_protection

  # Every pool is a resource of its own; the one GKE insists on goes at once.
  remove_default_node_pool = true
  initial_node_count       = 1

  node_config {
    machine_type    = "e2-medium"
    service_account = google_service_account.nodes.email
  }

  release_channel {
    channel = var.release_channel
  }

  # Without it an internal load balancer serves clusters of up to 250 nodes, and
  # a Service that exists does not change over.
  enable_l4_ilb_subsetting = true

  networking_mode = "VPC_NATIVE" # max_pods_per_node needs it

  ip_allocation_policy {
    cluster_secondary_range_name  = "pods"
    services_secondary_range_name = "services"
  }

  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = false # Terraform has to reach it, from these:
  }

  master_authorized_networks_config {
    gcp_public_cidrs_access_enabled = false

    dynamic "cidr_blocks" {
      for_each = toset(var.api_access_cidrs)
      content {
        cidr_block = cidr_blocks.value
      }
    }
  }

  # Workspaces run their users' code: they get no node's credentials.
  workload_identity_config {
    workload_pool = "${var.project}.svc.id.goog"
  }

  addons_config {
    gce_persistent_disk_csi_driver_config {
      enabled = true
    }
  }

  lifecycle {
    ignore_changes = [node_config] # of the pool that is gone
  }

  depends_on = [
    google_compute_router_nat.this,
    google_project_iam_member.nodes,
  ]
}
