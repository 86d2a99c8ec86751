resource "azurerm_kubernetes_cluster" "this" {
  name                = "coder"
  location            = "westeurope"
  resource_group_name = "coder"
  dns_prefix          = "coder"
  default_node_pool {
    name    = "coderd"
    vm_size = "Standard_D2s_v3"
  }
  identity { type = "SystemAssigned" }
  node_provisioning_profile { mode = "Manual" }
}

resource "azurerm_kubernetes_cluster_node_pool" "role" {
  for_each = toset(["prov", "work"])

  name                  = each.key
  kubernetes_cluster_id = azurerm_kubernetes_cluster.this.id
  vm_size               = "Standard_D8s_v3"
  node_count            = 2
  os_type               = "Linux"
}

output "certificate" {
  value     = base64decode(azurerm_kubernetes_cluster.this.kube_config[0].cluster_ca_certificate)
  sensitive = true
}

output "plugin" { value = azurerm_kubernetes_cluster.this.network_profile[0].network_plugin }
