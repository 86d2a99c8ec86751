provider "aws" {
  region = var.region

  default_tags {
    tags = var.tags
  }
}

# A token that is read by a data source is made at plan and lasts 15 minutes; a
# Multi-AZ database alone takes longer. The AWS CLI makes one when it is needed.
# Where there is no CLI (hosted runs, say), the token has to do.
data "aws_eks_cluster_auth" "current" {
  count = var.cluster_login == "token" ? 1 : 0

  name = module.eks.cluster_name
}

locals {
  login = {
    token = one(data.aws_eks_cluster_auth.current[*].token)
    exec = var.cluster_login == "token" ? null : {
      api_version = "client.authentication.k8s.io/v1"
      command     = "aws"
      args        = ["eks", "get-token", "--cluster-name", module.eks.cluster_name, "--region", var.region]
    }
  }
}

# Both talk to the cluster that this configuration makes: they are unknown at
# the first plan and known when their first resource is applied.
provider "kubernetes" {
  host                   = module.eks.kubernetes.host
  cluster_ca_certificate = module.eks.kubernetes.cluster_ca_certificate
  token                  = local.login.token

  dynamic "exec" {
    for_each = local.login.exec == null ? [] : [local.login.exec]
    content {
      api_version = exec.value.api_version
      command     = exec.value.command
      args        = exec.value.args
    }
  }
}

provider "helm" {
  kubernetes = merge(module.eks.kubernetes, local.login)
}
