provider "google" {
  project = var.project
  region  = var.region
}

# A token that is read at plan lasts an hour, and node pools or a review of the
# plan take longer: the plugin makes one when it is needed.
locals {
  gke_token = {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "gke-gcloud-auth-plugin"
    args        = ["--use_application_default_credentials"]
  }
}

# Both talk to the cluster that this configuration makes: they are unknown at
# the first plan and known when their first resource is applied.
provider "kubernetes" {
  host                   = module.gke.kubernetes.host
  cluster_ca_certificate = module.gke.kubernetes.cluster_ca_certificate

  exec {
    api_version = local.gke_token.api_version
    command     = local.gke_token.command
    args        = local.gke_token.args
  }
}

provider "helm" {
  kubernetes = merge(module.gke.kubernetes, { exec = local.gke_token })
}
