# The server's name is one for all of Azure.
resource "random_string" "database" {
  length  = 6
  upper   = false
  special = false
}

resource "random_password" "database" {
  length      = 32
  special     = false # it stands in a URL
  min_lower   = 1     # Azure wants three kinds of characters
  min_upper   = 1
  min_numeric = 1
}

resource "azurerm_postgresql_flexible_server" "this" {
  name                = "${var.name}-${random_string.database.result}"
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  version             = tostring(var.postgres_version)
  sku_name            = var.sizing.database.sku
  tags                = var.tags

  # One of the sizes that Azure sells, and where the disk begins; from then on
  # growth owns it (see ignore_changes).
  storage_mb        = var.sizing.database.storage_mb
  auto_grow_enabled = true

  administrator_login    = "coder"
  administrator_password = random_password.database.result

  public_network_access_enabled = false
  delegated_subnet_id           = azurerm_subnet.database.id
  private_dns_zone_id           = azurerm_private_dns_zone.database.id

  backup_retention_days = 14

  dynamic "high_availability" {
    for_each = var.sizing.database.high_availability ? ["standby"] : []
    content {
      mode = length(var.availability_zones) > 1 ? "ZoneRedundant" : "SameZone"
    }
  }

  maintenance_window {
    day_of_week  = 0
    start_hour   = 4
    start_minute = 0
  }

  lifecycle {
    prevent_destroy = true # see the README to tear down

    ignore_changes = [
      # A disk that grew is larger than the configuration says; planned as a
      # smaller one it would be a new, empty database.
      storage_mb,
      # Azure chooses both, and a failover swaps them.
      zone,
      high_availability[0].standby_availability_zone,
    ]
  }

  depends_on = [azurerm_private_dns_zone_virtual_network_link.database]
}

resource "azurerm_postgresql_flexible_server_configuration" "tls" {
  name      = "require_secure_transport"
  server_id = azurerm_postgresql_flexible_server.this.id
  value     = "on"
}

resource "azurerm_postgresql_flexible_server_database" "coder" {
  name      = "coder"
  server_id = azurerm_postgresql_flexible_server.this.id
  charset   = "UTF8"
  collation = "en_US.utf8"
}

locals {
  database_url = "postgres://${azurerm_postgresql_flexible_server.this.administrator_login}:${random_password.database.result}@${azurerm_postgresql_flexible_server.this.fqdn}:5432/${azurerm_postgresql_flexible_server_database.coder.name}?sslmode=require"
}
