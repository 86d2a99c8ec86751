# As many resources of Terraform itself, which starts no process for them.

resource "terraform_data" "this" {
  count = var.sizings

  input = {
    users = count.index % 3000 + 1
    cloud = element(local.clouds, count.index + floor(count.index / 3000))
    zones = floor(count.index / 9000) + 1
  }
}

output "sizings" {
  value = length(terraform_data.this)
}
