locals {
  # What the keys lead to may be unknown, and the plan still stands.
  pools = merge({ workspace = var.sizing.workspace }, var.sizing.workspace_pools)

  kinds     = merge({}, var.sizing.workspace_kinds) # what was asked: known even then
  gpu_pools = toset([for name in var.workspace_pools : name if try(local.kinds[name].requests.gpus > 0, false)])

  # What a pod needs to run on the nodes of a role, and nowhere else.
  scheduling = {
    for role in setunion(["coderd", "provisioner"], var.workspace_pools) : role => {
      nodeSelector = { "coder.com/role" = role }
      tolerations  = [{ key = "coder.com/role", operator = "Equal", value = role, effect = "NoSchedule" }]
    }
  }

  # Empty in a region without zones.
  zone_names = slice(var.availability_zones, 0, min(var.zones, length(var.availability_zones)))

  # Workspace pools by number, so that keys are known in every region. Azure's names
  # have 12 characters.
  workspace_pools = merge([
    for name in var.workspace_pools : {
      for i in range(var.zones) : "${substr(name, 0, 11)}${i + 1}" => { pool = name, zones = slice(local.zone_names, min(i, length(local.zone_names)), min(i + 1, length(local.zone_names))) }
    }
  ]...)

  system_node_count = max(2, var.zones)
}

# Static: a scale-down would drop connections. The provisioners' pool, which comes
# and goes, is a resource apart: Coder waits for this one, and never stands in the
# way of that.
resource "azurerm_kubernetes_cluster_node_pool" "coderd" {
  name                  = "coderd"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.this.id
  mode                  = "User"
  vm_size               = var.sizing.coderd.machine_type
  node_count            = var.sizing.coderd.node_count + var.coderd_surge_nodes
  zones                 = local.zone_names
  vnet_subnet_id        = azurerm_subnet.nodes.id

  # The limit that the sizing counted with. An overlay network's default is 250,
  # and AKS keeps memory for each pod: in the tiers 2k and 3k of the older editions
  # coderd would stay pending.
  max_pods = var.sizing.coderd.max_pods_per_node

  host_encryption_enabled     = var.host_encryption
  orchestrator_version        = var.kubernetes_version # nodes follow the cluster
  temporary_name_for_rotation = "coderdtmp"            # where another vm_size or max_pods moves the nodes to, and back
  tags                        = var.tags

  node_labels = local.scheduling["coderd"].nodeSelector
  node_taints = ["coder.com/role=coderd:NoSchedule"]

  upgrade_settings {
    max_surge                = "1"
    drain_timeout_in_minutes = var.drain_timeout_minutes
  }

  timeouts {
    update = "12h" # to another vm_size: two pools are made and two go
  }
}

# Static: a scale-down would end builds.
resource "azurerm_kubernetes_cluster_node_pool" "provisioner" {
  # By a variable of its own: a count that depended on the sizing would be unknown
  # whenever the sizing is.
  count = var.colocate_provisioners ? 0 : 1

  name                  = "provisioner"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.this.id
  mode                  = "User"
  vm_size               = var.sizing.provisioner.machine_type
  node_count            = var.sizing.provisioner.node_count
  zones                 = local.zone_names
  vnet_subnet_id        = azurerm_subnet.nodes.id

  max_pods = var.sizing.provisioner.max_pods_per_node

  host_encryption_enabled     = var.host_encryption
  orchestrator_version        = var.kubernetes_version
  temporary_name_for_rotation = "provtmp"
  tags                        = var.tags

  node_labels = local.scheduling["provisioner"].nodeSelector
  node_taints = ["coder.com/role=provisioner:NoSchedule"]

  upgrade_settings {
    max_surge                = "10"
    drain_timeout_in_minutes = var.drain_timeout_minutes
  }

  timeouts {
    update = "12h"
  }
}

# Workspaces and their kinds: one pool in each zone. A home is a disk and stays in
# its zone; in a pool over several the autoscaler cannot say where a node comes up.
# On machines with GPUs Azure installs the driver.
resource "azurerm_kubernetes_cluster_node_pool" "workspace" {
  for_each = local.workspace_pools

  name                  = each.key
  kubernetes_cluster_id = azurerm_kubernetes_cluster.this.id
  mode                  = "User"
  vm_size               = local.pools[each.value.pool].machine_type
  zones                 = each.value.zones
  vnet_subnet_id        = azurerm_subnet.nodes.id
  max_pods              = local.pools[each.value.pool].max_pods_per_node

  # node_count is the autoscaler's and begins at min_count: the pool's least is at
  # most one node a zone.
  auto_scaling_enabled = true
  min_count            = local.pools[each.value.pool].min_node_count_per_zone
  max_count            = local.pools[each.value.pool].max_node_count_per_zone

  host_encryption_enabled     = var.host_encryption
  orchestrator_version        = var.kubernetes_version # nodes follow the cluster
  temporary_name_for_rotation = "t${substr(sha1(each.key), 0, 11)}"
  tags                        = var.tags

  node_labels = merge(
    local.scheduling[each.value.pool].nodeSelector,
    contains(local.gpu_pools, each.value.pool) ? { "nvidia.com/gpu.present" = "true" } : {},
  )
  node_taints = ["coder.com/role=${each.value.pool}:NoSchedule"]

  upgrade_settings {
    max_surge                = "10"
    drain_timeout_in_minutes = var.drain_timeout_minutes
  }

  timeouts {
    update = "12h" # to another vm_size: two pools are made and two go
  }
}
