// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// eachAttribute visits every attribute of a schema, the nested ones too, in
// the order of their paths.
func eachAttribute(attributes []*tfprotov6.SchemaAttribute, under string, visit func(path string, parent, a *tfprotov6.SchemaAttribute), parent *tfprotov6.SchemaAttribute) {
	for _, a := range attributes {
		path := strings.TrimPrefix(under+"."+a.Name, ".")
		visit(path, parent, a)
		if a.NestedType != nil {
			eachAttribute(a.NestedType.Attributes, path, visit, a)
		}
	}
}

// The names are a promise: whoever removes or renames one has to change
// testdata/attributes.txt too, and the major version.
func TestAttributesAreThePromisedOnes(t *testing.T) {
	var lines []string
	for name, s := range schemas(t) {
		eachAttribute(s.Block.Attributes, name, func(path string, _, a *tfprotov6.SchemaAttribute) {
			var kind string
			switch {
			case a.NestedType == nil:
				kind = strings.ToLower(strings.NewReplacer("tftypes.", "", "[", " of ", "]", "").Replace(a.Type.String()))
			case a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeList:
				kind = "list of object"
			case a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeMap:
				kind = "map of object"
			default:
				kind = "object"
			}
			for mode, set := range map[string]bool{"required": a.Required, "optional": a.Optional, "computed": a.Computed} {
				if set {
					lines = append(lines, path+": "+kind+", "+mode)
				}
			}
		}, nil)
	}
	slices.Sort(lines)
	checkGolden(t, "attributes.txt", strings.Join(lines, "\n")+"\n")
}

// checkGolden holds a text against a file of testdata. REFARCH_UPDATE=1 writes
// the file.
func checkGolden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("REFARCH_UPDATE") != "" {
		must(t, os.WriteFile(file, []byte(got), 0o600))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if got == string(want) {
		return
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for _, line := range gotLines {
		if !slices.Contains(wantLines, line) {
			t.Errorf("%s lacks: %s", name, line)
		}
	}
	for _, line := range wantLines {
		if !slices.Contains(gotLines, line) {
			t.Errorf("%s has, and we do not: %s", name, line)
		}
	}
	if !t.Failed() {
		t.Errorf("%s has the same lines in another order", name)
	}
}

func TestEveryAttributeIsDescribed(t *testing.T) {
	for name, s := range schemas(t) {
		if s.Block.Description == "" || s.Block.DescriptionKind != tfprotov6.StringKindMarkdown {
			t.Errorf("%s has no Markdown description", name)
		}
		eachAttribute(s.Block.Attributes, name, func(path string, parent, a *tfprotov6.SchemaAttribute) {
			if !strings.HasSuffix(a.Description, ".") || a.DescriptionKind != tfprotov6.StringKindMarkdown {
				t.Errorf("the description of %s is no sentence in Markdown: %q", path, a.Description)
			}
			// In a deferred read such a value would be null instead of unknown.
			if parent != nil && a.Computed != parent.Computed {
				t.Errorf("%s mixes what is set with what is answered", path)
			}
			unit := map[string]string{"_mib": "MiB", "_gib": "GiB", "_gb": "GB", "_mb": "MB", "_millicores": "illicores"}
			for suffix, word := range unit {
				if strings.HasSuffix(a.Name, suffix) && !strings.Contains(a.Description, word) && !strings.Contains(a.Description, "CPU") {
					t.Errorf("the description of %s does not name its unit: %q", path, a.Description)
				}
			}
		}, nil)
	}
	resp, err := served().GetFunctions(context.Background(), &tfprotov6.GetFunctionsRequest{})
	must(t, err)
	for name, definition := range resp.Functions {
		if definition.Summary == "" || definition.Description == "" {
			t.Errorf("%s has no summary or description", name)
		}
		for _, parameter := range append(definition.Parameters, definition.VariadicParameter) {
			if !strings.HasSuffix(parameter.Description, ".") {
				t.Errorf("the parameter %s of %s is not described", parameter.Name, name)
			}
		}
	}
}

// What is said in descriptions comes from the code that accepts it, and uses
// the vendor's words beside ours.
func TestDescriptionsSay(t *testing.T) {
	editions, err := reference.IDs()
	must(t, err)
	says := map[string][]string{
		"refarch_sizing.cloud":                        cloud.Names(),
		"refarch_sizing.edition":                      editions,
		"refarch_sizing.packing":                      texts(sizing.Packings()),
		"refarch_sizing.beyond_range":                 texts(sizing.BeyondRanges()),
		"refarch_sizing.workspace.limited_by":         texts(sizing.Limits()),
		"refarch_sizing.warnings.code":                texts(sizing.WarningCodes()),
		"refarch_sizing.workspace.basis":              texts(sizing.Bases()),
		"refarch_sizing.workspace.node_count":         {"*Replicas*"},
		"refarch_sizing.workspace.pods_per_node":      {"*workspaces each*", "*provisioners each*", "*coderd each*"},
		"refarch_sizing.helm_values":                  {"a second `coder.env`", "drops `CODER_PROVISIONER_DAEMONS`", "`coder.envFrom`"},
		"refarch_sizing.coderd.max_pods_per_node":     {"each pool", "AKS", "250"},
		"refarch_sizing.provisioner.published.vcpu":   {"vCPU"},
		"refarch_editions.editions.tiers.users":       {"Users"},
		"refarch_editions.coder_version":              {"`2.24.1`"},
		"refarch_sizing.workspace_request.volumes":    {"Disks"},
		"refarch_sizing.database.max_storage_gb":      {"twice `storage_gb`"},
		"refarch_sizing.database.published":           {"page"},
		"refarch_sizing.workspace_proxy":              {"null without `proxy_regions`"},
		"refarch_sizing.built_in_provisioners":        {"CODER_PROVISIONER_DAEMONS"},
		"refarch_sizing.concurrent_workspaces":        {"running share"},
		"refarch_sizing.workspace_request.cpu":        {"0.5"},
		"refarch_sizing.workspace_request.memory_gib": {"0.125"},
	}
	maps.Copy(says, figuresOfClouds(t))
	for name, s := range schemas(t) {
		eachAttribute(s.Block.Attributes, name, func(path string, _, a *tfprotov6.SchemaAttribute) {
			for _, words := range says[path] {
				if !strings.Contains(a.Description, words) {
					t.Errorf("the description of %s does not say %q: %q", path, words, a.Description)
				}
			}
			delete(says, path)
		}, nil)
	}
	if len(says) > 0 {
		t.Errorf("there are no attributes %q", slices.Collect(maps.Keys(says)))
	}
}

// figuresOfClouds are the clouds' figures as descriptions have them. Those of a
// function's parameter are held here.
func figuresOfClouds(t *testing.T) map[string][]string {
	t.Helper()
	gcp, _ := cloud.ByName("gcp")
	aws, _ := cloud.ByName("aws")
	azure, _ := cloud.ByName("azure")
	names := func(c cloud.Cloud) int { return c.PoolNames().MaxLength }
	pods := func(c cloud.Cloud) int64 { return c.PodLimits(c.Stated(cloud.Spec{})).Default }
	volumes := func(c cloud.Cloud) int64 { return c.Stated(cloud.Spec{}).MaxVolumes }
	bounds := func(c cloud.Cloud) string {
		least, most := c.StatedPods()
		return fmt.Sprintf("%s (%d to %d)", c.Name(), least, most)
	}
	most := func(vcpu int) int64 { return aws.PodLimits(&cloud.Machine{VCPU: int64(vcpu)}).Maximum }
	large := sort.Search(1000, func(vcpu int) bool { return most(vcpu) > most(1) })
	onAWS := fmt.Sprintf("%d below %d vCPU and %d from there", most(1), large, most(large))
	if names(gcp) != names(aws) || pods(gcp) != pods(azure) {
		t.Error("descriptions have one figure for two clouds that differ")
	}
	limit := []string{fmt.Sprintf("%d on gcp and azure", pods(gcp)), "at most " + onAWS}
	for _, words := range limit {
		if text := definitionOf(t, "node_packing").VariadicParameter.Description; !strings.Contains(text, words) {
			t.Errorf("the description of max_pods of node_packing does not say %q: %q", words, text)
		}
	}
	return map[string][]string{
		"refarch_sizing.workspace_kinds":     {fmt.Sprintf("at most %d characters on azure; elsewhere at most %d, and", names(azure), names(gcp))},
		"refarch_sizing.max_pods_per_node":   append(limit, "`node_overhead.pods`"),
		"refarch_capacity.max_pods_per_node": append(limit, "`node_overhead.pods`"),
		"refarch_sizing.machine_specs.max_pods": {
			strings.TrimPrefix(bounds(aws), "aws "), bounds(gcp) + " and " + bounds(azure), "by default " + onAWS, fmt.Sprintf(", %d unless stated", pods(gcp)),
		},
		"refarch_sizing.machine_specs.max_volumes": {fmt.Sprintf("%d on gcp, %d on aws, %d on azure", volumes(gcp), volumes(aws), volumes(azure))},
	}
}

func texts[T ~string](values []T) []string {
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = string(value)
	}
	return all
}
