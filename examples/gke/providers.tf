provider "google" {
  project = var.project
  region  = var.region
}

# A token that is read at plan lasts an hour, and node pools or a review of the
# plan take longer: the plugin makes one when it is needed. Where there is no
# plugin (hosted runs, say), the token has to do.
data "google_client_config" "current" {
  count = var.cluster_login == "token" ? 1 : 0
}

locals {
  login = {
    token = one(data.google_client_config.current[*].access_token)
    exec = var.cluster_login == "token" ? null : {
      api_version = "client.authentication.k8s.io/v1beta1"
      command     = "gke-gcloud-auth-plugin"
      args        = ["--use_application_default_credentials"]
    }
  }
}

# Both talk to the cluster that this configuration makes: they are unknown at
# the first plan and known when their first resource is applied.
provider "kubernetes" {
  host                   = module.gke.kubernetes.host
  cluster_ca_certificate = module.gke.kubernetes.cluster_ca_certificate
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
  kubernetes = merge(module.gke.kubernetes, local.login)
}
