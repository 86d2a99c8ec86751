terraform {
  required_version = ">= 1.8.0"

  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

# Types on which as many pods of 500m and 2,048 MiB fit, by memory, then name.
output "for_a_node_group" {
  value = provider::refarch::machine_type_alternatives("aws", "m5.2xlarge", 500, 2048)
}

# What a region without n2 may have instead. Whether it does, ask the cloud.
output "instead_of_n2" {
  value = provider::refarch::machine_type_alternatives("gcp", "n2-standard-8", 500, 2048)
}
