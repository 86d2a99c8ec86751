locals {
  # Keys that are known at every plan. What they lead to may be unknown, and
  # the plan still stands.
  pools = {
    coderd      = var.sizing.coderd
    provisioner = var.sizing.provisioner
    workspace   = var.sizing.workspace
  }

  # The provisioner pool is left out by a variable of its own: a key that
  # depended on the sizing would be unknown whenever the sizing is.
  static_roles = toset(concat(["coderd"], var.colocate_provisioners ? [] : ["provisioner"]))

  # What a pod needs to run on the nodes of a role, and nowhere else.
  scheduling = {
    for role in ["coderd", "provisioner", "workspace"] : role => {
      nodeSelector = { "coder.com/role" = role }
      tolerations = [{
        key      = "coder.com/role"
        operator = "Equal"
        value    = role
        effect   = "NoSchedule"
      }]
    }
  }

  # Empty in a region without zones.
  zone_names = slice(var.availability_zones, 0, min(var.zones, length(var.availability_zones)))

  # Workspace pools by number, so that keys are known in every region.
  workspace_pools = { for i in range(var.zones) : "workspace${i + 1}" => slice(local.zone_names, min(i, length(local.zone_names)), min(i + 1, length(local.zone_names))) }

  # Another vm_size or max_pods moves the nodes to a pool of this name and back.
  temporary_names = {
    coderd      = "coderdtmp"
    provisioner = "provtmp"
  }
}

# coderd and provisioners: a scale-down would drop connections, or builds.
resource "azurerm_kubernetes_cluster_node_pool" "static" {
  for_each = local.static_roles

  name                  = each.key
  kubernetes_cluster_id = azurerm_kubernetes_cluster.this.id
  mode                  = "User"
  vm_size               = local.pools[each.key].machine_type
  node_count            = local.pools[each.key].node_count + (each.key == "coderd" ? var.coderd_surge_nodes : 0)
  zones                 = local.zone_names
  vnet_subnet_id        = azurerm_subnet.nodes.id

  # The limit that the sizing counted with. An overlay network's default is 250,
  # and AKS keeps memory for each pod: coderd would stay pending.
  max_pods = local.pools[each.key].max_pods_per_node

  host_encryption_enabled     = var.host_encryption
  orchestrator_version        = var.kubernetes_version # nodes follow the cluster
  temporary_name_for_rotation = local.temporary_names[each.key]
  tags                        = var.tags

  node_labels = local.scheduling[each.key].nodeSelector
  node_taints = ["coder.com/role=${each.key}:NoSchedule"]

  upgrade_settings {
    max_surge = "10%"
  }

  timeouts {
    update = "12h" # to another vm_size: two pools are made and two go
  }
}

# Workspaces: one pool in each zone. A home is a disk and stays in its zone; in a
# pool over several the autoscaler cannot say where a node comes up.
resource "azurerm_kubernetes_cluster_node_pool" "workspace" {
  for_each = local.workspace_pools

  name                  = each.key
  kubernetes_cluster_id = azurerm_kubernetes_cluster.this.id
  mode                  = "User"
  vm_size               = local.pools["workspace"].machine_type
  zones                 = each.value
  vnet_subnet_id        = azurerm_subnet.nodes.id
  max_pods              = local.pools["workspace"].max_pods_per_node

  # node_count is the autoscaler's and begins at min_count, which is never 0 and
  # never grows: the pool's least is at most one node a zone.
  auto_scaling_enabled = true
  min_count            = ceil(local.pools["workspace"].min_node_count / var.zones)
  max_count            = ceil(local.pools["workspace"].max_node_count / var.zones)

  host_encryption_enabled     = var.host_encryption
  orchestrator_version        = var.kubernetes_version # nodes follow the cluster
  temporary_name_for_rotation = "wstmp${substr(each.key, -1, 1)}"
  tags                        = var.tags

  node_labels = local.scheduling["workspace"].nodeSelector
  node_taints = ["coder.com/role=workspace:NoSchedule"]

  upgrade_settings {
    max_surge = "10%"
  }

  timeouts {
    update = "12h" # to another vm_size: two pools are made and two go
  }
}
