resource "google_project_service" "this" {
  for_each = toset([
    "cloudresourcemanager.googleapis.com",
    "compute.googleapis.com",
    "container.googleapis.com",
    "iam.googleapis.com",
    "servicenetworking.googleapis.com",
    "sqladmin.googleapis.com",
  ])

  service            = each.key
  disable_on_destroy = false # others in the project may use it
}

data "google_compute_zones" "available" {
  region = var.region # in any state: an outage must not move node pools
}

locals {
  # Zones for accelerators (us-central1-ai1a) have no machines for the rest.
  zones_of_region = [for name in data.google_compute_zones.available.names : name if can(regex("-[a-z]$", name))]
  zones_to_choose = var.zone_names == null ? local.zones_of_region : var.zone_names
  zone_names      = slice(local.zones_to_choose, 0, var.zones)
}

resource "google_compute_network" "this" {
  name                    = var.name
  auto_create_subnetworks = false

  depends_on = [google_project_service.this]
}

resource "google_compute_subnetwork" "nodes" {
  name                     = "${var.name}-nodes"
  network                  = google_compute_network.this.id
  region                   = var.region
  ip_cidr_range            = var.node_cidr
  private_ip_google_access = true

  secondary_ip_range {
    range_name    = "pods"
    ip_cidr_range = var.pod_cidr
  }

  secondary_ip_range {
    range_name    = "services"
    ip_cidr_range = var.service_cidr
  }
}

# Private nodes reach the internet (images, templates, Git) through NAT.
resource "google_compute_router" "this" {
  name    = var.name
  network = google_compute_network.this.id
  region  = var.region
}

resource "google_compute_router_nat" "this" {
  name                                = var.name
  router                              = google_compute_router.this.name
  region                              = var.region
  nat_ip_allocate_option              = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat  = "ALL_SUBNETWORKS_ALL_IP_RANGES"
  enable_dynamic_port_allocation      = true # a node carries many workspaces
  min_ports_per_vm                    = 128
  max_ports_per_vm                    = 4096
  enable_endpoint_independent_mapping = false # not beside dynamic ports

  log_config {
    enable = true
    filter = "ERRORS_ONLY"
  }
}

# The database's private address comes from a peered range.
resource "google_compute_global_address" "database" {
  name          = "${var.name}-database"
  network       = google_compute_network.this.id
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 20

  # Google picks a range that is free: after the subnet has taken its own.
  depends_on = [google_compute_subnetwork.nodes]
}

resource "google_service_networking_connection" "database" {
  network                 = google_compute_network.this.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.database.name]

  # Google keeps a deleted instance's end of the peering for days, and a
  # destroy would wait for it in vain. It goes with the network.
  deletion_policy = "ABANDON"

  # That end may still be there when the network is made again.
  update_on_creation_fail = true
}

module "checks" {
  source = "../checks"

  sizing         = var.sizing
  compute_quotas = var.compute_quotas

  cloud = "gcp"
  pools = merge({ system = { machine_type = var.system_machine_type } }, { for role in setunion(["coderd"], local.roles) : role => local.pools[role] })
  sold  = { for zone in data.google_compute_machine_types.sold : zone.zone => zone.machine_types[*].name }

  ranges = {
    node_cidr    = { cidr = var.node_cidr, longest_prefix = var.sizing.addresses.node_prefix_length }
    pod_cidr     = { cidr = var.pod_cidr, longest_prefix = var.sizing.addresses.pod_prefix_length }
    service_cidr = { cidr = var.service_cidr }
  }
}

# By number: the zones' names may be unknown.
data "google_compute_machine_types" "sold" {
  for_each = toset([for i in range(var.zones) : tostring(i)])

  zone   = local.zone_names[tonumber(each.key)]
  filter = join(" OR ", [for type in module.checks.machine_types : "(name = \"${type}\")"])
}
