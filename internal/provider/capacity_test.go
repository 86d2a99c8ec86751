// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

func nodes(machineType string, count int) values {
	return values{"machine_type": machineType, "node_count": count}
}

// fleets are what exists somewhere, and how many users it carries.
var fleets = map[string]struct {
	given   values
	users   int64
	limited sizing.Part
	parts   values // users by part
	needs   any
}{
	"the published row": {
		values{"cloud": "gcp", "workspace": nodes("t2d-standard-8", 64)},
		1000, sizing.PartWorkspace, values{"workspace": number64(1000)}, "workspace: 65 nodes of t2d-standard-8, you have 64",
	},
	"the row as Kubernetes places it": {
		values{"cloud": "gcp", "workspace": nodes("t2d-standard-8", 64), "packing": "schedulable"},
		812, sizing.PartWorkspace, values{"workspace": number64(812)}, "workspace: 65 nodes of t2d-standard-8, you have 64",
	},
	"every part": {
		values{
			"cloud": "aws", "edition": "2025-04", "packing": "schedulable", "workspace_request": values{"cpu": 2, "memory_gib": 8},
			"coderd": nodes("m5.large", 2), "provisioner": nodes("m5.2xlarge", 2), "workspace": nodes("m5.4xlarge", 20),
			"database": values{"vcpu": 2, "memory_gib": 8, "storage_gb": 512},
		},
		136, sizing.PartWorkspace,
		values{"coderd": number64(1000), "provisioner": number64(1000), "workspace": number64(136), "database": number64(1000)},
		"workspace: 21 nodes of m5.4xlarge, you have 20",
	},
	"ended by the database": {
		values{"cloud": "gcp", "edition": "2025-04", "database": values{"vcpu": 2, "storage_gb": 512}, "workspace": nodes("n2-standard-8", 500)},
		1000, sizing.PartDatabase, values{"workspace": number64(3000), "database": number64(1000)},
		"database: 4 vCPU, you have 2, and 1,024 GB of storage, you have 512",
	},
	"ended by the edition": {
		values{"cloud": "azure", "workspace": nodes("Standard_D8s_v3", 100_000), "database": values{}},
		3000, sizing.PartEdition, values{"workspace": number64(3000)}, nil,
	},
	"colocated": {
		values{"cloud": "azure", "colocate_provisioners": true, "coderd": nodes("Standard_D8s_v3", 3)},
		100, sizing.PartEdition, values{"coderd": number64(100)}, nil,
	},
	"nobody": {
		values{"cloud": "aws", "edition": "2026-01", "coderd": nodes("t3.large", 3)},
		0, sizing.PartCoderd, values{"coderd": number64(0)}, "coderd: nodes of 4 vCPU and 16 GiB, t3.large has 2 vCPU and 8 GiB",
	},
	"machines of next year": {
		values{
			"cloud": "gcp", "packing": "schedulable", "workspace": nodes("n99-standard-8", 10),
			"machine_specs": values{"n99-standard-8": values{"vcpu": 8, "memory_gib": 32}},
		},
		126, sizing.PartWorkspace, values{"workspace": number64(126)}, "workspace: 11 nodes of n99-standard-8, you have 10",
	},
}

// Every attribute of a state is what is configured, and else the answer's.
func TestCapacity(t *testing.T) {
	for name, fleet := range fleets {
		t.Run(name, func(t *testing.T) {
			got, diagnostics := read(t, "refarch_capacity", fleet.given)
			checkEqual(t, fleet.given, "the diagnostics", told(diagnostics), []string{})
			checkEqual(t, fleet.given, "the validation", told(validate(t, "refarch_capacity", fleet.given)), []string{})

			question, err := decodeCapacity(settingsFor(t, "refarch_capacity", fleet.given))
			must(t, err)
			carried, _ := sizing.CapacityOf(question)
			want := plain(t, terraformValue(t, typeOf(t, "refarch_capacity"), fleet.given)).(values)
			maps.Copy(want, capacityByFramework(t, report.OfCapacity(carried)))
			checkEqual(t, fleet.given, "the state", got, want)

			parts := values{"coderd": nil, "provisioner": nil, "workspace": nil, "database": nil}
			maps.Copy(parts, fleet.parts)
			checkEqual(t, fleet.given, "users", got["users"], number64(fleet.users))
			checkEqual(t, fleet.given, "limited_by", got["limited_by"], string(fleet.limited))
			checkEqual(t, fleet.given, "users_by_part", got["users_by_part"], parts)
			if fleet.needs == nil {
				checkEqual(t, fleet.given, "next", got["next"], nil)
			} else {
				checkEqual(t, fleet.given, "next", got["next"], values{"users": number64(fleet.users + 1), "needs": fleet.needs})
			}
		})
	}
}

// capacityByFramework is an answer as the framework's own reflection encodes it.
func capacityByFramework(t *testing.T, answer *report.CapacityAnswer) values {
	t.Helper()
	computed := map[string]attr.Type{}
	for name, attribute := range dataSourceSchema(t, newCapacityDataSource()).Attributes {
		if attribute.IsComputed() {
			computed[name] = attribute.GetType()
		}
	}
	object, diags := basetypes.NewObjectValueFrom(t.Context(), computed, answer)
	if diags.HasError() {
		t.Fatal(diags)
	}
	value, err := object.ToTerraformValue(t.Context())
	must(t, err)
	return plain(t, value).(values)
}

// Every fault is told on its own attribute, at validation and where Terraform
// reads without it.
func TestCapacityFaults(t *testing.T) {
	const counts = " It must be a whole number from 1 to 1000000000."
	for name, test := range map[string]struct {
		given values
		want  []string
	}{
		"nothing": {values{}, []string{"error : No Fleet Given: Nothing is given that could carry users. State at least one of coderd, provisioner, workspace and database."}},
		"misspelt names, which Terraform drops": {
			values{"coderd": values{}},
			[]string{
				"error coderd.machine_type: Incomplete Part of the Fleet: coderd.machine_type is missing. State both machine_type and node_count of a part, or leave the part out.",
				"error coderd.node_count: Incomplete Part of the Fleet: coderd.node_count is missing. State both machine_type and node_count of a part, or leave the part out.",
			},
		},
		"a database that states nothing": {
			values{"database": values{}},
			[]string{"error : No Fleet Given: Nothing is given that could carry users. State at least one of coderd, provisioner, workspace and database."},
		},
		"no count": {
			values{"workspace": values{"machine_type": "t2d-standard-8"}},
			[]string{"error workspace.node_count: Incomplete Part of the Fleet: workspace.node_count is missing. State both machine_type and node_count of a part, or leave the part out."},
		},
		"no type": {
			values{"coderd": values{"node_count": 1}},
			[]string{"error coderd.machine_type: Incomplete Part of the Fleet: coderd.machine_type is missing. State both machine_type and node_count of a part, or leave the part out."},
		},
		"counts": {
			values{"coderd": nodes("n1-standard-2", 0), "provisioner": nodes("t2d-standard-8", -1), "database": values{"vcpu": 0, "memory_gib": 0, "storage_gb": 0.5}},
			[]string{
				"error coderd.node_count: Invalid Count: coderd.node_count is 0." + counts,
				"error provisioner.node_count: Invalid Count: provisioner.node_count is -1." + counts,
				"error database.vcpu: Invalid Count: database.vcpu is 0." + counts,
				"error database.memory_gib: Invalid Amount: database.memory_gib is 0. It must be above 0 and at most 1000000000 GiB; fractions are fine.",
				"error database.storage_gb: Invalid Count: database.storage_gb is 0.5." + counts,
			},
		},
		"types of another cloud": {
			values{"coderd": nodes("t3.large", 1), "workspace": nodes("m5.2xlarge", 1)},
			[]string{
				`error coderd.machine_type: Machine Type of Another Cloud: coderd.machine_type is "t3.large", a machine type of aws, and cloud is "gcp". Choose a machine type of gcp, such as "e2-standard-2".`,
				`error workspace.machine_type: Machine Type of Another Cloud: workspace.machine_type is "m5.2xlarge", a machine type of aws, and cloud is "gcp". Choose a machine type of gcp, such as "e2-standard-8".`,
			},
		},
		"arguments of a sizing": {
			values{"workspace": nodes("t2d-standard-8", 1), "packing": "tight", "machine_specs": values{"x": values{"vcpu": 2, "memory_gib": 0}}},
			[]string{
				`error packing: Unknown Packing: packing is "tight". It must be "published" or "schedulable".`,
				`error machine_specs["x"].memory_gib: Invalid Machine Type: machine_specs["x"].memory_gib is 0. It must be above 0 and at most 1000000 GiB; fractions are fine.`,
			},
		},
		"beside unknown": {
			values{"workspace": nodes("t2d-standard-8", 0), "coderd": unknown{}, "edition": unknown{}},
			[]string{"error workspace.node_count: Invalid Count: workspace.node_count is 0." + counts},
		},
	} {
		t.Run(name, func(t *testing.T) {
			given := values{"cloud": "gcp"}
			maps.Copy(given, test.given)
			checkEqual(t, given, "the validation", told(validate(t, "refarch_capacity", given)), test.want)
			state, diagnostics := read(t, "refarch_capacity", given)
			checkEqual(t, given, "what reading tells", told(diagnostics), test.want)
			if state != nil {
				t.Errorf("there is an answer: %v", state)
			}
		})
	}
}
