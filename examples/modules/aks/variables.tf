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

  validation {
    condition     = length(distinct([for name in var.workspace_pools : substr(name, 0, 11)])) == length(var.workspace_pools)
    error_message = "Names of kinds are told apart by their first 11 characters: the twelfth of a pool's name is its zone."
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

variable "resource_group_name" {
  description = "Resource group to make. Left out: the name."
  type        = string
  default     = null
}

variable "availability_zones" {
  description = "Zones of the region in which your subscription gets the machine types. Empty where the region has none."
  type        = list(string)
  default     = ["1", "2", "3"]
  nullable    = false

  validation {
    condition     = length(setsubtract(var.availability_zones, ["1", "2", "3"])) == 0 && length(distinct(var.availability_zones)) == length(var.availability_zones)
    error_message = "availability_zones are \"1\", \"2\" and \"3\", each at most once."
  }
}

variable "zones" {
  description = "Zones that each node pool spans."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([1, 2, 3], var.zones)
    error_message = "zones is 1, 2 or 3."
  }

  validation {
    # A region without zones is one.
    condition     = var.zones <= max(1, length(var.availability_zones))
    error_message = "availability_zones names ${length(var.availability_zones)} zones of ${var.region}: fewer than zones."
  }
}

variable "name" {
  description = "Name of the cluster, and the beginning of every other name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "name is 3 to 20 lower case letters, digits and hyphens and begins with a letter."
  }
}

variable "tags" {
  description = "Tags of every Azure resource."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "network_cidr" {
  description = "Addresses of the virtual network, a /24 or larger: nodes get half of it, one each."
  type        = string
  default     = "10.0.0.0/16"
  nullable    = false
}

variable "pod_cidr" {
  description = "Addresses of the pods. In an overlay network every node takes a /24, whatever its pod limit: AKS's default, a /16, ends at 256 nodes, a /13 holds 2,048. It does not change later."
  type        = string
  default     = "10.64.0.0/13"
  nullable    = false
}

variable "service_cidr" {
  description = "Addresses of the Services."
  type        = string
  default     = "10.80.0.0/20"
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
  description = "Kubernetes version of the cluster and its nodes. Left out: AKS's default at creation."
  type        = string
  default     = null

  validation {
    condition     = var.kubernetes_version == null || can(regex("^1\\.[0-9]{2}(\\.[0-9]+)?$", var.kubernetes_version))
    error_message = "kubernetes_version is ${var.kubernetes_version == null ? "left out" : var.kubernetes_version}: a version such as \"1.33\", in quotes. Without them 1.30 is the number 1.3."
  }
}

variable "host_encryption" {
  description = "Encrypt the hosts' own disks and caches too. Register EncryptionAtHost in the subscription first. Disks are encrypted either way."
  type        = bool
  default     = false
  nullable    = false
}

variable "drain_timeout_minutes" {
  description = "Minutes that an upgrade waits for the pods of a node to go."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.drain_timeout_minutes >= 1 && var.drain_timeout_minutes <= 1440 && floor(var.drain_timeout_minutes) == var.drain_timeout_minutes
    error_message = "drain_timeout_minutes is a whole number from 1 to 1440."
  }
}

variable "system_machine_type" {
  description = "VM size of the system pool: cluster DNS, metrics and the like. It is not part of the sizing."
  type        = string
  default     = "Standard_D4s_v5"
  nullable    = false
}

variable "compute_quotas" {
  description = "What quotas leave for this deployment, by the cloud's names, such as standardDSv5Family. The plan is refused where the pools at their largest take more; leave room for the system pool and for upgrades. Those left out are not checked."
  type        = map(number)
  default     = {}
  nullable    = false
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

variable "production" {
  description = "Refuse burstable machines: with their CPU credits spent, everybody waits."
  type        = bool
  default     = true
  nullable    = false
}
