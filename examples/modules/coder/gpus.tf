# Nodes with GPUs on which the cloud installs the driver and nothing else: the
# plugin tells Kubernetes of the GPUs.
resource "helm_release" "device_plugin" {
  count = var.platform.device_plugin && anytrue([for gpus in values(local.gpus) : length(gpus) > 0]) ? 1 : 0

  name       = "nvidia-device-plugin"
  namespace  = "kube-system"
  repository = var.device_plugin_chart_repository
  chart      = "nvidia-device-plugin"
  version    = var.device_plugin_chart_version

  # It runs where nodes are labelled nvidia.com/gpu.present, whatever their taints.
  values = [yamlencode({ tolerations = [{ operator = "Exists" }] })]
}
