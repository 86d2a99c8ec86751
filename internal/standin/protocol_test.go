package standin_test

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/standin"
)

func TestFactoriesServeSixProviders(t *testing.T) {
	var parallel sync.WaitGroup

	factories := standin.Factories()
	if got, want := slices.Sorted(maps.Keys(factories)), []string{"aws", "azurerm", "google", "helm", "kubernetes", "random"}; !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}

	for name, factory := range factories {
		for range 4 {
			parallel.Go(func() {
				server, err := factory()
				if err != nil {
					t.Errorf("%s: %v", name, err)

					return
				}

				schemas, err := server.GetProviderSchema(t.Context(), nil)
				if err != nil {
					t.Errorf("%s: %v", name, err)

					return
				}

				types, err := server.GetMetadata(t.Context(), nil)
				if err != nil {
					t.Errorf("%s: %v", name, err)

					return
				}

				if len(types.Resources) == 0 || len(types.Resources) != len(schemas.ResourceSchemas) || len(types.DataSources) != len(schemas.DataSourceSchemas) {
					t.Errorf("%s: %d and %d types in the metadata, %d and %d in the schemas",
						name, len(types.Resources), len(types.DataSources), len(schemas.ResourceSchemas), len(schemas.DataSourceSchemas))
				}
			})
		}
	}

	parallel.Wait()

	if _, err := standin.New("oracle"); err == nil || err.Error() != `there is no stand-in for the provider "oracle"` {
		t.Errorf("oracle: %v", err)
	}
}

func TestValidate(t *testing.T) {
	tests := map[string]struct {
		kind   string
		config given
		want   []string
	}{
		"nothing computed": {"google_container_node_pool", given{"cluster": "coder", "node_count": 2}, nil},
		"computed only":    {"aws_eks_cluster", given{"name": "coder", "endpoint": "https://coder"}, []string{`AttributeName("endpoint")`}},
		"computed only and unknown": {
			"aws_eks_cluster", given{"name": "coder", "arn": unknown{}, "endpoint": "https://coder"},
			[]string{`AttributeName("arn")`, `AttributeName("endpoint")`},
		},
		"in a block": {
			"kubernetes_namespace_v1", given{"metadata": []given{{"name": "coder", "uid": "1"}}},
			[]string{`AttributeName("metadata").ElementKeyInt(0).AttributeName("uid")`},
		},
		"the id":                 {"google_container_cluster", given{"name": "coder", "id": "coder"}, []string{`AttributeName("id")`}},
		"in a data source":       {"data.google_compute_zones", given{"names": []string{"a"}}, []string{`AttributeName("names")`}},
		"an id of a data source": {"data.google_compute_zones", given{"id": "here"}, nil},
		"an unknown block":       {"kubernetes_namespace_v1", given{"metadata": unknown{}}, nil},
		"in a nested attribute": {
			"helm_release", given{"name": "coder", "set": []given{{"name": "a", "value": "b"}}, "metadata": given{"name": "c"}},
			[]string{`AttributeName("metadata")`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := dial(t, test.kind)

			faults := func() []*tfprotov6.Diagnostic {
				if strings.HasPrefix(test.kind, "data.") {
					response, err := c.ValidateDataResourceConfig(t.Context(),
						&tfprotov6.ValidateDataResourceConfigRequest{TypeName: c.name, Config: c.sent(test.config)})
					if err != nil {
						t.Fatal(err)
					}

					return response.Diagnostics
				}

				response, err := c.ValidateResourceConfig(t.Context(),
					&tfprotov6.ValidateResourceConfigRequest{TypeName: c.name, Config: c.sent(test.config)})
				if err != nil {
					t.Fatal(err)
				}

				return response.Diagnostics
			}()

			var got []string
			for _, fault := range faults {
				got = append(got, fault.Attribute.String())
			}

			if !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

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

func TestApply(t *testing.T) {
	tests := map[string]given{
		"google_container_cluster":   {"name": "coder"},
		"google_container_node_pool": {"cluster": "coder", "node_config": []given{{"machine_type": "n1-standard-2"}}},
		"google_sql_user":            {"instance": "coder", "name": "coder", "password_wo": "secret"},
		"azurerm_kubernetes_cluster": {"name": "coder", "default_node_pool": []given{{"name": "coder"}}, "identity": []given{{"type": "SystemAssigned"}}},
		"aws_security_group":         {"name": "coder"},
		"kubernetes_secret_v1":       {"metadata": []given{{"name": "coder"}}, "data_wo": given{"psk": "secret"}},
		"helm_release":               {"name": "coder", "set": []given{{"name": "a"}}, "set_wo": []given{{"name": "a", "value": "b"}}},
		"random_password":            {"length": 24},
	}
	for name, config := range tests {
		t.Run(name, func(t *testing.T) {
			c := dial(t, name)

			state := c.create(config)
			if !state.IsFullyKnown() {
				t.Errorf("something is unknown: %s", state)
			}

			if !state.Equal(c.create(config)) {
				t.Error("made anew it differs")
			}

			for _, secret := range []string{"password_wo", "data_wo", "set_wo"} {
				if _, ok := config[secret]; ok && !at(t, state, secret).IsNull() {
					t.Errorf("%s is in the state", secret)
				}
			}

			if gone := c.apply(nil, c.value(nil)); !gone.IsNull() {
				t.Errorf("destroyed it is %s", gone)
			}
		})
	}
}

func TestApplyInventsWhatFits(t *testing.T) {
	cluster := dial(t, "google_container_cluster").create(given{"name": "coder"})
	if _, err := base64.StdEncoding.DecodeString(text(t, cluster, "master_auth.0.cluster_ca_certificate")); err != nil {
		t.Errorf("certificate: %v", err)
	}

	if !at(t, cluster, "node_config.0.spot").IsNull() {
		t.Error("a block filled in has arguments that nobody set")
	}

	if len(texts(t, cluster, "node_locations")) != 3 {
		t.Error("not three zones")
	}

	if at(t, cluster, "private_cluster_config.0").IsNull() {
		t.Error("a block filled in later is missing")
	}

	if _, err := netip.ParsePrefix(text(t, cluster, "cluster_ipv4_cidr")); err != nil {
		t.Error(err)
	}

	address := dial(t, "google_compute_global_address").create(given{"name": "coder"})
	if _, err := netip.ParseAddr(text(t, address, "address")); err != nil {
		t.Error(err)
	}

	eks := dial(t, "aws_eks_cluster").create(given{"name": "coder"})
	if got := text(t, eks, "identity.0.oidc.0.issuer"); !strings.HasPrefix(got, "https://") {
		t.Errorf("issuer %s", got)
	}

	first, second := dial(t, "aws_subnet").create(given{"cidr_block": "10.0.0.0/24"}), dial(t, "aws_subnet").create(given{"cidr_block": "10.0.1.0/24"})
	if text(t, first, "id") == text(t, second, "id") {
		t.Error("two subnets share an id")
	}
}

// Terraform keeps a block that was planned as unknown as one block with nothing known in it.
func TestApplyKnowsTerraformsOwnUnknownBlock(t *testing.T) {
	c := dial(t, "google_container_node_pool")
	config := given{"cluster": "coder"}

	planned, _ := c.plan(config, nil, given{"cluster": "coder", "autoscaling": []given{{"max_node_count": unknown{}, "min_node_count": unknown{}, "location_policy": unknown{},
		"total_max_node_count": unknown{}, "total_min_node_count": unknown{}}}})

	state := c.apply(config, planned)
	if blocks := at(t, state, "autoscaling"); !blocks.Equal(tftypes.NewValue(blocks.Type(), []tftypes.Value{})) {
		t.Errorf("got %s, want no block: the provider does not fill this one in", blocks)
	}
}

func TestReadFindsTheState(t *testing.T) {
	c := dial(t, "aws_eks_node_group")
	state := c.create(given{"cluster_name": "coder"})

	read, err := c.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: c.name, CurrentState: c.wire(state)})
	if err != nil {
		t.Fatal(err)
	}

	if !c.received(read.NewState, nil).Equal(state) {
		t.Error("the state changed")
	}

	upgraded, err := c.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{
		TypeName: c.name, RawState: &tfprotov6.RawState{JSON: []byte(`{"cluster_name": "coder", "of_another_version": 1}`)},
	})
	if err != nil {
		t.Fatal(err)
	}

	if got := text(t, c.received(upgraded.UpgradedState, nil), "cluster_name"); got != "coder" {
		t.Errorf("got %s", got)
	}
}

func TestDataSources(t *testing.T) {
	google := dial(t, "data.google_compute_zones").read(given{"region": "europe-west4"})
	names := texts(t, google, "names")

	if len(names) != 3 || text(t, google, "region") != "europe-west4" || text(t, google, "project") == "" {
		t.Errorf("got %s", google)
	}

	aws := dial(t, "data.aws_availability_zones")
	zones := aws.read(given{"state": "available", "filter": []given{{"name": "opt-in-status", "values": []string{"opt-in-not-required"}}}})

	if !zones.Equal(aws.read(given{"state": "available", "filter": []given{{"name": "opt-in-status", "values": []string{"opt-in-not-required"}}}})) {
		t.Error("read twice it differs")
	}

	if offered := dial(t, "data.aws_ec2_instance_type_offerings").read(given{}); !slices.Equal(texts(t, offered, "locations"), texts(t, zones, "names")) {
		t.Error("the zones of an offering are no zones of the region")
	}

	policy := dial(t, "data.aws_iam_policy_document").read(given{"statement": []given{{"actions": []string{"s3:GetObject"}}}})
	if !json.Valid([]byte(text(t, policy, "json"))) {
		t.Error("the policy is no JSON")
	}

	kubernetes := dial(t, "data.azurerm_kubernetes_cluster").read(given{"name": "coder", "resource_group_name": "coder"})
	if _, err := base64.StdEncoding.DecodeString(text(t, kubernetes, "kube_config.0.client_key")); err != nil {
		t.Error(err)
	}

	if got := text(t, dial(t, "data.google_project").read(given{}), "project_id"); got == "" {
		t.Error("the project has no id")
	}
}

func TestUnknownTypesAndCalls(t *testing.T) {
	server, err := standin.New("random")
	if err != nil {
		t.Fatal(err)
	}

	want := "the schemas of the stand-in have no random_pet"
	if _, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: "random_pet"}); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}

	imported, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: "random_id"})
	if err != nil || len(imported.Diagnostics) != 1 {
		t.Errorf("import: %v %v", imported, err)
	}

	functions, err := server.GetFunctions(t.Context(), nil)
	if err != nil || len(functions.Functions) > 0 {
		t.Errorf("functions: %v %v", functions, err)
	}
}
