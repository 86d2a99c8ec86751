module "aks" {
  source = "../modules/aks"

  sizing                = data.refarch_sizing.this
  colocate_provisioners = var.colocate_provisioners
  workspace_pools       = local.workspace_pools
  region                = var.region
  resource_group_name   = var.resource_group_name
  availability_zones    = var.availability_zones
  zones                 = var.zones
  name                  = var.name
  tags                  = var.tags
  network_cidr          = var.network_cidr
  pod_cidr              = var.pod_cidr
  service_cidr          = var.service_cidr
  api_access_cidrs      = var.api_access_cidrs
  kubernetes_version    = var.kubernetes_version
  drain_timeout_minutes = var.drain_timeout_minutes
  host_encryption       = var.host_encryption
  system_machine_type   = var.system_machine_type
  compute_quotas        = var.compute_quotas
  coderd_surge_nodes    = module.coder.coderd_surge_nodes
  postgres_version      = var.postgres_version
  production            = var.production
}

module "coder" {
  source = "../modules/coder"

  sizing       = data.refarch_sizing.this
  platform     = module.aks.platform
  node_pools   = module.aks.node_pools
  database_url = module.aks.database_url

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
