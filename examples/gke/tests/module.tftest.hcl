# Plans the module without a cloud and without credentials: only refarch is real.
# terraform init, then terraform test.

mock_provider "google" {
  mock_data "google_compute_zones" {
    defaults = { names = ["us-central1-a", "us-central1-b", "us-central1-c"] }
  }

  # What every zone sells. OpenTofu wants every attribute of it.
  mock_data "google_compute_machine_types" {
    defaults = {
      machine_types = [
        for name in ["e2-standard-4", "g2-standard-4", "n1-standard-4", "n4-standard-4", "n4-standard-8", "t2d-standard-8"] : {
          name         = name, description = "", self_link = "", guest_cpus = 4, memory_mb = 16384, is_shared_cpus = false,
          accelerators = [], deprecated = [], maximum_persistent_disks = 128, maximum_persistent_disks_size_gb = 263168
        }
      ]
    }
  }

  # The provider reads it. OpenTofu makes values up when it plans already.
  mock_resource "google_compute_network" {
    defaults = { id = "projects/example/global/networks/coder" }
  }
}

mock_provider "helm" {}
mock_provider "kubernetes" {}
mock_provider "random" {}

variables {
  project          = "example"
  users            = 1000
  access_url       = "https://coder.example.com"
  api_access_cidrs = ["203.0.113.7/32"]
}

run "a_thousand_users" {
  command = plan

  assert {
    condition     = output.totals.node_count == 59 && output.totals.vcpu == 460
    error_message = "The fleet of 1,000 users: 59 nodes, 460 vCPU."
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

run "three_thousand_users" {
  command = plan

  variables {
    users = 3000
  }

  assert {
    condition     = output.totals.node_count == 169
    error_message = "The fleet of 3,000 users: 169 nodes."
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
        machine_type = "g2-standard-4"
        requests     = { cpu = 3, memory_gib = 12, gpus = 1 }
      }
    }
  }

  assert {
    condition = alltrue([
      output.workspace_templates["gpu"].node_selector["coder.com/role"] == "gpu",
      output.workspace_templates["gpu"].requests["nvidia.com/gpu"] == "1",
      output.workspace_templates["gpu"].storage_class == "coder-home-gpu",
    ])
    error_message = "Its templates ask for a GPU and go to its own nodes."
  }
}

run "surroundings_that_just_do" {
  command = plan

  # What refarch_sizing answers: the smallest blocks, and what the fleet takes at its
  # largest.
  variables {
    node_cidr      = "10.0.0.0/25"
    pod_cidr       = "10.64.0.0/17"
    compute_quotas = { CPUS_ALL_REGIONS = 700, "CPUS_PER_VM_FAMILY/N4" = 700 }
  }

  assert {
    condition     = output.totals.node_count == 59
    error_message = "Nothing is refused."
  }
}
