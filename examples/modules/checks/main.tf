# What a cloud refuses at apply only, or when a fleet has grown: said at plan. While
# the sizing is unknown, what hangs on it is said at apply.

locals {
  blocks = { for name, range in var.ranges : name => range.cidr if can(cidrnetmask(range.cidr)) }

  not_blocks = concat(
    [for name, range in var.ranges : can(cidrhost(range.cidr, 0)) ? "${name} is ${range.cidr}, IPv6, which is not modelled: it takes IPv4." : "${name} is ${range.cidr}: it takes an address with its mask, such as 10.0.0.0/20." if !can(cidrnetmask(range.cidr))],
    [for name, cidr in local.blocks : "${name} is ${cidr}: the block of this address is ${cidrsubnet(cidr, 0, 0)}." if cidrsubnet(cidr, 0, 0) != cidr],
  )

  # Two blocks overlap where they are the same as far as the larger one's mask goes.
  names = keys(local.blocks)
  overlaps = flatten([
    for i, a in local.names : [
      for b in slice(local.names, i + 1, length(local.names)) : "${a}, ${local.blocks[a]}, and ${b}, ${local.blocks[b]}, overlap."
      if length(distinct([
        for name in [a, b] : cidrsubnet("${split("/", local.blocks[name])[0]}/${min(split("/", local.blocks[a])[1], split("/", local.blocks[b])[1])}", 0, 0)
      ])) == 1
    ]
  ])

  too_small = [
    for name, cidr in local.blocks :
    "${name} is ${cidr}, too small for ${var.sizing.addresses.node_count} nodes: it takes a /${var.ranges[name].longest_prefix} at least, such as ${cidrsubnet("${split("/", cidr)[0]}/${var.ranges[name].longest_prefix}", 0, 0)}."
    if var.ranges[name].longest_prefix == null ? false : tonumber(split("/", cidr)[1]) > var.ranges[name].longest_prefix
  ]

  # Azure's names are written with spaces or without, in capitals or not.
  peaks    = { for name, quota in var.sizing.compute_quotas : lower(replace(name, " ", "")) => quota }
  no_quota = [for name in keys(var.compute_quotas) : name if !contains(keys(local.peaks), lower(replace(name, " ", "")))]
  exceeded = [
    for name, quota in var.compute_quotas :
    "${name} is ${quota}, and the fleet at its largest takes ${local.peaks[lower(replace(name, " ", ""))].peak} ${local.peaks[lower(replace(name, " ", ""))].unit}."
    if try(local.peaks[lower(replace(name, " ", ""))].peak > quota, false)
  ]

  # Machines on which the same counts hold; none for a type that the provider does
  # not know.
  alternatives = {
    for name, pool in var.pools : name =>
    try(provider::refarch::machine_type_alternatives(var.cloud, pool.machine_type, pool.pod_request.cpu_millicores, pool.pod_request.memory_mib), [])
  }
  instead = {
    for name, types in local.alternatives : name => [for type in types : type if alltrue([for zone in values(var.sold) : contains(zone, type)])]
  }
  not_sold = flatten([
    for zone, types in var.sold : [
      for name, pool in var.pools :
      "${zone} has no ${pool.machine_type} for the pool ${name}. ${length(local.instead[name]) == 0 ? "Nor has every zone another type on which the counts hold: take other zones." : "All zones have ${join(", ", local.instead[name])}, on which the counts hold."}"
      if !contains(types, pool.machine_type)
    ]
  ])

  pool_limits = [for warning in var.sizing.warnings : warning.message if warning.code == "pool_node_limit"]
}

# Whoever calls this module needs no output of it: the plan ends here.
output "checked" {
  description = "true: nothing was refused."
  value       = true

  precondition {
    condition     = length(local.not_blocks) == 0
    error_message = join("\n", local.not_blocks)
  }

  precondition {
    condition     = length(local.overlaps) == 0
    error_message = join("\n", local.overlaps)
  }

  precondition {
    condition     = length(local.too_small) == 0
    error_message = "${join("\n", local.too_small)}\nAddresses cannot be changed later without making the cluster anew."
  }

  precondition {
    condition     = length(local.no_quota) == 0
    error_message = "compute_quotas names ${join(", ", local.no_quota)}, and this fleet counts against ${join(", ", keys(var.sizing.compute_quotas))}."
  }

  precondition {
    condition     = length(local.exceeded) == 0
    error_message = "compute_quotas is too little: ${join(" ", local.exceeded)} Have it raised first: an autoscaler that hits it leaves workspaces pending."
  }

  precondition {
    condition     = length(local.not_sold) == 0
    error_message = join("\n", local.not_sold)
  }

  precondition {
    condition     = length(local.pool_limits) == 0 || var.own_pool_limit && var.sizing.addresses.node_prefix_length != null
    error_message = join("\n", local.pool_limits)
  }
}

output "machine_types" {
  description = "Machine types to ask the cloud for: those of the pools, and what may take their places."
  value       = distinct(concat([for pool in values(var.pools) : pool.machine_type], flatten(values(local.alternatives))))
}
