# Plans the module without a cloud and without credentials: only refarch is real.
# terraform init, then terraform test.

mock_provider "azurerm" {}
mock_provider "helm" {}
mock_provider "kubernetes" {}
mock_provider "random" {}

variables {
  users            = 1000
  access_url       = "https://coder.example.com"
  api_access_cidrs = ["203.0.113.7/32"]
}

run "a_thousand_users" {
  command = plan

  assert {
    condition     = output.totals.node_count == 55 && output.totals.vcpu == 428
    error_message = "The fleet of 1,000 users: 55 nodes, 428 vCPU."
  }

  assert {
    condition     = output.workspace_templates["workspace"].node_selector["coder.com/role"] == "workspace" && output.workspace_templates["workspace"].requests.memory == "2048Mi"
    error_message = "What templates need: the nodes of workspaces, and the request that was sized for."
  }

  assert {
    condition     = output.namespace == "coder" && output.workspace_templates["workspace"].storage_class == "coder-home"
    error_message = "Where Coder runs, and what makes its disks."
  }
}

run "extrapolated" {
  command = plan

  variables {
    edition      = "2025-04"
    users        = 4000
    beyond_range = "extrapolate"
  }

  expect_failures = [check.in_validated_range]
}
