data "google_compute_zones" "here" { region = "europe-west4" }

resource "google_container_cluster" "this" {
  name                     = "coder"
  location                 = "europe-west4"
  node_locations           = slice(data.google_compute_zones.here.names, 0, 3)
  remove_default_node_pool = true
  initial_node_count       = 1
  release_channel { channel = "REGULAR" }
  private_cluster_config { enable_private_nodes = true }
}

resource "google_container_node_pool" "role" {
  for_each = toset(["coderd", "workspace"])

  name       = each.key
  cluster    = google_container_cluster.this.id
  node_count = 2
  node_config {
    machine_type = "t2d-standard-8"
    labels       = { role = each.key }
    taint {
      key    = "role"
      value  = each.key
      effect = "NO_SCHEDULE"
    }
  }
}

resource "google_sql_database_instance" "this" {
  database_version = "POSTGRES_16"
  settings { tier = "db-custom-2-7680" }
}

output "certificate" {
  value     = base64decode(google_container_cluster.this.master_auth[0].cluster_ca_certificate)
  sensitive = true
}

output "image" { value = google_container_node_pool.role["coderd"].node_config[0].image_type }
