terraform {
  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

# users is another resource's output: unknown at the first plan. The reading
# waits for apply, and every number is unknown until then.
resource "terraform_data" "directory" {
  input = 750
}

data "refarch_sizing" "this" {
  users   = terraform_data.directory.output
  cloud   = "azure"
  edition = "2026-01"
}

locals {
  pools = {
    coderd      = data.refarch_sizing.this.coderd
    provisioner = data.refarch_sizing.this.provisioner
    workspace   = data.refarch_sizing.this.workspace
  }
}

# Plans: the keys are known. count = data.refarch_sizing.this.workspace.node_count
# would not, nor would depends_on in the data source do anything but cause this.
resource "terraform_data" "pool" {
  for_each = local.pools

  input = {
    machine_type = each.value.machine_type
    node_count   = each.value.node_count
  }
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
