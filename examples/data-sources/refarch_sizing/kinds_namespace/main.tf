terraform {
  required_providers {
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "~> 3.0"
    }
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

variable "warm" {
  description = "Nodes to keep warm for those who come, by kind: 0 or left out for none."
  type        = map(number)
  default     = { large = 1 }
}

provider "kubernetes" {}

data "refarch_sizing" "this" {
  users            = 1000
  cloud            = "gcp"
  edition          = "2025-04"
  packing          = "schedulable"
  workspace_limits = { cpu = 2, memory_gib = 4 }

  workspace_kinds = {
    large = {
      percent      = 20
      requests     = { cpu = 2, memory_gib = 8 }
      limits       = { cpu = 4, memory_gib = 8 }
      machine_type = "n2-standard-16"
    }
  }
}

resource "kubernetes_namespace_v1" "workspaces" {
  metadata {
    name = "coder-workspaces"
  }
}

# What all workspaces may request together, everyone at work: a template that asks
# for more than was counted is told so, and not by nodes that run full.
resource "kubernetes_resource_quota_v1" "workspaces" {
  metadata {
    name      = "workspaces"
    namespace = kubernetes_namespace_v1.workspaces.metadata[0].name
  }

  spec {
    hard = data.refarch_sizing.this.resource_quota
  }
}

# What a workspace gets whose template says nothing.
resource "kubernetes_limit_range_v1" "workspaces" {
  metadata {
    name      = "workspaces"
    namespace = kubernetes_namespace_v1.workspaces.metadata[0].name
  }

  spec {
    limit {
      type = "Container"
      default_request = {
        cpu    = "${data.refarch_sizing.this.workspace.pod_request.cpu_millicores}m"
        memory = "${data.refarch_sizing.this.workspace.pod_request.memory_mib}Mi"
      }
      default = {
        cpu    = "${data.refarch_sizing.this.workspace.pod_limits.cpu_millicores}m"
        memory = "${data.refarch_sizing.this.workspace.pod_limits.memory_mib}Mi"
      }
    }
  }
}

# A pod of this class gives way to every other. Below -10 the cluster autoscaler
# would not make a node for it.
resource "kubernetes_priority_class_v1" "placeholder" {
  metadata {
    name = "placeholder"
  }

  value = -10
}

# One pod that fills a node of the kind. The first workspace pushes it out and has
# the node at once; the autoscaler makes the next one for the pod.
resource "kubernetes_deployment_v1" "placeholder" {
  for_each = var.warm

  metadata {
    name      = "placeholder-${each.key}"
    namespace = "kube-system" # beside the quota of workspaces
  }

  spec {
    replicas = each.value

    selector {
      match_labels = { app = "placeholder-${each.key}" }
    }

    template {
      metadata {
        labels = { app = "placeholder-${each.key}" }
      }

      spec {
        priority_class_name              = kubernetes_priority_class_v1.placeholder.metadata[0].name
        termination_grace_period_seconds = 0
        node_selector                    = { "coder.com/kind" = each.key }

        toleration {
          key      = "coder.com/kind"
          operator = "Equal"
          value    = each.key
          effect   = "NoSchedule"
        }

        container {
          name  = "pause"
          image = "registry.k8s.io/pause:3.10"

          # Just what a node has beside its daemons: those that node_overhead counts.
          resources {
            requests = {
              cpu    = "${data.refarch_sizing.this.workspace_pools[each.key].schedulable_cpu_millicores}m"
              memory = "${data.refarch_sizing.this.workspace_pools[each.key].schedulable_memory_mib}Mi"
            }
          }
        }
      }
    }
  }
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
