data "google_client_config" "this" {}

data "google_project" "this" {}

data "google_compute_zones" "this" {}

data "google_container_engine_versions" "this" {}

data "aws_availability_zones" "this" {}

data "aws_ec2_instance_type_offerings" "this" {
  location_type = "availability-zone"

  filter {
    name   = "instance-type"
    values = ["t3.large"]
  }
}

data "aws_partition" "this" {}

data "aws_region" "this" {}

data "aws_servicequotas_service_quota" "this" {
  service_code = "ec2"
  quota_code   = "L-1216C47A"
}

data "azurerm_client_config" "this" {}

data "azurerm_kubernetes_cluster" "this" {
  name                = "coder"
  resource_group_name = "coder"
}

output "zones" {
  value = setintersection(data.aws_availability_zones.this.names, data.aws_ec2_instance_type_offerings.this.locations)

  precondition {
    condition     = length(data.google_compute_zones.this.names) == 3
    error_message = "A region has three zones."
  }

  precondition {
    condition     = data.aws_servicequotas_service_quota.this.value > 1000
    error_message = "The quota is too small."
  }
}

output "project" { value = data.google_project.this.project_id }

output "host" {
  value     = data.azurerm_kubernetes_cluster.this.kube_config[0].host
  sensitive = true
}
