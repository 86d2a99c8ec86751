// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"
)

// fuzzKindArguments are those of a sizing with a kind of workspaces, a stated
// machine and figures of its own; the target gets the keys of the maps too.
var fuzzKindArguments = []string{
	"users", "cloud", "edition", "packing", "zones", "concurrent_workspaces",
	"workspace_limits.cpu", "workspace_limits.memory_gib",
	"workspace_kinds.*.workspaces", "workspace_kinds.*.percent",
	"workspace_kinds.*.requests.cpu", "workspace_kinds.*.requests.memory_gib", "workspace_kinds.*.requests.volumes", "workspace_kinds.*.requests.gpus",
	"workspace_kinds.*.limits.cpu", "workspace_kinds.*.limits.memory_gib",
	"workspace_kinds.*.machine_type", "workspace_kinds.*.node_allocatable.cpu_millicores", "workspace_kinds.*.node_allocatable.memory_mib",
	"machine_specs.*.vcpu", "machine_specs.*.memory_gib", "machine_specs.*.architecture", "machine_specs.*.burstable",
	"machine_specs.*.gpus", "machine_specs.*.max_pods", "machine_specs.*.max_volumes",
	"coderd_replicas", "pod_requests.coderd.cpu", "pod_requests.coderd.memory_gib",
	"pod_requests.provisioner.cpu", "pod_requests.provisioner.memory_gib", "other_nodes",
}

// FuzzKinds takes the arguments as one text, a line for each, after the key of
// a kind and the name of a machine type.
func FuzzKinds(f *testing.F) {
	for _, set := range []map[string]string{
		{"users": "1000", "cloud": "gcp"},
		{"users": "1000", "cloud": "gcp", "edition": "2025-04", "zones": "3", "workspace_kinds.*.percent": "20", "workspace_kinds.*.requests.cpu": "2",
			"workspace_kinds.*.requests.memory_gib": "8", "workspace_kinds.*.limits.memory_gib": "16", "workspace_kinds.*.machine_type": "n2-standard-16"},
		{"users": "300", "cloud": "aws", "edition": "2026-01", "workspace_kinds.*.workspaces": "20", "workspace_kinds.*.requests.cpu": "3",
			"workspace_kinds.*.requests.memory_gib": "12", "workspace_kinds.*.requests.gpus": "1", "workspace_kinds.*.machine_type": "g4dn.xlarge", "other_nodes": "3"},
		{"users": "50", "cloud": "azure", "workspace_kinds.*.percent": "33.333333", "workspace_kinds.*.requests.cpu": "0.1",
			"workspace_kinds.*.requests.memory_gib": "0.125", "workspace_kinds.*.requests.volumes": "0", "workspace_kinds.*.machine_type": "next",
			"machine_specs.*.vcpu": "16", "machine_specs.*.memory_gib": "63.9", "machine_specs.*.max_pods": "200", "machine_specs.*.architecture": "arm64"},
		{"users": "?", "cloud": "azure", "workspace_kinds.*.percent": "?", "workspace_kinds.*.requests.cpu": "0", "machine_specs.*.vcpu": "?"},
		{"users": "2500", "cloud": "gcp", "edition": "2026-01", "coderd_replicas": "1", "pod_requests.coderd.cpu": "0.5", "pod_requests.coderd.memory_gib": "2",
			"pod_requests.provisioner.cpu": "0.25", "workspace_limits.cpu": "2"},
	} {
		lines := make([]string, len(fuzzKindArguments))
		for i, argument := range fuzzKindArguments {
			lines[i] = set[argument]
		}
		f.Add("large", "next", strings.Join(lines, "\n"))
	}
	f.Fuzz(func(t *testing.T, kind, machineType, text string) {
		lines := strings.Split(text, "\n")
		lines = lines[:min(len(lines), len(fuzzKindArguments))]
		paths := fuzzPaths(fuzzKindArguments, map[string]string{"workspace_kinds": kind, "machine_specs": machineType})
		checkSizing(t, fuzzedConfiguration(t, "refarch_sizing", paths, lines))
	})
}

var fuzzCapacityArguments = []string{
	"cloud", "edition", "packing", "high_availability", "colocate_provisioners", "coderd.machine_type", "coderd.node_count",
	"provisioner.machine_type", "provisioner.node_count", "workspace.machine_type", "workspace.node_count",
	"database.vcpu", "database.memory_gib", "database.storage_gb", "workspace_request.cpu", "workspace_request.memory_gib", "coderd_replicas",
}

func FuzzCapacity(f *testing.F) {
	for _, lines := range []string{
		"gcp\n\nschedulable\n\n\n\n\n\n\nt2d-standard-8\n64",
		"aws\n2025-04\nschedulable\n\n\nm5.large\n2\nm5.2xlarge\n2\nm5.4xlarge\n20\n2\n8\n512\n2\n8",
		"azure\n2026-01\n\ntrue\nfalse\nStandard_D8s_v5\n3",
		"gcp\n?\n\n\n\nn1-standard-2\n0\n\n\n\n\n?",
	} {
		f.Add(lines)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Split(text, "\n")
		lines = lines[:min(len(lines), len(fuzzCapacityArguments))]
		state := checkBothWays(t, "refarch_capacity", fuzzedConfiguration(t, "refarch_capacity", fuzzPaths(fuzzCapacityArguments, nil), lines), "cloud")
		if state == nil {
			return
		}
		users, least := count(t, state, "users"), int64(-1)
		for part := range state["users_by_part"].(values) {
			if lookup(t, state, "users_by_part", part) == nil {
				continue
			}
			if n := count(t, state, "users_by_part", part); least < 0 || n < least {
				least = n
			}
		}
		if users != least {
			t.Errorf("%d users are carried, the least of a part is %d", users, least)
		}
		if next := state["next"]; (next == nil) != (state["limited_by"] == "edition") || next != nil && count(t, next, "users") != users+1 {
			t.Errorf("%v ends %d users, and next is %v", state["limited_by"], users, next)
		}
	})
}
