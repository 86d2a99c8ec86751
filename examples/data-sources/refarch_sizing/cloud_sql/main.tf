terraform {
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.0"
    }
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

variable "project" {
  type    = string
  default = "example"
}

provider "google" {
  project = var.project
  region  = "us-central1"
}

data "refarch_sizing" "this" {
  users             = 1000
  cloud             = "gcp"
  edition           = "2026-01"
  high_availability = true
}

resource "google_sql_database_instance" "coder" {
  name             = "coder"
  region           = "us-central1"
  database_version = "POSTGRES_17"

  settings {
    tier              = data.refarch_sizing.this.database.sku
    edition           = data.refarch_sizing.this.database.cloud_sql_edition # left out, 16 and later refuse db-custom-*
    availability_type = data.refarch_sizing.this.database.high_availability ? "REGIONAL" : "ZONAL"

    disk_type             = "PD_SSD"
    disk_size             = data.refarch_sizing.this.database.storage_gb
    disk_autoresize       = true
    disk_autoresize_limit = data.refarch_sizing.this.database.max_storage_gb

    # REGIONAL needs both.
    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
    }

    ip_configuration {
      ipv4_enabled    = false
      private_network = "projects/${var.project}/global/networks/coder"
      ssl_mode        = "ENCRYPTED_ONLY"
    }
  }

  lifecycle {
    # A disk that grew must not be planned as a smaller, new one.
    ignore_changes = [settings[0].disk_size]
  }
}

output "database" {
  value = data.refarch_sizing.this.database
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
