# Disks for homes. The class is the default, by being newer where a cloud has one.
resource "kubernetes_storage_class_v1" "home" {
  metadata {
    name = "coder-home"
    annotations = {
      "storageclass.kubernetes.io/is-default-class" = "true"
    }
  }

  storage_provisioner    = var.platform.storage_class.provisioner
  volume_binding_mode    = "WaitForFirstConsumer" # a disk in the zone of its workspace
  allow_volume_expansion = true
  reclaim_policy         = "Delete"
  parameters             = var.platform.storage_class.parameters
}

resource "kubernetes_storage_class_v1" "kind" {
  for_each = var.platform.kind_storage_classes

  metadata {
    name = "coder-home-${each.key}"
  }

  storage_provisioner    = each.value.provisioner
  volume_binding_mode    = "WaitForFirstConsumer"
  allow_volume_expansion = true
  reclaim_policy         = "Delete"
  parameters             = each.value.parameters
}

resource "kubernetes_namespace_v1" "coder" {
  metadata {
    name = "coder"
  }

  lifecycle {
    prevent_destroy = true # the homes go with it; see the README to tear down
  }

  # It goes before what answers for its volumes: otherwise it would wait for that.
  depends_on = [kubernetes_storage_class_v1.home, kubernetes_storage_class_v1.kind]
}
