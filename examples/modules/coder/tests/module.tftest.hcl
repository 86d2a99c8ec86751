# Plans the module without a cluster, for a sizing as written here.
# terraform init, then terraform test.

mock_provider "helm" {}
mock_provider "kubernetes" {}
mock_provider "random" {}

variables {
  sizing = {
    coderd          = { node_count = 3 }
    workspace       = { pod_request = { cpu_millicores = 500, memory_mib = 2048 }, pod_limits = { cpu_millicores = null, memory_mib = 4096 } }
    workspace_pools = {}
    workspace_kinds = null
    helm_values = {
      coder       = "coder:\n  env:\n    - name: CODER_PROVISIONER_DAEMONS\n      value: \"0\"\n"
      provisioner = "coder:\n  replicaCount: 60\n"
    }
  }

  platform = {
    scheduling = {
      coderd      = { nodeSelector = { "coder.com/role" = "coderd" }, tolerations = [] }
      provisioner = { nodeSelector = { "coder.com/role" = "provisioner" }, tolerations = [] }
      workspace   = { nodeSelector = { "coder.com/role" = "workspace" }, tolerations = [] }
    }
    storage_class             = { provisioner = "example.com", parameters = { type = "fast" } }
    device_plugin             = true
    load_balancer_annotations = { internal = { "example.com/internal" = "true" }, public = {} }
  }

  node_pools    = {}
  database_url  = "postgres://coder@example.com/coder"
  coder_version = "2.35.1"
  access_url    = "https://coder.example.com"
}

run "as_sized" {
  command = plan

  assert {
    # As Helm merges: maps by key, a list of a later document takes the place of an earlier one's.
    condition = alltrue([
      contains(yamldecode(helm_release.coder.values[0]).coder.env[*].name, "CODER_PROVISIONER_DAEMONS"),
      !can(yamldecode(helm_release.coder.values[1]).coder.env),
      yamldecode(helm_release.coder.values[1]).coder.envUseClusterAccessURL == false,
      yamldecode(helm_release.coder.values[1]).coder.nodeSelector["coder.com/role"] == "coderd",
      yamldecode(helm_release.provisioner[0].values[0]).coder.replicaCount == 60,
      yamldecode(helm_release.provisioner[0].values[1]).coder.nodeSelector["coder.com/role"] == "provisioner",
    ])
    error_message = "The values of the sizing reach Helm, none of ours drops CODER_PROVISIONER_DAEMONS, and pods go to the nodes of their role."
  }

  assert {
    condition     = yamldecode(helm_release.coder.values[1]).provisionerDaemon.pskSecretName == yamldecode(helm_release.provisioner[0].values[1]).provisionerDaemon.pskSecretName
    error_message = "coderd and provisioners know the same key."
  }

  assert {
    condition     = kubernetes_storage_class_v1.home.storage_provisioner == "example.com" && kubernetes_storage_class_v1.home.parameters["type"] == "fast"
    error_message = "The cloud says what makes the disks for homes."
  }

  assert {
    condition     = yamldecode(helm_release.coder.values[1]).coder.service.annotations == { "example.com/internal" = "true" }
    error_message = "The load balancer takes an address of the network."
  }
}

run "colocated" {
  command = plan

  variables {
    colocate_provisioners = true

    sizing = {
      coderd          = { node_count = 1 }
      workspace       = { pod_request = { cpu_millicores = 500, memory_mib = 2048 }, pod_limits = { cpu_millicores = null, memory_mib = 4096 } }
      workspace_pools = {}
      workspace_kinds = null
      helm_values     = { coder = "coder: {}\n", provisioner = null }
    }
  }

  assert {
    condition     = length(helm_release.provisioner) == 0 && length(kubernetes_secret_v1.provisioner_psk) == 0
    error_message = "No release of provisioners, and no key for them."
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

run "public" {
  command = plan

  variables {
    internal_load_balancer = false
    tls_secret_name        = "coder-tls"
  }

  assert {
    condition     = yamldecode(helm_release.coder.values[1]).coder.service.annotations == {} && yamldecode(helm_release.coder.values[1]).coder.tls.secretNames == ["coder-tls"]
    error_message = "A public load balancer, and TLS."
  }

  assert {
    condition = alltrue([
      kubernetes_config_map_v1.coder.data["CODER_REDIRECT_TO_ACCESS_URL"] == "true",
      yamldecode(helm_release.provisioner[0].values[1]).coder.env == [{ name = "CODER_URL", value = "https://coder.example.com" }],
    ])
    error_message = "Port 80 sends to the access URL, where provisioners come by themselves."
  }
}

run "public_without_tls" {
  command = plan

  variables {
    internal_load_balancer = false
  }

  expect_failures = [var.internal_load_balancer]
}

run "a_variable_of_the_modules_own" {
  command = plan

  variables {
    coder_env = { CODER_ACCESS_URL = "https://other.example.com" }
  }

  expect_failures = [var.coder_env]
}

run "an_older_chart_takes_a_surge_node" {
  command = plan

  assert {
    condition     = output.coderd_surge_nodes == 1
    error_message = "Charts before 2.38 start a pod before one goes."
  }
}

run "a_newer_chart_takes_none" {
  command = plan

  variables {
    coder_version = "2.38.0"
  }

  assert {
    condition     = output.coderd_surge_nodes == 0
    error_message = "Charts from 2.38 on know coder.strategy."
  }
}

run "none_with_a_newer_chart" {
  command = plan

  variables {
    coder_version      = "3.0.0"
    coderd_surge_nodes = 0
  }

  assert {
    condition     = output.coderd_surge_nodes == 0
    error_message = "As asked for."
  }
}

run "none_with_an_older_chart" {
  command = plan

  variables {
    coderd_surge_nodes = 0
  }

  expect_failures = [var.coderd_surge_nodes]
}

run "out_of_a_mirror" {
  command = plan

  variables {
    chart_repository = "https://charts.example.com"
    image_repository = "registry.example.com/coder/coder"
    helm_values      = { coder = ["coder:\n  image:\n    pullPolicy: Always\n"] }
  }

  assert {
    condition     = helm_release.coder.repository == "https://charts.example.com" && helm_release.provisioner[0].repository == "https://charts.example.com"
    error_message = "Both charts come from the mirror."
  }

  assert {
    condition = alltrue([
      yamldecode(helm_release.coder.values[3]).coder.image.repo == "registry.example.com/coder/coder",
      yamldecode(helm_release.coder.values[4]).coder.image.pullPolicy == "Always",
      yamldecode(helm_release.provisioner[0].values[3]).coder.image.repo == "registry.example.com/coder/coder",
    ])
    error_message = "Their image comes from the registry named, and further values come last."
  }
}

run "a_second_environment" {
  command = plan

  variables {
    helm_values = { coder = ["coder:\n  env:\n    - name: CODER_VERBOSE\n"] }
  }

  expect_failures = [var.helm_values]
}

run "what_templates_need" {
  command = plan

  variables {
    sizing = {
      coderd          = { node_count = 3 }
      workspace       = { pod_request = { cpu_millicores = 500, memory_mib = 2048 }, pod_limits = { cpu_millicores = null, memory_mib = 4096 } }
      workspace_pools = { gpu = { pod_request = { cpu_millicores = 3000, memory_mib = 12288 }, pod_limits = { cpu_millicores = null, memory_mib = null } } }
      workspace_kinds = { gpu = { requests = { gpus = 1 } } }
      helm_values     = { coder = "", provisioner = "" }
    }

    platform = {
      scheduling = {
        coderd      = { nodeSelector = {}, tolerations = [] }
        provisioner = { nodeSelector = {}, tolerations = [] }
        workspace   = { nodeSelector = { "coder.com/role" = "workspace" }, tolerations = [] }
        gpu         = { nodeSelector = { "coder.com/role" = "gpu" }, tolerations = [] }
      }
      storage_class             = { provisioner = "example.com", parameters = { type = "fast" } }
      kind_storage_classes      = { gpu = { provisioner = "example.com", parameters = { type = "slow" } } }
      device_plugin             = true
      load_balancer_annotations = { internal = {}, public = {} }
    }
  }

  assert {
    condition = output.workspace_templates == {
      workspace = {
        node_selector = tomap({ "coder.com/role" = "workspace" })
        tolerations   = output.workspace_templates["workspace"].tolerations
        storage_class = "coder-home"
        requests      = { cpu = "500m", memory = "2048Mi" }
        limits        = { memory = "4096Mi" }
      }
      gpu = {
        node_selector = tomap({ "coder.com/role" = "gpu" })
        tolerations   = output.workspace_templates["gpu"].tolerations
        storage_class = "coder-home-gpu"
        requests      = { cpu = "3000m", memory = "12288Mi", "nvidia.com/gpu" = "1" }
        limits        = { "nvidia.com/gpu" = "1" }
      }
    }
    error_message = "What the pods of templates need, by their kind."
  }

  assert {
    condition     = length(helm_release.device_plugin) == 1
    error_message = "A kind asks for GPUs: the plugin tells Kubernetes of them."
  }
}
