locals {
  # Since 2.38 the charts take the sizing's coder.strategy: one pod goes before the
  # next one comes. Earlier ones start another first, and it needs a node.
  chart                = try(regex("^(\\d+)\\.(\\d+)", var.coder_version), [0, 0])
  chart_knows_strategy = local.chart[0] * 1000 + local.chart[1] >= 2038
}

# Everything coderd reads from its environment comes through coder.envFrom.
# Helm replaces lists: a second coder.env would drop the one of the sizing, and
# CODER_PROVISIONER_DAEMONS with it.
locals {
  # TLS leaves port 80 open: what comes there, provisioners too, is sent to the
  # access URL, and coder_env can say otherwise.
  ends_tls = var.tls_secret_name != null && try(startswith(var.access_url, "https://"), false)

  coder_config = merge(
    local.ends_tls ? { CODER_REDIRECT_TO_ACCESS_URL = "true" } : {},
    var.coder_env,
    var.access_url == null ? {} : { CODER_ACCESS_URL = var.access_url },
  )
}

resource "kubernetes_config_map_v1" "coder" {
  metadata {
    name      = "coder-config"
    namespace = kubernetes_namespace_v1.coder.metadata[0].name
  }

  data = local.coder_config
}

resource "kubernetes_secret_v1" "database" {
  metadata {
    name      = "coder-database"
    namespace = kubernetes_namespace_v1.coder.metadata[0].name
  }

  data = {
    CODER_PG_CONNECTION_URL = var.database_url
  }
}

# Provisioners show coderd a key that both know from the first apply on. A
# provisioner key is better and needs a running Coder: see
# provisioner_key_secret_name.
locals {
  provisioner_psk = !var.colocate_provisioners && var.provisioner_key_secret_name == null
}

resource "random_password" "provisioner_psk" {
  count = local.provisioner_psk ? 1 : 0

  length  = 64
  special = false
}

resource "kubernetes_secret_v1" "provisioner_psk" {
  count = local.provisioner_psk ? 1 : 0

  metadata {
    name      = "coder-provisioner-psk"
    namespace = kubernetes_namespace_v1.coder.metadata[0].name
  }

  data = {
    psk = random_password.provisioner_psk[0].result
  }
}

locals {
  image_values = var.image_repository == null ? [] : [yamlencode({ coder = { image = { repo = var.image_repository } } })]

  psk_secret_name = local.provisioner_psk ? "coder-provisioner-psk" : ""

  # Pods read their environment once: another value has to restart them.
  # Checksums of secrets stand apart, so that the rest is readable in a plan.
  secret_checksums = yamlencode({
    coder = {
      podAnnotations = {
        "checksum/secrets" = nonsensitive(sha256(join(" ", concat([var.database_url], random_password.provisioner_psk[*].result))))
      }
    }
  })
}

resource "helm_release" "coder" {
  name       = "coder"
  namespace  = kubernetes_namespace_v1.coder.metadata[0].name
  repository = var.chart_repository
  chart      = "coder"
  version    = var.coder_version
  timeout    = 900

  values = concat([
    # Replicas, resources, strategy and CODER_PROVISIONER_DAEMONS.
    var.sizing.helm_values.coder,
    yamlencode({
      coder = {
        nodeSelector           = var.platform.scheduling["coderd"].nodeSelector
        tolerations            = var.platform.scheduling["coderd"].tolerations
        envUseClusterAccessURL = var.access_url == null
        envFrom = concat([
          { configMapRef = { name = "coder-config" } },
          { secretRef = { name = "coder-database" } },
          ], var.coder_env_secret_name == null ? [] : [
          { secretRef = { name = var.coder_env_secret_name } },
        ])
        podAnnotations = {
          "checksum/config" = sha256(jsonencode(local.coder_config))
        }
        tls = {
          secretNames = compact([var.tls_secret_name])
        }
        service = {
          annotations = var.internal_load_balancer ? var.platform.load_balancer_annotations.internal : var.platform.load_balancer_annotations.public
          # Connections come in on coderd's nodes, not through those of workspaces,
          # which the autoscaler takes away.
          externalTrafficPolicy = "Local"
        }
      }
      provisionerDaemon = {
        pskSecretName = local.psk_secret_name
      }
    }),
    local.secret_checksums,
  ], local.image_values, var.helm_values.coder)

  depends_on = [
    var.node_pools,
    kubernetes_config_map_v1.coder,
    kubernetes_secret_v1.database,
    kubernetes_secret_v1.provisioner_psk,
  ]
}
