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

  depends_on = [data.refarch_sizing.this]
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
  for_each = local.roles

  name_prefix            = "${var.name}-${each.key}-"
  update_default_version = true

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = 100
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
  user_data = base64encode(join("\n", [
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
  ami_type       = local.ami_types[local.pools[each.key].architecture]

  launch_template {
    id      = aws_launch_template.role[each.key].id
    version = aws_launch_template.role[each.key].latest_version
  }

  scaling_config {
    min_size     = local.pools[each.key].node_count + (each.key == "coderd" ? var.coderd_surge_nodes : 0)
    desired_size = local.pools[each.key].node_count + (each.key == "coderd" ? var.coderd_surge_nodes : 0)
    max_size     = local.pools[each.key].node_count + (each.key == "coderd" ? var.coderd_surge_nodes : 0)
  }

  # coderd's nodes one by one, provisioners by thirds.
  update_config {
    max_unavailable            = each.key == "coderd" ? 1 : null
    max_unavailable_percentage = each.key == "coderd" ? null : 33
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

# Workspaces: one group in each zone. A home is an EBS volume and stays in its
# zone; in a group over several the autoscaler cannot say where a node comes up.
resource "aws_eks_node_group" "workspace" {
  for_each = local.node_zones

  cluster_name           = aws_eks_cluster.this.name
  node_group_name_prefix = "${var.name}-workspace-${each.key}-"
  node_role_arn          = aws_iam_role.nodes.arn
  subnet_ids             = [aws_subnet.private[each.key].id]
  version                = aws_eks_cluster.this.version

  instance_types = [local.pools["workspace"].machine_type]
  ami_type       = local.ami_types[local.pools["workspace"].architecture]

  launch_template {
    id      = aws_launch_template.role["workspace"].id
    version = aws_launch_template.role["workspace"].latest_version
  }

  # desired_size is where the group begins and then the autoscaler's. EKS refuses
  # a min_size above it, and here there is none: the pool's least is at most one
  # node a zone, so a group's is 1, whatever the users. Never 0.
  scaling_config {
    min_size     = ceil(local.pools["workspace"].min_node_count / var.zones)
    desired_size = ceil(local.pools["workspace"].min_node_count / var.zones)
    max_size     = ceil(local.pools["workspace"].max_node_count / var.zones)
  }

  update_config {
    max_unavailable_percentage = 10
  }

  timeouts {
    update = "12h"
  }

  labels = local.scheduling["workspace"].nodeSelector

  taint {
    key    = "coder.com/role"
    value  = "workspace"
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
resource "aws_launch_template" "system" {
  name_prefix            = "${var.name}-system-"
  update_default_version = true

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = 50
      encrypted             = "true"
      delete_on_termination = "true"
    }
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "${var.name}-system" }
  }

  depends_on = [data.refarch_sizing.this]
}

resource "aws_eks_node_group" "system" {
  cluster_name           = aws_eks_cluster.this.name
  node_group_name_prefix = "${var.name}-system-"
  node_role_arn          = aws_iam_role.nodes.arn
  subnet_ids             = [for zone in local.node_zones : aws_subnet.private[zone].id]
  version                = aws_eks_cluster.this.version

  instance_types = [var.system_machine_type]
  ami_type       = "AL2023_x86_64_STANDARD"

  launch_template {
    id      = aws_launch_template.system.id
    version = aws_launch_template.system.latest_version
  }

  scaling_config {
    min_size     = local.system.node_count
    desired_size = local.system.node_count
    max_size     = local.system.node_count
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
