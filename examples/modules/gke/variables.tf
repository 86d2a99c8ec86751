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

variable "project" {
  description = "Google Cloud project. Enable compute.googleapis.com and cloudresourcemanager.googleapis.com in it before the first plan: it reads the region's zones, and the apply enables the other services."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region of everything here."
  type        = string
  nullable    = false
}

variable "zones" {
  description = "Zones that each node pool spans."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.zones >= 1 && floor(var.zones) == var.zones
    error_message = "zones is a whole number, at least 1."
  }

  validation {
    condition     = var.zones <= length(local.zones_to_choose)
    error_message = "There are ${length(local.zones_to_choose)} zones in ${var.region} to choose from: ${join(", ", local.zones_to_choose)}."
  }
}

variable "zone_names" {
  description = "Zones to choose from, in this order: not every zone has every machine type. Left out: the region's."
  type        = list(string)
  default     = null

  validation {
    condition     = var.zone_names == null ? true : length(setsubtract(var.zone_names, data.google_compute_zones.available.names)) == 0 && length(distinct(var.zone_names)) == length(var.zone_names)
    error_message = "zone_names are zones of ${var.region}, each once: ${join(", ", data.google_compute_zones.available.names)}."
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

variable "node_cidr" {
  description = "Addresses of the nodes: one each."
  type        = string
  default     = "10.0.0.0/20"
  nullable    = false
}

variable "pod_cidr" {
  description = "Addresses of the pods. A node takes twice its pod limit, rounded up to a block: a /24 at 110, so a /13 holds 2,048 nodes. It does not change later."
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

variable "release_channel" {
  description = "GKE's release channel."
  type        = string
  default     = "REGULAR"
  nullable    = false

  validation {
    condition     = contains(["RAPID", "REGULAR", "STABLE", "EXTENDED"], var.release_channel)
    error_message = "release_channel is RAPID, REGULAR, STABLE or EXTENDED."
  }
}

variable "system_machine_type" {
  description = "Machine type of the system pool: cluster DNS, metrics and the like. It is not part of the sizing."
  type        = string
  default     = "e2-standard-4"
  nullable    = false
}

variable "compute_quotas" {
  description = "What quotas leave for this deployment, by the cloud's names, such as CPUS_ALL_REGIONS. The plan is refused where the pools at their largest take more; leave room for the system pool and for upgrades. Those left out are not checked."
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

variable "deletion_protection" {
  description = "The cluster and the database refuse to be destroyed. Turn it off in an apply of its own before `terraform destroy`."
  type        = bool
  default     = true
  nullable    = false
}
