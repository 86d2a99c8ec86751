output "resource_group_name" {
  description = "Resource group of everything here."
  value       = azurerm_resource_group.this.name
}

output "cluster_name" {
  description = "Name of the AKS cluster."
  value       = azurerm_kubernetes_cluster.this.name
}

output "database_instance" {
  description = "Name of the PostgreSQL Flexible Server."
  value       = azurerm_postgresql_flexible_server.this.name
}

output "kubernetes" {
  description = "How the Kubernetes and Helm providers reach the cluster."
  sensitive   = true
  value = {
    host                   = azurerm_kubernetes_cluster.this.kube_config[0].host
    client_certificate     = base64decode(azurerm_kubernetes_cluster.this.kube_config[0].client_certificate)
    client_key             = base64decode(azurerm_kubernetes_cluster.this.kube_config[0].client_key)
    cluster_ca_certificate = base64decode(azurerm_kubernetes_cluster.this.kube_config[0].cluster_ca_certificate)
  }
}

# What modules/coder takes, under the names of its variables.

output "platform" {
  description = "What Coder has to know of the cluster."
  value = {
    scheduling = local.scheduling

    # Premium SSDs. AKS's own default class stands beside it.
    storage_class = {
      provisioner = "disk.csi.azure.com"
      parameters  = { skuName = "Premium_LRS" }
    }

    device_plugin = true

    load_balancer_annotations = {
      internal = { "service.beta.kubernetes.io/azure-load-balancer-internal" = "true" }
      public   = {}
    }
  }
}

output "node_pools" {
  description = "Names of the node pools that are always there. Whoever uses it waits for them, and goes before they do."
  value       = { coderd = azurerm_kubernetes_cluster_node_pool.coderd.name }
}

output "database_url" {
  description = "Connection URL of the database, with its password."
  value       = local.database_url
  sensitive   = true
  depends_on  = [azurerm_postgresql_flexible_server_configuration.tls]
}
