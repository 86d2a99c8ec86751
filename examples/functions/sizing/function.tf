terraform {
  required_version = ">= 1.8.0"

  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

# Users and cloud, and the edition if you pin one, as you should.
output "summary" {
  value = provider::refarch::sizing(1000, "aws", "2026-01").summary
}

# Fleets side by side, without a data source for each.
output "workspace_nodes" {
  value = {
    for users in [100, 500, 1000, 2000, 5000, 10000] :
    tostring(users) => provider::refarch::sizing(users, "gcp", "2026-01").workspace.node_count
  }
}
