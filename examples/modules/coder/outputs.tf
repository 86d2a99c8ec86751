output "namespace" {
  description = "Namespace of Coder, its provisioners and its workspaces."
  value       = kubernetes_namespace_v1.coder.metadata[0].name
}

locals {
  workspaces = merge({ workspace = var.sizing.workspace }, var.sizing.workspace_pools)
  gpus       = { for name, kind in merge({}, var.sizing.workspace_kinds) : name => try(kind.requests.gpus > 0, false) ? { "nvidia.com/gpu" = tostring(kind.requests.gpus) } : {} }
}

output "workspace_templates" {
  description = "What the pods of a template need, by the kind of workspace (`workspace`: the rest): without node selector and tolerations they stay pending, with larger requests the sizing does not hold."
  value = {
    for name, scheduling in var.platform.scheduling : name => {
      node_selector = scheduling.nodeSelector
      tolerations   = scheduling.tolerations
      storage_class = contains(keys(var.platform.kind_storage_classes), name) ? kubernetes_storage_class_v1.kind[name].metadata[0].name : kubernetes_storage_class_v1.home.metadata[0].name

      requests = merge({
        cpu    = "${local.workspaces[name].pod_request.cpu_millicores}m"
        memory = "${local.workspaces[name].pod_request.memory_mib}Mi"
      }, lookup(local.gpus, name, {}))

      limits = merge({ for resource, limit in {
        cpu    = local.workspaces[name].pod_limits.cpu_millicores == null ? "" : "${local.workspaces[name].pod_limits.cpu_millicores}m"
        memory = local.workspaces[name].pod_limits.memory_mib == null ? "" : "${local.workspaces[name].pod_limits.memory_mib}Mi"
      } : resource => limit if limit != "" }, lookup(local.gpus, name, {}))
    } if !contains(["coderd", "provisioner"], name)
  }
}

output "coderd_surge_nodes" {
  description = "Nodes beside the sized ones that coderd's pool needs for upgrades with this chart: for the cloud's module."
  value       = var.coderd_surge_nodes == null ? (local.chart_knows_strategy ? 0 : 1) : var.coderd_surge_nodes
}
