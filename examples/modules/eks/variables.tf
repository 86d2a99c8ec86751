variable "sizing" {
  description = "The answer of refarch_sizing: `sizing = data.refarch_sizing.this`."
  type        = any
  nullable    = false
}

variable "workspace_pools" {
  description = "Names of the pools of workspaces to make: `workspace` and the sizing's kinds, without those whose largest is 0. They have to be known at every plan, and the sizing may not be."
  type        = set(string)
  default     = ["workspace"]
  nullable    = false

  validation {
    condition     = alltrue([for name in var.workspace_pools : name == "workspace" || contains(keys(local.kinds), name)])
    error_message = "workspace_pools are workspace and the kinds of the sizing: ${join(", ", keys(local.kinds))}."
  }

  validation {
    condition     = alltrue([for name, pool in merge({ workspace = var.sizing.workspace }, var.sizing.workspace_pools) : contains(var.workspace_pools, name) || pool.max_node_count == 0])
    error_message = "workspace_pools lacks a pool that the sizing has workspaces for: they would stay pending."
  }
}

variable "colocate_provisioners" {
  description = "Leave the provisioners' node pool out: what refarch_sizing was asked with."
  type        = bool
  default     = false
  nullable    = false
}

variable "region" {
  description = "Region of everything here."
  type        = string
  nullable    = false
}

variable "zones" {
  description = "Availability zones that each node pool spans, 1 to 3."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([1, 2, 3], var.zones)
    error_message = "zones is 1, 2 or 3."
  }

  validation {
    # Cluster and database want subnets in two zones even where the nodes run in one.
    condition     = length(local.zones_to_choose) >= max(2, var.zones)
    error_message = "There are ${length(local.zones_to_choose)} zones in ${var.region} to choose from (${join(", ", local.zones_to_choose)}): it takes two at least, and as many as zones."
  }
}

variable "zone_names" {
  description = "Zones to choose from, in this order, two at least: not every zone has every instance type. Left out: the region's. A change moves subnets."
  type        = list(string)
  default     = null

  validation {
    condition     = var.zone_names == null ? true : length(setsubtract(var.zone_names, data.aws_availability_zones.available.names)) == 0 && length(distinct(var.zone_names)) == length(var.zone_names)
    error_message = "zone_names are zones of ${var.region}, each once: ${join(", ", data.aws_availability_zones.available.names)}."
  }
}

variable "name" {
  description = "Name of the cluster, and the beginning of every other name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "name is 3 to 20 lower case letters, digits and single hyphens and begins with a letter."
  }
}

variable "vpc_cidr" {
  description = "Addresses of the VPC: a /14 or smaller, of which each zone gets a quarter. Pods take theirs from it. It does not change later."
  type        = string
  default     = "10.0.0.0/14"
  nullable    = false

  validation {
    condition     = !can(cidrnetmask(var.vpc_cidr)) || try(tonumber(split("/", var.vpc_cidr)[1]) >= 14 && tonumber(split("/", var.vpc_cidr)[1]) <= 20, false)
    error_message = "vpc_cidr is ${var.vpc_cidr}: it is a /14, which makes four blocks of AWS's, to a /20, whose public subnets are the smallest that there are."
  }
}

variable "service_cidr" {
  description = "Addresses of the Services, a /12 to a /24."
  type        = string
  default     = "172.20.0.0/16"
  nullable    = false
}

variable "api_access_cidrs" {
  description = "Blocks from which the Kubernetes API is reached: yours, and those of the machine that runs Terraform."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.api_access_cidrs) > 0 && alltrue([for c in var.api_access_cidrs : can(cidrhost(c, 0))])
    error_message = "api_access_cidrs names at least one block, with its mask: [\"203.0.113.7/32\"]."
  }

  validation {
    condition     = alltrue([for c in var.api_access_cidrs : try(tonumber(split("/", c)[1]) >= 8, true)])
    error_message = "api_access_cidrs is not the whole internet, nor a good part of it: no block is larger than a /8."
  }
}

variable "kubernetes_version" {
  description = "Kubernetes version of the cluster and its nodes. Left out: EKS's default at creation."
  type        = string
  default     = null

  validation {
    condition     = var.kubernetes_version == null || can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "kubernetes_version is ${var.kubernetes_version == null ? "left out" : var.kubernetes_version}: a version such as \"1.33\", in quotes. Without them 1.30 is the number 1.3."
  }
}

variable "cluster_autoscaler_chart_version" {
  description = "Version of the cluster-autoscaler chart. Take one whose application version is your Kubernetes version."
  type        = string
  default     = "9.50.1"
  nullable    = false
}

variable "cluster_autoscaler_chart_repository" {
  description = "Helm repository of the cluster-autoscaler chart."
  type        = string
  default     = "https://kubernetes.github.io/autoscaler"
  nullable    = false
}

variable "cluster_autoscaler_helm_values" {
  description = "Further values of the cluster-autoscaler chart, as YAML: an image in a registry of your own, for one."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "system_machine_type" {
  description = "Instance type of the system pool: cluster DNS, the autoscaler and the like. It is not part of the sizing."
  type        = string
  default     = "m6i.large"
  nullable    = false

  validation {
    condition     = !can(regex("^[a-z]+[0-9]+g", var.system_machine_type))
    error_message = "system_machine_type is an x86 type: the pool's image is."
  }
}

variable "compute_quotas" {
  description = "What quotas leave for this deployment, by the cloud's names, such as L-1216C47A. The plan is refused where the pools at their largest take more; leave room for the system pool and for upgrades. Those left out are not checked."
  type        = map(number)
  default     = {}
  nullable    = false
}

variable "max_nodes_per_group" {
  description = "Nodes that AWS lets a managed node group have: 450 by default, more on request. The plan is refused where a group may grow beyond it."
  type        = number
  default     = 450
  nullable    = false

  validation {
    condition     = local.most_nodes_in_a_group <= var.max_nodes_per_group
    error_message = "A node group would have up to ${local.most_nodes_in_a_group} nodes, and AWS allows ${var.max_nodes_per_group} (max_nodes_per_group). Set zones to more, or ask AWS for a higher quota first."
  }
}

variable "max_pods_per_node" {
  description = "Pod limit of the workspace nodes, at most 110 below 30 vCPU and 250 from there. Setting it turns prefix delegation on, without which the network interfaces do not carry more. Left out: what they carry."
  type        = number
  default     = null
}

variable "coderd_surge_nodes" {
  description = "Nodes beside the sized ones in coderd's pool, for the pod by which an upgrade begins: modules/coder says how many its chart needs."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.coderd_surge_nodes >= 0 && floor(var.coderd_surge_nodes) == var.coderd_surge_nodes
    error_message = "coderd_surge_nodes is a whole number, at least 0."
  }
}

variable "postgres_version" {
  description = "Major version of PostgreSQL."
  type        = number
  default     = 17
  nullable    = false

  validation {
    condition     = floor(var.postgres_version) == var.postgres_version && var.postgres_version >= 13
    error_message = "postgres_version is a major version, such as 17; Coder needs 13 at least."
  }
}

variable "deletion_protection" {
  description = "The cluster and the database refuse to be destroyed. Turn it off in an apply of its own before `terraform destroy`."
  type        = bool
  default     = true
  nullable    = false
}
