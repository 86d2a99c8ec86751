module "eks" {
  source = "../modules/eks"

  sizing                              = data.refarch_sizing.this
  colocate_provisioners               = var.colocate_provisioners
  workspace_pools                     = local.workspace_pools
  region                              = var.region
  zones                               = var.zones
  zone_names                          = var.zone_names
  name                                = var.name
  vpc_cidr                            = var.vpc_cidr
  service_cidr                        = var.service_cidr
  api_access_cidrs                    = var.api_access_cidrs
  kubernetes_version                  = var.kubernetes_version
  cluster_autoscaler_chart_version    = var.cluster_autoscaler_chart_version
  cluster_autoscaler_chart_repository = var.cluster_autoscaler_chart_repository
  cluster_autoscaler_helm_values      = var.cluster_autoscaler_helm_values
  system_machine_type                 = var.system_machine_type
  compute_quotas                      = var.compute_quotas
  max_nodes_per_group                 = var.max_nodes_per_group
  max_pods_per_node                   = var.max_pods_per_node
  coderd_surge_nodes                  = module.coder.coderd_surge_nodes
  postgres_version                    = var.postgres_version
  deletion_protection                 = var.deletion_protection
}

module "coder" {
  source = "../modules/coder"

  sizing       = data.refarch_sizing.this
  platform     = module.eks.platform
  node_pools   = module.eks.node_pools
  database_url = module.eks.database_url

  colocate_provisioners       = var.colocate_provisioners
  coder_version               = var.coder_version
  chart_repository            = var.chart_repository
  image_repository            = var.image_repository
  helm_values                 = var.helm_values
  access_url                  = var.access_url
  coder_env                   = var.coder_env
  coder_env_secret_name       = var.coder_env_secret_name
  tls_secret_name             = var.tls_secret_name
  internal_load_balancer      = var.internal_load_balancer
  provisioner_key_secret_name = var.provisioner_key_secret_name
  coderd_surge_nodes          = var.coderd_surge_nodes
}
