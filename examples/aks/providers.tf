provider "azurerm" {
  subscription_id = var.subscription_id # left out: ARM_SUBSCRIPTION_ID

  # Since version 5 none is registered unless it is named.
  resource_providers_to_register = [
    "Microsoft.Compute",
    "Microsoft.ContainerService",
    "Microsoft.DBforPostgreSQL",
    "Microsoft.ManagedIdentity",
    "Microsoft.Network",
  ]

  features {}
}

# Both talk to the cluster that this configuration makes: they are unknown at
# the first plan and known when their first resource is applied.
provider "kubernetes" {
  host                   = module.aks.kubernetes.host
  client_certificate     = module.aks.kubernetes.client_certificate
  client_key             = module.aks.kubernetes.client_key
  cluster_ca_certificate = module.aks.kubernetes.cluster_ca_certificate
}

provider "helm" {
  kubernetes = module.aks.kubernetes
}
