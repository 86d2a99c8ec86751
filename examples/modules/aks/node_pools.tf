locals {
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

  system_node_count = max(2, var.zones)

  # What vcpu_quota is held against.
  most_workspace_nodes = var.zones * ceil(var.sizing.workspace.max_node_count / var.zones)
  most_vcpu = (
    (var.sizing.coderd.node_count + var.coderd_surge_nodes) * var.sizing.coderd.vcpu +
    var.sizing.provisioner.node_count * var.sizing.provisioner.vcpu +
    local.most_workspace_nodes * var.sizing.workspace.vcpu +
    local.system_node_count * (var.system_machine_vcpu == null ? 4 : var.system_machine_vcpu)
  )
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
    max_surge                = "10%"
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
    max_surge                = "10%"
    drain_timeout_in_minutes = var.drain_timeout_minutes
  }

  timeouts {
    update = "12h"
  }
}

# Workspaces: one pool in each zone. A home is a disk and stays in its zone; in a
# pool over several the autoscaler cannot say where a node comes up.
resource "azurerm_kubernetes_cluster_node_pool" "workspace" {
  for_each = local.workspace_pools

  name                  = each.key
  kubernetes_cluster_id = azurerm_kubernetes_cluster.this.id
  mode                  = "User"
  vm_size               = var.sizing.workspace.machine_type
  zones                 = each.value
  vnet_subnet_id        = azurerm_subnet.nodes.id
  max_pods              = var.sizing.workspace.max_pods_per_node

  # node_count is the autoscaler's and begins at min_count, which is never 0 and
  # never grows: the pool's least is at most one node a zone.
  auto_scaling_enabled = true
  min_count            = ceil(var.sizing.workspace.min_node_count / var.zones)
  max_count            = ceil(var.sizing.workspace.max_node_count / var.zones)

  host_encryption_enabled     = var.host_encryption
  orchestrator_version        = var.kubernetes_version # nodes follow the cluster
  temporary_name_for_rotation = "wstmp${substr(each.key, -1, 1)}"
  tags                        = var.tags

  node_labels = local.scheduling["workspace"].nodeSelector
  node_taints = ["coder.com/role=workspace:NoSchedule"]

  upgrade_settings {
    max_surge                = "10%"
    drain_timeout_in_minutes = var.drain_timeout_minutes
  }

  timeouts {
    update = "12h" # to another vm_size: two pools are made and two go
  }
}
