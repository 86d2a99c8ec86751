package standin_test

import (
	"slices"
	"testing"
)

func TestPlanOfANewResource(t *testing.T) {
	tests := map[string]struct {
		kind                 string
		config               given
		unknown, null, known []string
		legacy               bool
	}{
		"computed, in blocks too": {
			kind:    "google_container_node_pool",
			config:  given{"cluster": unknown{}, "node_config": []given{{"machine_type": "n1-standard-2"}}},
			unknown: []string{"id", "cluster", "node_count", "node_config.0.image_type"},
			null:    []string{"node_config.0.spot", "node_config.0.resource_labels"},
			known:   []string{"node_config.0.machine_type", "autoscaling"},
			legacy:  true,
		},
		"blocks that the provider fills in": {
			kind:    "google_container_cluster",
			config:  given{"name": "coder"},
			unknown: []string{"master_auth", "node_config", "addons_config"},
			known:   []string{"name", "private_cluster_config", "resource_usage_export_config"},
			legacy:  true,
		},
		"filled in inside a block": {
			kind:    "google_container_cluster",
			config:  given{"name": "coder", "node_config": []given{{"machine_type": "n1-standard-2"}}},
			unknown: []string{"node_config.0.kubelet_config", "master_auth"},
			known:   []string{"node_config.0.taint"},
			legacy:  true,
		},
		"not filled in inside a set": {
			kind:   "google_compute_router_nat",
			config: given{"name": "coder", "rules": []given{{"rule_number": 1, "match": "true"}}},
			known:  []string{"rules.0.action"},
			legacy: true,
		},
		"write-only": {
			kind:    "google_sql_user",
			config:  given{"instance": "coder", "name": "coder", "password_wo": "secret", "password_wo_version": 1},
			unknown: []string{"id", "host"},
			null:    []string{"password_wo", "password"},
			known:   []string{"password_wo_version"},
		},
		"nested attributes": {
			kind: "helm_release",
			config: given{
				"name": "coder", "chart": "coder",
				"set":    []given{{"name": "a", "value": "b"}},
				"set_wo": []given{{"name": "c", "value": "d"}},
			},
			unknown: []string{"metadata", "set.0.type"},
			null:    []string{"set_wo", "set_list"},
			known:   []string{"set.0.name"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := dial(t, test.kind)

			planned, response := c.plan(test.config, nil, test.config)
			for _, path := range test.unknown {
				if got := at(t, planned, path); got.IsKnown() {
					t.Errorf("%s: got %s, want it unknown", path, got)
				}
			}

			for _, path := range test.null {
				if got := at(t, planned, path); !got.IsNull() {
					t.Errorf("%s: got %s, want it null", path, got)
				}
			}

			for _, path := range test.known {
				if got := at(t, planned, path); !got.IsFullyKnown() || got.IsNull() {
					t.Errorf("%s: got %s, want it known", path, got)
				}
			}

			legacy := response.UnsafeToUseLegacyTypeSystem //nolint:staticcheck // the clouds' providers use it, so do their stand-ins
			if legacy != test.legacy || len(response.RequiresReplace) > 0 {
				t.Errorf("legacy %t, replaces %v", legacy, response.RequiresReplace)
			}
		})
	}
}

// A cluster and a pool are made, planned again as Terraform proposes it, and have not changed: neither the values nor the blocks filled in.
func TestPlanOfTheSameChangesNothing(t *testing.T) {
	tests := map[string]given{
		"google_container_cluster":     {"name": "coder", "node_config": []given{{"machine_type": "n1-standard-2"}}},
		"google_sql_database_instance": {"database_version": "POSTGRES_16", "settings": []given{{"tier": "db-custom-2-7680"}}},
		"azurerm_kubernetes_cluster":   {"name": "coder", "default_node_pool": []given{{"name": "coder"}}},
		"aws_eks_cluster":              {"name": "coder", "vpc_config": []given{{"subnet_ids": []string{"a"}}}},
	}
	for name, config := range tests {
		t.Run(name, func(t *testing.T) {
			c := dial(t, name)
			state := c.create(config)

			planned, response := c.planAgain(state, config)
			if !planned.Equal(state) {
				differences, err := state.Diff(planned)
				t.Errorf("planned anew: %v %v", differences, err)
			}

			if len(response.RequiresReplace) > 0 {
				t.Errorf("replaces %v", response.RequiresReplace)
			}
		})
	}
}

func TestReplaces(t *testing.T) {
	pool := func(some given) []given { return []given{some} }
	affinity := func(values ...string) []given {
		var all []given
		for _, value := range values {
			all = append(all, given{"key": "k", "operator": "IN", "values": []string{value}})
		}

		return pool(given{"sole_tenant_config": []given{{"node_affinity": all}}})
	}

	tests := map[string]struct {
		kind            string
		prior, proposed given
		want            []string
	}{
		"an argument": {
			"aws_eks_node_group",
			given{"instance_types": []string{"t3.large"}, "ami_type": "AL2023"},
			given{"instance_types": []string{"m5.large"}, "ami_type": "AL2023"},
			[]string{`AttributeName("instance_types")`},
		},
		"an argument that does not": {
			"google_container_node_pool", given{"node_count": 1}, given{"node_count": 2}, nil,
		},
		"an argument that only does so under a condition": {
			"azurerm_postgresql_flexible_server", given{"storage_mb": 65536}, given{"storage_mb": 32768}, nil,
		},
		"set for the first time": {
			"google_service_account", given{}, given{"account_id": "coder"}, []string{`AttributeName("account_id")`},
		},
		"taken away": {
			"google_compute_network", given{"description": "coder"}, given{}, []string{`AttributeName("description")`},
		},
		"left to the provider": {
			"google_compute_network", given{"project": "coder"}, given{}, nil,
		},
		"not known yet": {
			"azurerm_subnet", given{"virtual_network_name": "coder"}, given{"virtual_network_name": unknown{}},
			[]string{`AttributeName("virtual_network_name")`},
		},
		"in a block": {
			"google_container_node_pool",
			given{"node_config": pool(given{"spot": false, "machine_type": "a"})}, given{"node_config": pool(given{"spot": true, "machine_type": "b"})},
			[]string{`AttributeName("node_config").ElementKeyInt(0).AttributeName("spot")`},
		},
		"the number of blocks": {
			"google_container_node_pool",
			given{"placement_policy": pool(given{"type": "COMPACT"})}, given{},
			[]string{`AttributeName("placement_policy")`},
		},
		"blocks not known yet": {
			"google_container_node_pool",
			given{"placement_policy": pool(given{"type": "COMPACT"})}, given{"placement_policy": unknown{}},
			[]string{`AttributeName("placement_policy")`},
		},
		"blocks left to the provider": {
			"google_container_node_pool",
			given{"node_config": pool(given{"spot": true})}, given{}, nil,
		},
		"in a set, in another order": {
			"google_container_node_pool",
			given{"node_config": affinity("a", "b")}, given{"node_config": affinity("b", "a")}, nil,
		},
		"in a set": {
			"google_container_node_pool",
			given{"node_config": affinity("a", "b")}, given{"node_config": affinity("a", "c")},
			[]string{`AttributeName("node_config").ElementKeyInt(0).AttributeName("sole_tenant_config").ElementKeyInt(0).AttributeName("node_affinity")`},
		},
		"of a release": {
			"helm_release", given{"name": "coder", "version": "1"}, given{"name": "coder2", "version": "2"}, []string{`AttributeName("name")`},
		},
		"no entry": {"aws_vpc", given{"cidr_block": "10.0.0.0/16"}, given{"cidr_block": "10.1.0.0/16"}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, response := dial(t, test.kind).plan(test.proposed, test.prior, test.proposed)

			var got []string
			for _, path := range response.RequiresReplace {
				got = append(got, path.String())
			}

			if !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
