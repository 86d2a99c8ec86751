# Plans the module, for a sizing as written here: only refarch is real.
# terraform init, then terraform test.

variables {
  cloud = "azure"

  sizing = {
    addresses      = { node_count = 110, node_prefix_length = 25, pod_prefix_length = 17 }
    compute_quotas = { "Standard DSv5 Family" = { unit = "vCPU", peak = 660 }, cores = { unit = "vCPU", peak = 660 } }
    warnings       = []
  }

  ranges = {
    network_cidr = { cidr = "10.0.0.0/24", longest_prefix = 24 }
    pod_cidr     = { cidr = "10.64.0.0/17", longest_prefix = 17 }
    service_cidr = { cidr = "10.80.0.0/20" }
  }

  pools = { coderd = { machine_type = "Standard_D4s_v5", pod_request = { cpu_millicores = 2000, memory_mib = 8192 } } }
}

run "what_just_does" {
  command = plan

  # Azure's names are taken with spaces or without.
  variables {
    compute_quotas = { standardDSv5Family = 660, cores = 660 }
    sold           = { 1 = ["Standard_D4s_v5"] }
  }

  assert {
    condition     = output.checked
    error_message = "Nothing is refused."
  }

  assert {
    condition     = output.machine_types[0] == "Standard_D4s_v5" && length(output.machine_types) > 1
    error_message = "The pools' machine types, and those on which the same counts hold."
  }
}

run "a_range_too_small" {
  command = plan

  variables {
    ranges = { pod_cidr = { cidr = "10.64.0.0/18", longest_prefix = 17 } }
  }

  expect_failures = [output.checked]
}

run "ranges_that_overlap" {
  command = plan

  variables {
    ranges = { network_cidr = { cidr = "10.0.0.0/16" }, pod_cidr = { cidr = "10.64.0.0/13" }, service_cidr = { cidr = "10.71.0.0/20" } }
  }

  expect_failures = [output.checked]
}

run "an_address_within_its_block" {
  command = plan

  variables {
    ranges = { pod_cidr = { cidr = "10.64.0.1/13" } }
  }

  expect_failures = [output.checked]
}

run "a_range_of_ipv6" {
  command = plan

  variables {
    ranges = { pod_cidr = { cidr = "fd00::/48" } }
  }

  expect_failures = [output.checked]
}

run "a_quota_too_small" {
  command = plan

  variables {
    compute_quotas = { cores = 659 }
  }

  expect_failures = [output.checked]
}

run "a_quota_of_other_machines" {
  command = plan

  variables {
    compute_quotas = { standardFSv2Family = 1000 }
  }

  expect_failures = [output.checked]
}

run "a_machine_type_that_a_zone_lacks" {
  command = plan

  variables {
    sold = { 1 = ["Standard_D4s_v5"], 2 = ["Standard_D4as_v5"] }
  }

  expect_failures = [output.checked]
}

run "more_nodes_than_a_pool_takes" {
  command = plan

  variables {
    sizing = {
      addresses      = { node_count = 1200, node_prefix_length = 21, pod_prefix_length = 13 }
      compute_quotas = {}
      warnings       = [{ code = "pool_node_limit", message = "A node pool takes at most 1,000 nodes." }]
    }

    ranges = {}
  }

  expect_failures = [output.checked]
}

run "more_nodes_than_a_pool_takes_by_default" {
  command = plan

  variables {
    own_pool_limit = true

    sizing = {
      addresses      = { node_count = 1200, node_prefix_length = 21, pod_prefix_length = 13 }
      compute_quotas = {}
      warnings       = [{ code = "pool_node_limit", message = "A node pool takes at most 1,000 nodes." }]
    }

    ranges = {}
  }

  assert {
    condition     = output.checked
    error_message = "Whoever counts the nodes of a pool himself is not stopped."
  }
}
