terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0, >= 6.9"
    }
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

variable "users" {
  type    = number
  default = 1000
}

variable "colocate_provisioners" {
  type    = bool
  default = false
}

variable "node_role_arn" {
  type    = string
  default = "arn:aws:iam::123456789012:role/coder-nodes"
}

variable "subnet_ids" {
  type    = list(string)
  default = ["subnet-0123456789abcdef0"]
}

provider "aws" {
  region = "us-east-1"
}

data "refarch_sizing" "this" {
  users                 = var.users
  cloud                 = "aws"
  edition               = "2026-01"
  packing               = "schedulable"
  colocate_provisioners = var.colocate_provisioners
}

locals {
  pools = {
    coderd      = data.refarch_sizing.this.coderd
    provisioner = data.refarch_sizing.this.provisioner
    workspace   = data.refarch_sizing.this.workspace
  }

  # A pool is left out by your own variable, never by an output of the sizing.
  static_roles = toset(var.colocate_provisioners ? ["coderd"] : ["coderd", "provisioner"])

  ami_types = {
    amd64 = "AL2023_x86_64_STANDARD"
    arm64 = "AL2023_ARM_64_STANDARD"
  }
}

resource "aws_eks_node_group" "static" {
  for_each = local.static_roles

  cluster_name           = "coder"
  node_group_name_prefix = "${each.key}-"
  node_role_arn          = var.node_role_arn
  subnet_ids             = var.subnet_ids
  instance_types         = [local.pools[each.key].machine_type] # a list
  ami_type               = local.ami_types[local.pools[each.key].architecture]

  scaling_config {
    min_size     = local.pools[each.key].node_count
    desired_size = local.pools[each.key].node_count
    max_size     = local.pools[each.key].node_count
  }

  labels = { "coder.com/role" = each.key }

  taint {
    key    = "coder.com/role"
    value  = each.key
    effect = "NO_SCHEDULE"
  }

  lifecycle {
    create_before_destroy = true # another machine type is another group
  }
}

resource "aws_eks_node_group" "workspace" {
  cluster_name           = "coder"
  node_group_name_prefix = "workspace-"
  node_role_arn          = var.node_role_arn
  subnet_ids             = var.subnet_ids
  instance_types         = [local.pools["workspace"].machine_type]
  ami_type               = local.ami_types[local.pools["workspace"].architecture]

  # EKS refuses a min_size above the desired_size that ignore_changes holds. Here
  # it is 1 whatever the users, and never 0.
  scaling_config {
    min_size     = local.pools["workspace"].min_node_count
    desired_size = local.pools["workspace"].min_node_count
    max_size     = local.pools["workspace"].max_node_count
  }

  labels = { "coder.com/role" = "workspace" }

  taint {
    key    = "coder.com/role"
    value  = "workspace"
    effect = "NO_SCHEDULE"
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [scaling_config[0].desired_size] # the autoscaler's
  }
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
