output "summary" {
  description = "The fleet as a table, to read in the plan."
  value       = data.refarch_sizing.this.summary
}

output "warnings" {
  description = "What changes the answer and you should know."
  value       = data.refarch_sizing.this.warnings
}

output "totals" {
  description = "Nodes, vCPU and memory of the sized pools. The system pool is not in it."
  value       = data.refarch_sizing.this.totals
}

output "capacity" {
  description = "Users asked for, users that the fleet carries, and what ends it; null with kinds of workspaces, or a coderd of your own."
  value       = one([for c in data.refarch_capacity.this : { asked = var.users, carried = c.users, limited_by = c.limited_by, next = c.next }])
}

output "cluster_name" {
  description = "Name of the EKS cluster."
  value       = module.eks.cluster_name
}

output "database_instance" {
  description = "Identifier of the RDS instance."
  value       = module.eks.database_instance
}

output "database_url" {
  description = "Connection URL of the database, with its password."
  value       = module.eks.database_url
  sensitive   = true
}

output "namespace" {
  description = "Namespace of Coder, its provisioners and its workspaces."
  value       = module.coder.namespace
}

output "workspace_templates" {
  description = "What the pods of a template need, by the kind of workspace (`workspace`: the rest): node selector, tolerations, requests, limits, StorageClass."
  value       = module.coder.workspace_templates
}
