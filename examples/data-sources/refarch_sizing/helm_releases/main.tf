terraform {
  required_providers {
    helm = {
      source  = "hashicorp/helm"
      version = "~> 3.0"
    }
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

provider "helm" {}

data "refarch_sizing" "this" {
  users   = 1000
  cloud   = "gcp"
  edition = "2026-01"
}

locals {
  on_nodes_of = {
    for role in ["coderd", "provisioner"] : role => {
      nodeSelector = { "coder.com/role" = role }
      tolerations  = [{ key = "coder.com/role", operator = "Equal", value = role, effect = "NoSchedule" }]
    }
  }
}

resource "helm_release" "coder" {
  name       = "coder"
  namespace  = "coder"
  repository = "https://helm.coder.com/v2"
  chart      = "coder"
  version    = "2.35.1"

  values = [
    # Replicas, resources, strategy, and CODER_PROVISIONER_DAEMONS in coder.env.
    data.refarch_sizing.this.helm_values.coder,

    # Helm replaces lists. A coder.env here would drop the one above: the rest of
    # the environment comes through coder.envFrom.
    yamlencode({
      coder = merge(local.on_nodes_of["coderd"], {
        envUseClusterAccessURL = false # CODER_ACCESS_URL is in coder-config
        envFrom = [
          { configMapRef = { name = "coder-config" } },
          { secretRef = { name = "coder-database" } }, # CODER_PG_CONNECTION_URL
        ]
      })
      provisionerDaemon = { pskSecretName = "coder-provisioner-psk" }
    }),
  ]
}

resource "helm_release" "provisioner" {
  name       = "coder-provisioner"
  namespace  = "coder"
  repository = "https://helm.coder.com/v2"
  chart      = "coder-provisioner"
  version    = "2.35.1"

  values = [
    data.refarch_sizing.this.helm_values.provisioner,
    yamlencode({
      coder             = local.on_nodes_of["provisioner"]
      provisionerDaemon = { pskSecretName = "coder-provisioner-psk" }
    }),
  ]

  depends_on = [helm_release.coder]
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
