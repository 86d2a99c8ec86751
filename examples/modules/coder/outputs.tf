output "namespace" {
  description = "Namespace of Coder, its provisioners and its workspaces."
  value       = kubernetes_namespace_v1.coder.metadata[0].name
}

output "storage_class" {
  description = "StorageClass for the homes, for workspace templates."
  value       = kubernetes_storage_class_v1.home.metadata[0].name
}

output "coderd_surge_nodes" {
  description = "Nodes beside the sized ones that coderd's pool needs for upgrades with this chart: for the cloud's module."
  value       = var.coderd_surge_nodes == null ? (local.chart_knows_strategy ? 0 : 1) : var.coderd_surge_nodes
}
