provider "aws" {
  region = var.region

  default_tags {
    tags = var.tags
  }
}

# Both talk to the cluster that this configuration makes: they are unknown at
# the first plan and known when their first resource is applied.
#
# A token read by a data source would be made at plan and last 15 minutes; a
# Multi-AZ database alone takes longer. The AWS CLI makes one when it is needed.
locals {
  cluster_token = {
    api_version = "client.authentication.k8s.io/v1"
    command     = "aws"
    args        = ["eks", "get-token", "--cluster-name", module.eks.cluster_name, "--region", var.region]
  }
}

provider "kubernetes" {
  host                   = module.eks.kubernetes.host
  cluster_ca_certificate = module.eks.kubernetes.cluster_ca_certificate

  exec {
    api_version = local.cluster_token.api_version
    command     = local.cluster_token.command
    args        = local.cluster_token.args
  }
}

provider "helm" {
  kubernetes = merge(module.eks.kubernetes, { exec = local.cluster_token })
}
