# Plans the module without a cloud and without credentials: only refarch is real.
# terraform init, then terraform test.

mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c"] }
  }

  # What the zones sell: a machine type and its zone stand at the same place.
  mock_data "aws_ec2_instance_type_offerings" {
    defaults = {
      instance_types = ["c5.2xlarge", "g6.xlarge", "m5.xlarge", "m5.2xlarge", "m6i.large", "m8i.xlarge", "m8i.2xlarge"]
      locations      = ["us-east-1a", "us-east-1a", "us-east-1a", "us-east-1a", "us-east-1a", "us-east-1a", "us-east-1a"]
    }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_resource "aws_eks_cluster" {
    defaults = { certificate_authority = [{ data = "Y29kZXI=" }] }
  }
}

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

run "burstable_in_production" {
  command = plan

  variables {
    edition = "2024-03"
  }

  expect_failures = [data.refarch_sizing.this]
}

run "three_thousand_users" {
  command = plan

  variables {
    users = 3000
  }

  assert {
    condition     = output.totals.node_count == 159
    error_message = "The fleet of 3,000 users: 159 nodes."
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

run "a_kind_with_gpus" {
  command = plan

  variables {
    workspace_kinds = {
      gpu = {
        workspaces   = 20
        machine_type = "g6.xlarge"
        requests     = { cpu = 3, memory_gib = 12, gpus = 1 }
      }
    }
  }

  assert {
    condition = alltrue([
      output.workspace_templates["gpu"].node_selector["coder.com/role"] == "gpu",
      output.workspace_templates["gpu"].requests["nvidia.com/gpu"] == "1",
      output.workspace_templates["gpu"].storage_class == "coder-home",
    ])
    error_message = "Its templates ask for a GPU and go to its own nodes."
  }
}

run "surroundings_that_just_do" {
  command = plan

  # What refarch_sizing answers: the smallest blocks, and what the fleet takes at its
  # largest.
  variables {
    vpc_cidr       = "10.0.0.0/16"
    compute_quotas = { L-1216C47A = 660 }
  }

  assert {
    condition     = output.totals.node_count == 55
    error_message = "Nothing is refused."
  }
}
