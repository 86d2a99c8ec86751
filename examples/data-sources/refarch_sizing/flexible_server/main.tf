terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.0"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.0"
    }
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

provider "azurerm" {
  features {}
}

data "refarch_sizing" "this" {
  users             = 2500
  cloud             = "azure"
  edition           = "2025-04"
  high_availability = true
}

resource "random_password" "database" {
  length  = 32
  special = false
}

resource "azurerm_postgresql_flexible_server" "coder" {
  name                = "coder-example"
  resource_group_name = "coder"
  location            = "eastus2"
  version             = "17"
  sku_name            = data.refarch_sizing.this.database.sku # GP_ before the size, unlike a node's

  # One of the sizes that Azure sells: the published 1.5 TB is none, 2 TiB is.
  storage_mb        = data.refarch_sizing.this.database.storage_mb
  auto_grow_enabled = true

  administrator_login           = "coder"
  administrator_password        = random_password.database.result
  public_network_access_enabled = false

  dynamic "high_availability" {
    for_each = data.refarch_sizing.this.database.high_availability ? ["standby"] : []
    content {
      mode = "ZoneRedundant"
    }
  }

  lifecycle {
    # A disk that grew must not be planned as a smaller, new one; zones swap in a failover.
    ignore_changes = [storage_mb, zone, high_availability[0].standby_availability_zone]
  }
}

output "database" {
  value = data.refarch_sizing.this.database
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
