terraform {
  required_version = ">= 1.8.0"

  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

# How many pods of 500m and 2,048 MiB a node takes, and what keeps it from more.
output "n4" {
  value = provider::refarch::node_packing("gcp", "n4-standard-8", 500, 2048)
}

# AKS keeps memory for each pod that a node may run: 250 of them, an overlay
# cluster's default, cost workspaces.
output "aks" {
  value = {
    for max_pods in [30, 110, 250] :
    tostring(max_pods) => provider::refarch::node_packing("azure", "Standard_D8s_v5", 500, 2048, max_pods).pods
  }
}
