// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var beforeTerraformData = regexp.MustCompile(`^Terraform v1\.[0-3]\.`)

// realTerraform is what the acceptance tests run.
func realTerraform(t *testing.T) string {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance tests need TF_ACC=1")
	}
	found, err := exec.LookPath(cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform"))
	if err != nil {
		t.Fatal(err)
	}
	version, err := exec.CommandContext(t.Context(), found, "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	if beforeTerraformData.Match(version) {
		t.Skip("terraform_data exists from Terraform 1.4 on")
	}
	return found
}

// TestAccRun measures as little as there is, so that the program still runs when somebody wants to measure.
func TestAccRun(t *testing.T) {
	o := options{root: filepath.Join("..", ".."), terraform: realTerraform(t), sizes: []int{1}, rounds: 2, large: 3}
	var out, progress bytes.Buffer
	if err := run(t.Context(), o, &out, &progress); err != nil {
		t.Fatalf("%v\n%s", err, progress.Bytes())
	}
	plain := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{
		"| 1 | refarch |", "| 1 | refarch by the framework alone |", "| 1 | a constant of the same schema |",
		"| 1 | the same figures by an HCL module |", "| 1 | `terraform_data` |", "| 1 | a small provider of one argument |",
		"| 3 | refarch |", "| 3 | refarch by the framework alone |", "| 3 | a constant of the same schema |",
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("the report lacks %q:\n%s", want, out.Bytes())
		}
	}
}

// The module that the provider is compared with has the same figures: all that it answers, at both ends of each tier,
// in each cloud.
const compare = `
terraform {
  required_providers {
    refarch = {
      source = "refarch/refarch"
    }
  }
}

locals {
  sizings = { for one in setproduct(
    [1, 15, 16, 17, 500, 999, 1000, 1001, 2000, 2001, 2989, 3000], ["gcp", "aws", "azure"], [1, 3],
  ) : join(" ", one) => one }
}

module "lookup" {
  source   = "./lookup"
  for_each = local.sizings

  users = each.value[0]
  cloud = each.value[1]
  zones = each.value[2]
}

data "refarch_sizing" "this" {
  for_each = local.sizings

  users = each.value[0]
  cloud = each.value[1]
  zones = each.value[2]
}

output "compared" {
  value = length(module.lookup)
}

output "different" {
  value = flatten([for key, one in module.lookup : [for role, figures in one.sizing : [for name, figure in figures :
    "${key}, ${role}.${name}: ${figure}, not ${data.refarch_sizing.this[key][role][name]}"
    if figure != data.refarch_sizing.this[key][role][name]
  ]]])
}
`

func TestAccLookupHasTheSameFigures(t *testing.T) {
	w, err := newWorkshop(t.Context(), filepath.Join("..", ".."), realTerraform(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.close(); err != nil {
			t.Error(err)
		}
	})
	folder, err := w.lay(t.Context(), programRefarch, map[string]string{"main.tf": compare})
	if err != nil {
		t.Fatal(err)
	}
	output, _, _, err := w.run(t.Context(), folder, w.environment(programRefarch), "plan", "-input=false", "-lock=false", "-no-color")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"+ different = []", "+ compared  = 72"} {
		if !strings.Contains(string(output), want) {
			t.Errorf("the plan lacks %q:\n%s", want, output)
		}
	}
}
