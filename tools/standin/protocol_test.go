package standin_test

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/refarch/terraform-provider-refarch/tools/standin"
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
