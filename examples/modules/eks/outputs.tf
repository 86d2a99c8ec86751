output "cluster_name" {
  description = "Name of the EKS cluster."
  value       = aws_eks_cluster.this.name
}

output "database_instance" {
  description = "Identifier of the RDS instance."
  value       = aws_db_instance.this.identifier
}

output "kubernetes" {
  description = "Where the Kubernetes and Helm providers reach the cluster."
  value = {
    host                   = aws_eks_cluster.this.endpoint
    cluster_ca_certificate = base64decode(aws_eks_cluster.this.certificate_authority[0].data)
  }
}

# What modules/coder takes, under the names of its variables.

locals {
  load_balancer_annotations = {
    "service.beta.kubernetes.io/aws-load-balancer-type" = "nlb"
    # A node that is a target cannot reach itself through the balancer: no
    # workspace's node is one.
    "service.beta.kubernetes.io/aws-load-balancer-target-node-labels" = "coder.com/role=coderd"
  }
}

output "platform" {
  description = "What Coder has to know of the cluster."
  value = {
    scheduling = local.scheduling

    # A new EKS cluster has no default class.
    storage_class = {
      provisioner = "ebs.csi.aws.com"
      parameters  = { type = "gp3", encrypted = "true" }
    }

    device_plugin = true

    load_balancer_annotations = {
      internal = merge(local.load_balancer_annotations, { "service.beta.kubernetes.io/aws-load-balancer-internal" = "true" })
      public   = local.load_balancer_annotations
    }
  }

  depends_on = [aws_eks_addon.ebs_csi] # what makes disks
}

output "node_pools" {
  description = "Names of the static node groups. Whoever uses it waits for them, and goes before they do."
  value       = { for role, group in aws_eks_node_group.static : role => group.node_group_name }
  depends_on  = [aws_eks_addon.coredns]
}

output "database_url" {
  description = "Connection URL of the database, with its password."
  value       = local.database_url
  sensitive   = true
  depends_on  = [aws_vpc_security_group_ingress_rule.database] # the way to it
}
