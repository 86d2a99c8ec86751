# Cloud SQL keeps a deleted instance's name for a week: a second one needs
# another.
resource "random_id" "database" {
  byte_length = 3
}

resource "random_password" "database" {
  length  = 32
  special = false # it stands in a URL
}

resource "google_sql_database_instance" "this" {
  name                = "${var.name}-${random_id.database.hex}"
  region              = var.region
  database_version    = "POSTGRES_${var.postgres_version}"
  deletion_protection = var.deletion_protection # Terraform's

  settings {
    tier                        = var.sizing.database.sku
    edition                     = var.sizing.database.cloud_sql_edition # ENTERPRISE: left out, 16 and later are ENTERPRISE_PLUS and refuse db-custom-*
    availability_type           = var.sizing.database.high_availability ? "REGIONAL" : "ZONAL"
    deletion_protection_enabled = var.deletion_protection # Google's

    # The size is where the disk begins; from then on growth owns it, up to the
    # ceiling (see ignore_changes).
    disk_type             = "PD_SSD"
    disk_size             = var.sizing.database.storage_gb
    disk_autoresize       = true
    disk_autoresize_limit = var.sizing.database.max_storage_gb

    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.this.id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    # REGIONAL needs both.
    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
      start_time                     = "03:00"
      transaction_log_retention_days = 7

      backup_retention_settings {
        retained_backups = 14
        retention_unit   = "COUNT"
      }
    }

    maintenance_window {
      day          = 7
      hour         = 4
      update_track = "stable"
    }
  }

  lifecycle {
    # A disk that grew is larger than the configuration says; planned as a
    # smaller one it would be a new, empty database.
    ignore_changes = [settings[0].disk_size]
  }

  depends_on = [google_service_networking_connection.database]
}

# PostgreSQL refuses to drop a role that owns tables: both go with the instance.
resource "google_sql_database" "coder" {
  name            = "coder"
  instance        = google_sql_database_instance.this.name
  deletion_policy = "ABANDON"
}

resource "google_sql_user" "coder" {
  name            = "coder"
  instance        = google_sql_database_instance.this.name
  password        = random_password.database.result
  deletion_policy = "ABANDON"
}

locals {
  database_url = "postgres://${google_sql_user.coder.name}:${random_password.database.result}@${google_sql_database_instance.this.private_ip_address}:5432/${google_sql_database.coder.name}?sslmode=require"
}
