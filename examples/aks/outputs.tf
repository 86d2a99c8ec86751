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
  value       = module.aks.resource_group_name
}

output "cluster_name" {
  description = "Name of the AKS cluster."
  value       = module.aks.cluster_name
}

output "database_instance" {
  description = "Name of the PostgreSQL Flexible Server."
  value       = module.aks.database_instance
}

output "database_url" {
  description = "Connection URL of the database, with its password."
  value       = module.aks.database_url
  sensitive   = true
}

output "namespace" {
  description = "Namespace of Coder, its provisioners and its workspaces."
  value       = module.coder.namespace
}

output "storage_class" {
  description = "StorageClass for the homes, for workspace templates."
  value       = module.coder.storage_class
}

output "workspace_scheduling" {
  description = "Node selector and tolerations for the pods of workspace templates: without them a workspace stays pending."
  value       = module.aks.platform.scheduling["workspace"]
}

output "workspace_request" {
  description = "What the sizing assumes a workspace requests: templates ask for the same."
  value       = data.refarch_sizing.this.workspace.pod_request
}
