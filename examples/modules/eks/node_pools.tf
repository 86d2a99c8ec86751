locals {
  # What the keys lead to may be unknown, and the plan still stands.
  pools = merge({
    coderd      = var.sizing.coderd
    provisioner = var.sizing.provisioner
    workspace   = var.sizing.workspace
  }, var.sizing.workspace_pools)

  kinds     = merge({}, var.sizing.workspace_kinds) # what was asked: known even then
  gpu_pools = toset([for name in var.workspace_pools : name if try(local.kinds[name].requests.gpus > 0, false)])

  # The provisioner pool is left out by a variable of its own: a key that
  # depended on the sizing would be unknown whenever the sizing is.
  static_roles = toset(concat(["coderd"], var.colocate_provisioners ? [] : ["provisioner"]))

  # One group in each zone: see aws_eks_node_group.workspace.
  workspace_groups = { for pair in setproduct(var.workspace_pools, local.node_zones) : "${pair[0]}-${pair[1]}" => { pool = pair[0], zone = pair[1] } }

  # What a pod needs to run on the nodes of a role, and nowhere else.
  scheduling = {
    for role in setunion(["coderd", "provisioner"], var.workspace_pools) : role => {
      nodeSelector = { "coder.com/role" = role }
      tolerations  = [{ key = "coder.com/role", operator = "Equal", value = role, effect = "NoSchedule" }]
    }
  }

  # An image of the wrong architecture passes every plan and fails at apply. Those
  # for GPUs have the driver.
  ami_types = {
    amd64 = { plain = "AL2023_x86_64_STANDARD", gpu = "AL2023_x86_64_NVIDIA" }
    arm64 = { plain = "AL2023_ARM_64_STANDARD", gpu = "AL2023_ARM_64_NVIDIA" }
  }

  static_node_counts = {
    for role in local.static_roles : role => local.pools[role].node_count + (role == "coderd" ? var.coderd_surge_nodes : 0)
  }
  system_node_count = max(2, var.zones)

  # What max_nodes_per_group is held against.
  most_nodes_in_a_group = max(concat(
    values(local.static_node_counts),
    [for name in var.workspace_pools : local.pools[name].max_node_count_per_zone],
  )...)
}

resource "aws_iam_role" "nodes" {
  name_prefix = "${var.name}-nodes-"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "nodes" {
  for_each = toset([
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonEKS_CNI_Policy",
    "AmazonEKSWorkerNodePolicy",
  ])

  role       = aws_iam_role.nodes.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/${each.key}"
}

resource "aws_launch_template" "role" {
  for_each = setunion(local.static_roles, var.workspace_pools, ["system"])

  name_prefix            = "${var.name}-${each.key}-"
  update_default_version = true

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = each.key == "system" ? 50 : 100
      encrypted             = "true"
      delete_on_termination = "true"
    }
  }

  # One hop: pods, so workspaces, do not reach the node's credentials.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  # The kubelet's pod limit is the one that the sizing counted with. EKS adds
  # the rest of the node's configuration.
  user_data = each.key == "system" ? null : base64encode(join("\n", [
    "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=\"//\"",
    "",
    "--//",
    "Content-Type: application/node.eks.aws",
    "",
    yamlencode({
      apiVersion = "node.eks.aws/v1alpha1"
      kind       = "NodeConfig"
      spec = {
        kubelet = {
          config = {
            maxPods = local.pools[each.key].max_pods_per_node
          }
        }
      }
    }),
    "--//--",
    "",
  ]))

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "${var.name}-${each.key}" }
  }
}

# coderd and provisioners: a scale-down would drop connections, or builds.
resource "aws_eks_node_group" "static" {
  for_each = local.static_roles

  cluster_name           = aws_eks_cluster.this.name
  node_group_name_prefix = "${var.name}-${each.key}-"
  node_role_arn          = aws_iam_role.nodes.arn
  subnet_ids             = [for zone in local.node_zones : aws_subnet.private[zone].id]
  version                = aws_eks_cluster.this.version # nodes follow the cluster

  instance_types = [local.pools[each.key].machine_type]
  ami_type       = local.ami_types[local.pools[each.key].architecture].plain

  launch_template {
    id      = aws_launch_template.role[each.key].id
    version = aws_launch_template.role[each.key].latest_version
  }

  scaling_config {
    min_size     = local.static_node_counts[each.key]
    desired_size = local.static_node_counts[each.key]
    max_size     = local.static_node_counts[each.key]
  }

  # coderd's nodes one by one. An upgrade adds as many, and two for each zone at least.
  update_config {
    max_unavailable = each.key == "coderd" ? 1 : 10
  }

  timeouts {
    update = "12h"
  }

  labels = local.scheduling[each.key].nodeSelector

  taint {
    key    = "coder.com/role"
    value  = each.key
    effect = "NO_SCHEDULE"
  }

  lifecycle {
    # Another machine type is another group: the new one before the old one goes.
    create_before_destroy = true
  }

  depends_on = [
    aws_eks_addon.before_nodes,
    aws_iam_role_policy_attachment.nodes,
    aws_route.private,
    aws_route_table_association.private,
  ]
}

# Workspaces and their kinds: one group in each zone. A home is an EBS volume and
# stays in its zone; in a group over several the autoscaler cannot say where a node
# comes up.
resource "aws_eks_node_group" "workspace" {
  for_each = local.workspace_groups

  cluster_name           = aws_eks_cluster.this.name
  node_group_name_prefix = "${substr("${var.name}-${each.key}", 0, 36)}-" # EKS takes 37 characters
  node_role_arn          = aws_iam_role.nodes.arn
  subnet_ids             = [aws_subnet.private[each.value.zone].id]
  version                = aws_eks_cluster.this.version

  instance_types = [local.pools[each.value.pool].machine_type]
  ami_type       = local.ami_types[local.pools[each.value.pool].architecture][contains(local.gpu_pools, each.value.pool) ? "gpu" : "plain"]

  launch_template {
    id      = aws_launch_template.role[each.value.pool].id
    version = aws_launch_template.role[each.value.pool].latest_version
  }

  # desired_size is where the group begins and then the autoscaler's. EKS refuses
  # a min_size above it, and a pool's least is at most one node a zone: so it is 1,
  # whatever the users. Never 0.
  scaling_config {
    min_size     = 1
    desired_size = 1
    max_size     = local.pools[each.value.pool].max_node_count_per_zone
  }

  update_config {
    max_unavailable = 10
  }

  timeouts {
    update = "12h"
  }

  labels = merge(
    local.scheduling[each.value.pool].nodeSelector,
    contains(local.gpu_pools, each.value.pool) ? { "nvidia.com/gpu.present" = "true" } : {},
  )

  taint {
    key    = "coder.com/role"
    value  = each.value.pool
    effect = "NO_SCHEDULE"
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [scaling_config[0].desired_size]
  }

  depends_on = [
    aws_eks_addon.before_nodes,
    aws_iam_role_policy_attachment.nodes,
    aws_route.private,
    aws_route_table_association.private,
  ]
}

# Every sized pool is tainted, so what belongs to no role (cluster DNS, the
# autoscaler) needs a place of its own.
resource "aws_eks_node_group" "system" {
  cluster_name           = aws_eks_cluster.this.name
  node_group_name_prefix = "${var.name}-system-"
  node_role_arn          = aws_iam_role.nodes.arn
  subnet_ids             = [for zone in local.node_zones : aws_subnet.private[zone].id]
  version                = aws_eks_cluster.this.version

  instance_types = [var.system_machine_type]
  ami_type       = "AL2023_x86_64_STANDARD"

  launch_template {
    id      = aws_launch_template.role["system"].id
    version = aws_launch_template.role["system"].latest_version
  }

  scaling_config {
    min_size     = local.system_node_count
    desired_size = local.system_node_count
    max_size     = local.system_node_count
  }

  update_config {
    max_unavailable = 1
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [
    aws_eks_addon.before_nodes,
    aws_iam_role_policy_attachment.nodes,
    aws_route.private,
    aws_route_table_association.private,
  ]
}
