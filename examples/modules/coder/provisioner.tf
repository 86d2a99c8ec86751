resource "helm_release" "provisioner" {
  count = var.colocate_provisioners ? 0 : 1

  name       = "coder-provisioner"
  namespace  = kubernetes_namespace_v1.coder.metadata[0].name
  repository = var.chart_repository
  chart      = "coder-provisioner"
  version    = var.coder_version

  # External provisioners are a licensed feature and the licence is added to a
  # running Coder: until then they restart, which must not fail the apply.
  wait = false

  values = concat(
    [
      var.sizing.helm_values.provisioner,
      yamlencode({
        coder = merge(
          {
            nodeSelector = var.platform.scheduling["provisioner"].nodeSelector
            tolerations  = var.platform.scheduling["provisioner"].tolerations
          },
          # Not by the Service's name: coderd sends that to the access URL.
          local.ends_tls ? { env = [{ name = "CODER_URL", value = var.access_url }] } : {},
        )
        provisionerDaemon = {
          pskSecretName = local.psk_secret_name
          keySecretName = var.provisioner_key_secret_name == null ? "" : var.provisioner_key_secret_name
        }
      }),
    ],
    local.provisioner_psk ? [local.secret_checksums] : [],
    local.image_values,
    var.helm_values.provisioner,
  )

  depends_on = [helm_release.coder]
}
