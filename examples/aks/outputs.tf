output "summary" {
  description = "The fleet as a table, to read in the plan."
  value       = data.refarch_sizing.this.summary
}

output "warnings" {
  description = "What changes the answer and you should know."
  value       = data.refarch_sizing.this.warnings
}

output "totals" {
  description = "Nodes, vCPU and memory of the sized pools, for quotas. The system pool is not in it."
  value       = data.refarch_sizing.this.totals
}

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

output "database_url" {
  description = "Connection URL of the database, with its password."
  value       = local.database_url
  sensitive   = true
}

output "namespace" {
  description = "Namespace of Coder, its provisioners and its workspaces."
  value       = kubernetes_namespace_v1.coder.metadata[0].name
}

output "storage_class" {
  description = "StorageClass for the homes, for workspace templates."
  value       = kubernetes_storage_class_v1.home.metadata[0].name
}

output "workspace_scheduling" {
  description = "Node selector and tolerations for the pods of workspace templates: without them a workspace stays pending."
  value       = local.scheduling["workspace"]
}

output "workspace_request" {
  description = "What the sizing assumes a workspace requests: templates ask for the same."
  value       = data.refarch_sizing.this.workspace.pod_request
}
