package standin_test

import (
	"encoding/base64"
	"net/netip"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

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
