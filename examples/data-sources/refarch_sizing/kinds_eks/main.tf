terraform {
  required_version = ">= 1.8.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0, >= 6.9"
    }
    helm = {
      source  = "hashicorp/helm"
      version = "~> 3.0"
    }
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

variable "users" {
  type    = number
  default = 1000
}

variable "workspace_kinds" {
  description = "Kinds of workspaces that differ from the rest, by the name of their node pool."
  type = map(object({
    workspaces   = optional(number)
    percent      = optional(number)
    requests     = object({ cpu = number, memory_gib = number, volumes = optional(number), gpus = optional(number) })
    limits       = optional(object({ cpu = optional(number), memory_gib = optional(number) }))
    machine_type = optional(string)
  }))
  default = {
    large = {
      percent      = 20
      requests     = { cpu = 2, memory_gib = 8 }
      machine_type = "m5.4xlarge"
    }
    agents = {
      workspaces   = 100
      requests     = { cpu = 2, memory_gib = 4 }
      machine_type = "c7a.2xlarge"
    }
    gpu = {
      workspaces   = 20
      requests     = { cpu = 3, memory_gib = 12, gpus = 1 }
      machine_type = "g4dn.xlarge"
    }
  }
}

variable "spot" {
  description = "Kinds whose workspaces may be taken away: agents that begin anew, no people."
  type        = set(string)
  default     = ["agents"]
}

variable "node_role_arn" {
  type    = string
  default = "arn:aws:iam::123456789012:role/coder-nodes"
}

variable "subnet_ids" {
  type    = list(string)
  default = ["subnet-0123456789abcdef0"]
}

provider "aws" {
  region = "us-east-1"
}

provider "helm" {}

data "refarch_sizing" "this" {
  users           = var.users
  cloud           = "aws"
  edition         = "2025-04"
  packing         = "schedulable"
  workspace_kinds = var.workspace_kinds
}

locals {
  pools = data.refarch_sizing.this.workspace_pools

  # The type that was counted with, and others on which the same counts hold. EKS
  # takes on-demand nodes in this order; the first 20 are plenty.
  instance_types = {
    for kind, pool in local.pools : kind => slice(concat([pool.machine_type], local.alternatives[kind]), 0, min(20, 1 + length(local.alternatives[kind])))
  }
  alternatives = {
    for kind, pool in local.pools : kind => provider::refarch::machine_type_alternatives(
      "aws", pool.machine_type, pool.pod_request.cpu_millicores, pool.pod_request.memory_mib,
    )
  }

  # Images with the NVIDIA driver have a name of their own.
  ami_types = {
    amd64 = { cpu = "AL2023_x86_64_STANDARD", gpu = "AL2023_x86_64_NVIDIA" }
    arm64 = { cpu = "AL2023_ARM_64_STANDARD", gpu = "AL2023_ARM_64_NVIDIA" }
  }
}

# A kind that runs none has no group: EKS takes no max_size of 0.
resource "aws_eks_node_group" "kind" {
  for_each = { for kind, of in var.workspace_kinds : kind => of if of.workspaces != 0 }

  cluster_name           = "coder"
  node_group_name_prefix = "${each.key}-"
  node_role_arn          = var.node_role_arn
  subnet_ids             = var.subnet_ids
  instance_types         = local.instance_types[each.key]
  capacity_type          = contains(var.spot, each.key) ? "SPOT" : "ON_DEMAND"
  ami_type               = local.ami_types[local.pools[each.key].architecture][local.pools[each.key].gpus > 0 ? "gpu" : "cpu"]

  scaling_config {
    min_size     = local.pools[each.key].min_node_count
    desired_size = local.pools[each.key].min_node_count
    max_size     = local.pools[each.key].max_node_count
  }

  labels = { "coder.com/kind" = each.key }

  # A template of this kind selects the label and tolerates the taint.
  taint {
    key    = "coder.com/kind"
    value  = each.key
    effect = "NO_SCHEDULE"
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [scaling_config[0].desired_size] # the autoscaler's
  }
}

# The images have the driver; what tells Kubernetes of the GPUs comes on top.
resource "helm_release" "device_plugin" {
  name       = "nvidia-device-plugin"
  namespace  = "kube-system"
  repository = "https://nvidia.github.io/k8s-device-plugin"
  chart      = "nvidia-device-plugin"
  version    = "0.17.1"

  values = [yamlencode({
    nodeSelector = { "coder.com/kind" = "gpu" }
    tolerations  = [{ key = "coder.com/kind", operator = "Equal", value = "gpu", effect = "NoSchedule" }]
    affinity     = {} # the chart's own asks for labels of node feature discovery
  })]
}

# With Karpenter in place of node groups: spec.limits of a NodePool for each kind,
# which count what its nodes have in all.
output "karpenter_limits" {
  value = {
    for kind, pool in local.pools : kind => {
      cpu              = tostring(pool.max_node_count * pool.vcpu)
      memory           = "${pool.max_node_count * pool.memory_gib}Gi"
      "nvidia.com/gpu" = tostring(pool.max_node_count * pool.gpus)
    }
  }
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
