data "aws_availability_zones" "here" {}

data "aws_iam_policy_document" "nodes" {
  statement {
    actions = ["sts:AssumeRole"]
  }
}

resource "aws_iam_role" "nodes" {
  assume_role_policy = data.aws_iam_policy_document.nodes.json
}

resource "aws_subnet" "zone" {
  for_each = toset(data.aws_availability_zones.here.names)

  vpc_id            = "vpc"
  availability_zone = each.key
}

resource "aws_eks_cluster" "this" {
  name     = "coder"
  role_arn = aws_iam_role.nodes.arn
  vpc_config { subnet_ids = [for subnet in aws_subnet.zone : subnet.id] }
}

resource "aws_eks_node_group" "role" {
  for_each = toset(["coderd", "workspace"])

  cluster_name    = aws_eks_cluster.this.name
  node_group_name = each.key
  node_role_arn   = aws_iam_role.nodes.arn
  subnet_ids      = [for subnet in aws_subnet.zone : subnet.id]
  instance_types  = ["t3.2xlarge"]
  scaling_config {
    desired_size = 2
    min_size     = 1
    max_size     = 4
  }
}

output "statements" { value = jsondecode(data.aws_iam_policy_document.nodes.json).Statement }

output "certificate" { value = base64decode(aws_eks_cluster.this.certificate_authority[0].data) }

output "issuer" { value = replace(aws_eks_cluster.this.identity[0].oidc[0].issuer, "https://", "") }
