resource "kubernetes_namespace_v1" "coder" {
  metadata {
    name = "coder"
  }

  lifecycle {
    prevent_destroy = true # the homes go with it; see the README to tear down
  }
}

# Disks for homes: Premium SSDs. AKS's own default class stands beside it, and
# the newer of two defaults is taken.
resource "kubernetes_storage_class_v1" "home" {
  metadata {
    name = "coder-home"
    annotations = {
      "storageclass.kubernetes.io/is-default-class" = "true"
    }
  }

  storage_provisioner    = "disk.csi.azure.com"
  volume_binding_mode    = "WaitForFirstConsumer" # a disk in the zone of its workspace
  allow_volume_expansion = true
  reclaim_policy         = "Delete"

  parameters = {
    skuName = "Premium_LRS"
  }
}

locals {
  load_balancer_annotations = var.internal_load_balancer ? tomap({
    "service.beta.kubernetes.io/azure-load-balancer-internal" = "true"
  }) : tomap({})
}

# Everything coderd reads from its environment comes through coder.envFrom.
# Helm replaces lists: a second coder.env would drop the one of the sizing, and
# CODER_PROVISIONER_DAEMONS with it.
locals {
  coder_config = merge(
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
    CODER_PG_CONNECTION_URL = local.database_url
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

  depends_on = [data.refarch_sizing.this]
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
  psk_secret_name = local.provisioner_psk ? "coder-provisioner-psk" : ""

  # Pods read their environment once: another value has to restart them.
  # Checksums of secrets stand apart, so that the rest is readable in a plan.
  secret_checksums = yamlencode({
    coder = {
      podAnnotations = {
        "checksum/secrets" = nonsensitive(sha256(join(" ", concat([local.database_url], random_password.provisioner_psk[*].result))))
      }
    }
  })
}

resource "helm_release" "coder" {
  name       = "coder"
  namespace  = kubernetes_namespace_v1.coder.metadata[0].name
  repository = "https://helm.coder.com/v2"
  chart      = "coder"
  version    = var.coder_version
  timeout    = 900

  values = [
    # Replicas, resources, strategy and CODER_PROVISIONER_DAEMONS.
    data.refarch_sizing.this.helm_values.coder,
    yamlencode({
      coder = {
        nodeSelector           = local.scheduling["coderd"].nodeSelector
        tolerations            = local.scheduling["coderd"].tolerations
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
          annotations = local.load_balancer_annotations
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
  ]

  depends_on = [
    azurerm_kubernetes_cluster_node_pool.static,
    azurerm_postgresql_flexible_server_configuration.tls,
    azurerm_postgresql_flexible_server_database.coder,
    kubernetes_config_map_v1.coder,
    kubernetes_secret_v1.database,
    kubernetes_secret_v1.provisioner_psk,
  ]
}

resource "helm_release" "provisioner" {
  count = var.colocate_provisioners ? 0 : 1

  name       = "coder-provisioner"
  namespace  = kubernetes_namespace_v1.coder.metadata[0].name
  repository = "https://helm.coder.com/v2"
  chart      = "coder-provisioner"
  version    = var.coder_version

  # External provisioners are a licensed feature and the licence is added to a
  # running Coder: until then they restart, which must not fail the apply.
  wait = false

  values = concat(
    [
      data.refarch_sizing.this.helm_values.provisioner,
      yamlencode({
        coder = {
          nodeSelector = local.scheduling["provisioner"].nodeSelector
          tolerations  = local.scheduling["provisioner"].tolerations
        }
        provisionerDaemon = {
          pskSecretName = local.psk_secret_name
          keySecretName = var.provisioner_key_secret_name == null ? "" : var.provisioner_key_secret_name
        }
      }),
    ],
    local.provisioner_psk ? [local.secret_checksums] : [],
  )

  depends_on = [helm_release.coder]
}
