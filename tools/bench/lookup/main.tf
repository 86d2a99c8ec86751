# The edition 2024-03 as somebody would write it down without a provider: the
# published rows, and the one formula for the workspace nodes. No packing beside
# Kubernetes' own reservations, no other machine types, no texts.

variable "users" {
  description = "People with an account."
  type        = number

  validation {
    condition     = var.users >= 1 && var.users <= 3000 && floor(var.users) == var.users
    error_message = "The number of users is a whole number from 1 to 3,000."
  }
}

variable "cloud" {
  description = "Where the deployment runs: gcp, aws or azure."
  type        = string

  validation {
    condition     = contains(["gcp", "aws", "azure"], var.cloud)
    error_message = "The cloud is gcp, aws or azure."
  }
}

variable "zones" {
  description = "Zones that each node pool spans."
  type        = number
  default     = 1
}

locals {
  tiers = [
    {
      name      = "1k", users = 1000, api_rps = 180, high_availability = false, builds = 60
      coderd    = { min = 1, max = 2, vcpu = 2, machine_types = { gcp = "n1-standard-2", aws = "t3.large", azure = "Standard_D2s_v3" } }
      workspace = { nodes = 64, each = 16 }
      database = {
        vcpu = 2, nodes = 1, storage_gb = { gcp = 512, aws = 512, azure = 512 }
        skus = { gcp = "db-custom-2-7680", aws = "db.t3.large", azure = "GP_Standard_D2s_v3" }
      }
    },
    {
      name      = "2k", users = 2000, api_rps = 300, high_availability = true, builds = 120
      coderd    = { min = 2, max = 2, vcpu = 4, machine_types = { gcp = "n1-standard-4", aws = "t3.xlarge", azure = "Standard_D4s_v3" } }
      workspace = { nodes = 128, each = 16 }
      database = {
        vcpu = 4, nodes = 1, storage_gb = { gcp = 1024, aws = 1024, azure = 1024 }
        skus = { gcp = "db-custom-4-15360", aws = "db.t3.xlarge", azure = "GP_Standard_D4s_v3" }
      }
    },
    {
      name      = "3k", users = 3000, api_rps = 550, high_availability = true, builds = 240
      coderd    = { min = 4, max = 4, vcpu = 4, machine_types = { gcp = "n1-standard-4", aws = "t3.xlarge", azure = "Standard_D4s_v3" } }
      workspace = { nodes = 256, each = 12 }
      database = {
        vcpu = 8, nodes = 2, storage_gb = { gcp = 1536, aws = 1536, azure = 2048 }
        skus = { gcp = "db-custom-8-30720", aws = "db.t3.2xlarge", azure = "GP_Standard_D8s_v3" }
      }
    },
  ]
  tier = [for tier in local.tiers : tier if var.users <= tier.users][0]

  node_machine_type = { gcp = "t2d-standard-8", aws = "t3.2xlarge", azure = "Standard_D8s_v3" }[var.cloud]
  # The n1 family has 3.75 GiB for each vCPU, the others have 4; so has Cloud SQL.
  coderd_memory_gib   = local.tier.coderd.vcpu * (var.cloud == "gcp" ? 3.75 : 4)
  database_memory_gib = local.tier.database.vcpu * (var.cloud == "gcp" ? 3.75 : 4)

  provisioner_nodes = ceil(local.tier.builds / 30)

  # A row has some more places than users, 1,024 for 1,000: so many more for fewer users too.
  places_of_row   = local.tier.workspace.nodes * local.tier.workspace.each
  places          = min(ceil(var.users * local.places_of_row / local.tier.users), local.places_of_row)
  workspace_nodes = ceil(local.places / local.tier.workspace.each)
}

output "sizing" {
  description = "The recommended fleet."
  value = {
    tier = {
      name              = local.tier.name
      users             = local.tier.users
      api_rps           = local.tier.api_rps
      high_availability = local.tier.high_availability
      concurrent_builds = local.tier.builds
    }
    coderd = {
      machine_type        = local.tier.coderd.machine_types[var.cloud]
      vcpu                = local.tier.coderd.vcpu
      memory_gib          = local.coderd_memory_gib
      node_count          = local.tier.coderd.min
      min_node_count      = local.tier.coderd.min
      max_node_count      = local.tier.coderd.max
      node_count_per_zone = ceil(local.tier.coderd.min / var.zones)
      pods_per_node       = 1
      pods                = local.tier.coderd.min
    }
    provisioner = {
      machine_type        = local.node_machine_type
      vcpu                = 8
      memory_gib          = 32
      node_count          = local.provisioner_nodes
      min_node_count      = local.provisioner_nodes
      max_node_count      = local.provisioner_nodes
      node_count_per_zone = ceil(local.provisioner_nodes / var.zones)
      pods_per_node       = 30
      pods                = local.tier.builds
    }
    workspace = {
      machine_type        = local.node_machine_type
      vcpu                = 8
      memory_gib          = 32
      node_count          = local.workspace_nodes
      min_node_count      = min(var.zones, local.workspace_nodes)
      max_node_count      = local.workspace_nodes
      node_count_per_zone = ceil(local.workspace_nodes / var.zones)
      pods_per_node       = local.tier.workspace.each
      pods                = var.users
    }
    database = {
      sku               = local.tier.database.skus[var.cloud]
      vcpu              = local.tier.database.vcpu
      memory_gib        = local.database_memory_gib
      node_count        = local.tier.database.nodes
      high_availability = local.tier.high_availability
      storage_gb        = local.tier.database.storage_gb[var.cloud]
    }
    totals = {
      node_count = local.tier.coderd.min + local.provisioner_nodes + local.workspace_nodes
      vcpu       = local.tier.coderd.min * local.tier.coderd.vcpu + (local.provisioner_nodes + local.workspace_nodes) * 8
      memory_gib = local.tier.coderd.min * local.coderd_memory_gib + (local.provisioner_nodes + local.workspace_nodes) * 32
    }
  }
}
