# Plans the module without a cloud and without credentials: only refarch is real.
# terraform init, then terraform test.

mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c"] }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
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
    condition     = aws_eks_node_group.workspace["0"].scaling_config[0].min_size == 1 && aws_eks_node_group.workspace["0"].scaling_config[0].max_size == 72
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
    # As Helm merges: maps by key, a list of a later document takes the place of an earlier one's.
    condition = alltrue([
      contains(yamldecode(helm_release.coder.values[0]).coder.env[*].name, "CODER_PROVISIONER_DAEMONS"),
      !can(yamldecode(helm_release.coder.values[1]).coder.env),
      yamldecode(helm_release.coder.values[1]).coder.envUseClusterAccessURL == false,
      yamldecode(helm_release.coder.values[0]).coder.replicaCount == 3,
      yamldecode(helm_release.provisioner[0].values[0]).coder.replicaCount == 60,
    ])
    error_message = "The values of the sizing reach Helm, and none of ours drops CODER_PROVISIONER_DAEMONS."
  }

  assert {
    condition     = yamldecode(helm_release.coder.values[1]).provisionerDaemon.pskSecretName == yamldecode(helm_release.provisioner[0].values[1]).provisionerDaemon.pskSecretName
    error_message = "coderd and provisioners know the same key."
  }
}

run "colocated" {
  command = plan

  variables {
    users                 = 50
    colocate_provisioners = true
  }

  assert {
    condition     = toset(keys(aws_eks_node_group.static)) == toset(["coderd"]) && length(helm_release.provisioner) == 0
    error_message = "No group and no release of provisioners."
  }
}

run "three_zones" {
  command = plan

  variables {
    users = 2500
    zones = 3
  }

  assert {
    condition     = length(aws_eks_node_group.workspace) == 3 && alltrue([for group in aws_eks_node_group.workspace : group.scaling_config[0].min_size == 1 && length(group.subnet_ids) == 1])
    error_message = "One group of workspaces in each zone, of one node at least."
  }

  assert {
    condition     = sum([for group in aws_eks_node_group.workspace : group.scaling_config[0].max_size]) >= data.refarch_sizing.this.workspace.max_node_count
    error_message = "Together they reach the pool's largest."
  }

  assert {
    condition     = aws_db_instance.this.multi_az && length(aws_nat_gateway.this) == 3
    error_message = "From 2,000 users on the database has a standby, and every zone its way out."
  }
}

run "provisioner_key" {
  command = plan

  variables {
    provisioner_key_secret_name = "coder-provisioner-key"
  }

  assert {
    condition = alltrue([
      length(kubernetes_secret_v1.provisioner_psk) == 0,
      yamldecode(helm_release.coder.values[1]).provisionerDaemon.pskSecretName == "",
      yamldecode(helm_release.provisioner[0].values[1]).provisionerDaemon.pskSecretName == "",
      yamldecode(helm_release.provisioner[0].values[1]).provisionerDaemon.keySecretName == "coder-provisioner-key",
    ])
    error_message = "A provisioner key takes the place of the pre-shared one."
  }
}

run "arm64" {
  command = plan

  variables {
    machine_types = { workspace = "m8g.2xlarge" }
  }

  assert {
    condition     = aws_eks_node_group.workspace["0"].ami_type == "AL2023_ARM_64_STANDARD" && aws_eks_node_group.static["coderd"].ami_type == "AL2023_x86_64_STANDARD"
    error_message = "The image follows the architecture, group by group."
  }
}

run "burstable_in_production" {
  command = plan

  variables {
    edition = "2024-03"
  }

  expect_failures = [data.refarch_sizing.this]
}

run "burstable_elsewhere" {
  command = plan

  variables {
    edition    = "2024-03"
    production = false
  }

  assert {
    condition     = aws_eks_node_group.static["coderd"].instance_types == tolist(["t3.large"])
    error_message = "The machine types of the 2024-03 edition."
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

run "too_many_users" {
  command = plan

  variables {
    users = 20000
  }

  expect_failures = [var.users]
}

run "no_such_edition" {
  command = plan

  variables {
    edition = "2023-01"
  }

  expect_failures = [var.edition]
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

run "too_little_quota" {
  command = plan

  variables {
    vcpu_quota = 500
  }

  expect_failures = [data.refarch_sizing.this]
}
