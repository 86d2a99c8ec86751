resource "random_password" "database" { length = 24 }

resource "random_password" "psk" { length = 48 }

resource "kubernetes_namespace_v1" "coder" {
  metadata { name = "coder" }
}

resource "kubernetes_secret_v1" "psk" {
  metadata {
    name      = "psk"
    namespace = kubernetes_namespace_v1.coder.metadata[0].name
  }
  data_wo          = { psk = random_password.psk.result }
  data_wo_revision = 1
}

resource "helm_release" "coder" {
  for_each = { coder = 3, provisioner = 2 }

  name      = each.key
  chart     = each.key
  namespace = kubernetes_namespace_v1.coder.metadata[0].name
  values    = [yamlencode({ replicaCount = each.value })]
  set       = [{ name = "a", value = "b" }]
  set_wo    = [{ name = "c", value = random_password.database.result }]
}

output "revision" { value = helm_release.coder["coder"].metadata.revision }
