output "namespace" {
  description = "Namespace of Coder, its provisioners and its workspaces."
  value       = kubernetes_namespace_v1.coder.metadata[0].name
}

output "storage_class" {
  description = "StorageClass for the homes, for workspace templates."
  value       = kubernetes_storage_class_v1.home.metadata[0].name
}
