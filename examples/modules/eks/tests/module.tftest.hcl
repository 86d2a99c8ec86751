# Plans the module without a cloud and without credentials, for a sizing as written here.
# terraform init, then terraform test.

mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c"] }
  }

  # What the zones sell: a machine type and its zone stand at the same place.
  mock_data "aws_ec2_instance_type_offerings" {
    defaults = {
      instance_types = ["g6.xlarge", "g6.xlarge", "g6.xlarge", "m6i.large", "m6i.large", "m6i.large", "m8g.2xlarge", "m8g.2xlarge", "m8g.2xlarge", "m8i.xlarge", "m8i.xlarge", "m8i.xlarge", "m8i.2xlarge", "m8i.2xlarge", "m8i.2xlarge"]
      locations      = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1a", "us-east-1b", "us-east-1c", "us-east-1a", "us-east-1b", "us-east-1c", "us-east-1a", "us-east-1b", "us-east-1c", "us-east-1a", "us-east-1b", "us-east-1c"]
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
mock_provider "random" {}

variables {
  region             = "us-east-1"
  name               = "coder"
  api_access_cidrs   = ["203.0.113.7/32"]
  coderd_surge_nodes = 0

  sizing = {
    coderd          = { machine_type = "m8i.xlarge", architecture = "amd64", node_count = 3, min_node_count = 3, max_node_count = 3, min_node_count_per_zone = 3, max_node_count_per_zone = 3, max_pods_per_node = 58 }
    provisioner     = { machine_type = "m8i.2xlarge", architecture = "amd64", node_count = 9, min_node_count = 9, max_node_count = 9, min_node_count_per_zone = 9, max_node_count_per_zone = 9, max_pods_per_node = 58 }
    workspace       = { machine_type = "m8g.2xlarge", architecture = "arm64", node_count = 44, min_node_count = 3, max_node_count = 72, min_node_count_per_zone = 3, max_node_count_per_zone = 72, max_pods_per_node = 110 }
    database        = { sku = "db.m8g.2xlarge", high_availability = false, storage_gb = 512, max_storage_gb = 1024 }
    workspace_pools = {}
    workspace_kinds = null
    addresses       = { node_count = 100, node_prefix_length = 18, pod_prefix_length = null }
    compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
    warnings        = []
  }
}

run "as_sized" {
  command = plan

  assert {
    condition = alltrue([
      aws_eks_node_group.static["coderd"].scaling_config[0].desired_size == 3,
      aws_eks_node_group.static["coderd"].scaling_config[0].min_size == 3,
      aws_eks_node_group.static["coderd"].scaling_config[0].max_size == 3,
      aws_eks_node_group.static["coderd"].instance_types == tolist(["m8i.xlarge"]),
      aws_eks_node_group.static["coderd"].ami_type == "AL2023_x86_64_STANDARD",
    ])
    error_message = "coderd: 3 nodes of m8i.xlarge, no more and no fewer."
  }

  assert {
    condition     = aws_eks_node_group.static["provisioner"].scaling_config[0].desired_size == 9
    error_message = "Provisioners: 9 nodes."
  }

  assert {
    condition     = aws_eks_node_group.workspace["workspace-0"].scaling_config[0].min_size == 1 && aws_eks_node_group.workspace["workspace-0"].scaling_config[0].max_size == 72
    error_message = "Workspaces: from 1 node to 72."
  }

  assert {
    condition = alltrue([
      for role, group in aws_eks_node_group.static :
      group.labels["coder.com/role"] == role && one(group.taint).value == role && one(group.taint).effect == "NO_SCHEDULE"
    ])
    error_message = "Every sized group is labelled and tainted with its role."
  }

  assert {
    condition     = strcontains(base64decode(aws_launch_template.role["workspace"].user_data), "\"maxPods\": 110")
    error_message = "The kubelet's pod limit is the sizing's."
  }

  assert {
    condition = alltrue([
      aws_db_instance.this.instance_class == "db.m8g.2xlarge",
      aws_db_instance.this.storage_type == "gp3",
      aws_db_instance.this.allocated_storage == 512,
      aws_db_instance.this.max_allocated_storage == 1024,
      aws_db_instance.this.storage_encrypted,
      aws_db_instance.this.deletion_protection,
      !aws_db_instance.this.publicly_accessible,
      !aws_db_instance.this.multi_az,
    ])
    error_message = "RDS: db.m8g.2xlarge, 512 GiB of gp3 growing to 1,024, private, encrypted and protected."
  }

  assert {
    condition     = aws_eks_node_group.workspace["workspace-0"].ami_type == "AL2023_ARM_64_STANDARD" && aws_eks_node_group.static["coderd"].ami_type == "AL2023_x86_64_STANDARD"
    error_message = "The image follows the architecture, group by group."
  }
}

run "surroundings_that_just_do" {
  command = plan

  variables {
    vpc_cidr       = "10.0.0.0/16"
    compute_quotas = { vcpu = 700 }
  }

  assert {
    condition     = aws_vpc.this.cidr_block == "10.0.0.0/16"
    error_message = "The smallest blocks that hold the nodes, and the quota that they take, are not refused."
  }
}

run "colocated" {
  command = plan

  variables {
    colocate_provisioners = true
  }

  assert {
    condition     = toset(keys(aws_eks_node_group.static)) == toset(["coderd"])
    error_message = "No group of provisioners."
  }
}

run "three_zones_and_a_standby" {
  command = plan

  variables {
    zones = 3

    sizing = {
      coderd          = { machine_type = "m8i.xlarge", architecture = "amd64", node_count = 3, min_node_count = 3, max_node_count = 3, min_node_count_per_zone = 1, max_node_count_per_zone = 1, max_pods_per_node = 58 }
      provisioner     = { machine_type = "m8i.2xlarge", architecture = "amd64", node_count = 9, min_node_count = 9, max_node_count = 9, min_node_count_per_zone = 3, max_node_count_per_zone = 3, max_pods_per_node = 58 }
      workspace       = { machine_type = "m8g.2xlarge", architecture = "arm64", node_count = 44, min_node_count = 3, max_node_count = 72, min_node_count_per_zone = 1, max_node_count_per_zone = 24, max_pods_per_node = 110 }
      database        = { sku = "db.m8g.2xlarge", high_availability = true, storage_gb = 512, max_storage_gb = 1024 }
      workspace_pools = {}
      workspace_kinds = null
      addresses       = { node_count = 100, node_prefix_length = 18, pod_prefix_length = null }
      compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
      warnings        = []
    }
  }

  assert {
    condition     = length(aws_eks_node_group.workspace) == 3 && alltrue([for group in aws_eks_node_group.workspace : group.scaling_config[0].min_size == 1 && length(group.subnet_ids) == 1])
    error_message = "One group of workspaces in each zone, of one node at least."
  }

  assert {
    condition     = sum([for group in aws_eks_node_group.workspace : group.scaling_config[0].max_size]) == 72
    error_message = "Together they reach the pool's largest."
  }

  assert {
    condition     = aws_db_instance.this.multi_az && length(aws_nat_gateway.this) == 3
    error_message = "The database has a standby, and every zone its way out."
  }
}

run "too_few_zones" {
  command = plan

  variables {
    zones = 4
  }

  expect_failures = [var.zones]
}

run "zones_of_your_choice" {
  command = plan

  variables {
    zone_names = ["us-east-1c", "us-east-1b"]
  }

  assert {
    condition     = aws_subnet.private["0"].availability_zone == "us-east-1c" && aws_subnet.private["1"].availability_zone == "us-east-1b"
    error_message = "The subnets lie in the zones named."
  }
}

run "one_zone_to_choose" {
  command = plan

  variables {
    zone_names = ["us-east-1a"]
  }

  expect_failures = [var.zones]
}

run "a_version_without_quotes" {
  command = plan

  variables {
    kubernetes_version = 1.30
  }

  expect_failures = [var.kubernetes_version]
}

run "a_kind_with_gpus" {
  command = plan

  variables {
    workspace_pools = ["gpu", "workspace"]

    sizing = {
      coderd          = { machine_type = "m8i.xlarge", architecture = "amd64", node_count = 3, min_node_count = 3, max_node_count = 3, min_node_count_per_zone = 3, max_node_count_per_zone = 3, max_pods_per_node = 58 }
      provisioner     = { machine_type = "m8i.2xlarge", architecture = "amd64", node_count = 9, min_node_count = 9, max_node_count = 9, min_node_count_per_zone = 9, max_node_count_per_zone = 9, max_pods_per_node = 58 }
      workspace       = { machine_type = "m8g.2xlarge", architecture = "arm64", node_count = 43, min_node_count = 3, max_node_count = 70, min_node_count_per_zone = 3, max_node_count_per_zone = 70, max_pods_per_node = 110 }
      database        = { sku = "db.m8g.2xlarge", high_availability = false, storage_gb = 512, max_storage_gb = 1024 }
      workspace_pools = { gpu = { machine_type = "g6.xlarge", architecture = "amd64", node_count = 12, min_node_count = 1, max_node_count = 20, min_node_count_per_zone = 1, max_node_count_per_zone = 20, max_pods_per_node = 58, gpus = 1 } }
      workspace_kinds = { gpu = { workspaces = 20, requests = { cpu = 3, memory_gib = 12, gpus = 1 } } }
      addresses       = { node_count = 100, node_prefix_length = 18, pod_prefix_length = null }
      compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
      warnings        = []
    }
  }

  assert {
    condition = alltrue([
      aws_eks_node_group.workspace["gpu-0"].scaling_config[0].max_size == 20,
      aws_eks_node_group.workspace["gpu-0"].instance_types == tolist(["g6.xlarge"]),
      aws_eks_node_group.workspace["gpu-0"].ami_type == "AL2023_x86_64_NVIDIA",
      aws_eks_node_group.workspace["gpu-0"].labels["nvidia.com/gpu.present"] == "true",
      one(aws_eks_node_group.workspace["gpu-0"].taint).value == "gpu",
      aws_eks_node_group.workspace["workspace-0"].ami_type == "AL2023_ARM_64_STANDARD",
    ])
    error_message = "A pool of its own, with what GPUs need, and nothing of it in the other one."
  }
}

run "a_kind_without_its_pool" {
  command = plan

  variables {
    sizing = {
      coderd          = { machine_type = "m8i.xlarge", architecture = "amd64", node_count = 3, min_node_count = 3, max_node_count = 3, min_node_count_per_zone = 3, max_node_count_per_zone = 3, max_pods_per_node = 58 }
      provisioner     = { machine_type = "m8i.2xlarge", architecture = "amd64", node_count = 9, min_node_count = 9, max_node_count = 9, min_node_count_per_zone = 9, max_node_count_per_zone = 9, max_pods_per_node = 58 }
      workspace       = { machine_type = "m8g.2xlarge", architecture = "arm64", node_count = 43, min_node_count = 3, max_node_count = 70, min_node_count_per_zone = 3, max_node_count_per_zone = 70, max_pods_per_node = 110 }
      database        = { sku = "db.m8g.2xlarge", high_availability = false, storage_gb = 512, max_storage_gb = 1024 }
      workspace_pools = { gpu = { machine_type = "g6.xlarge", architecture = "amd64", node_count = 12, min_node_count = 1, max_node_count = 20, min_node_count_per_zone = 1, max_node_count_per_zone = 20, max_pods_per_node = 58, gpus = 1 } }
      workspace_kinds = { gpu = { workspaces = 20, requests = { cpu = 3, memory_gib = 12, gpus = 1 } } }
      addresses       = { node_count = 100, node_prefix_length = 18, pod_prefix_length = null }
      compute_quotas  = { vcpu = { unit = "vCPU", peak = 700 } }
      warnings        = []
    }
  }

  expect_failures = [var.workspace_pools]
}
