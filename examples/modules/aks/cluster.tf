# The cluster puts its load balancer's address into the nodes' subnet.
resource "azurerm_user_assigned_identity" "cluster" {
  name                = "${var.name}-cluster"
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  tags                = var.tags
}

resource "azurerm_role_assignment" "network" {
  scope                = azurerm_virtual_network.this.id
  role_definition_name = "Network Contributor"
  principal_id         = azurerm_user_assigned_identity.cluster.principal_id
}

resource "azurerm_kubernetes_cluster" "this" {
  name                = var.name
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  dns_prefix          = var.name
  kubernetes_version  = var.kubernetes_version
  sku_tier            = var.production ? "Standard" : "Free" # the former answers for the API
  tags                = var.tags

  oidc_issuer_enabled       = true # it cannot be turned off again
  workload_identity_enabled = true

  # Every sized pool is tainted, so what belongs to no role (cluster DNS, metrics,
  # an ingress, cert-manager) needs a place of its own: this pool, outside the
  # sizing and for more than AKS's own add-ons.
  default_node_pool {
    name                        = "system"
    vm_size                     = var.system_machine_type
    node_count                  = local.system_node_count
    zones                       = local.zone_names
    vnet_subnet_id              = azurerm_subnet.nodes.id
    host_encryption_enabled     = var.host_encryption
    orchestrator_version        = var.kubernetes_version
    temporary_name_for_rotation = "systemtmp"

    # Both, although the second is Azure's default: left out, a plan wants to replace
    # the cluster once somebody has set it by hand.
    upgrade_settings {
      max_surge                = "1"
      drain_timeout_in_minutes = var.drain_timeout_minutes
    }
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.cluster.id]
  }

  # The nodes come from the NAT's address.
  api_server_access_profile {
    authorized_ip_ranges = concat(var.api_access_cidrs, ["${azurerm_public_ip.nat.ip_address}/32"])
  }

  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    outbound_type       = "userAssignedNATGateway"
    load_balancer_sku   = "standard"
    pod_cidr            = var.pod_cidr
    service_cidr        = var.service_cidr
    dns_service_ip      = cidrhost(var.service_cidr, 10)
  }

  # Nodes come from the pools below, not from AKS's own provisioning.
  node_provisioning_profile {
    mode = "Manual"
  }

  auto_scaler_profile {
    balance_similar_node_groups = true
    expander                    = "least-waste"
  }

  lifecycle {
    prevent_destroy = true # the homes' disks go with it; see the README to tear down
  }

  depends_on = [
    azurerm_role_assignment.network,
    azurerm_subnet_nat_gateway_association.nodes,
  ]
}
