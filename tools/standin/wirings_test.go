package standin_test

import (
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// The documented wirings are planned as they stand in the documentation.
func TestAccDocumentedWirings(t *testing.T) {
	t.Parallel()
	folders := map[string]bool{}
	for _, examples := range []string{"data-sources", "functions", "provider"} {
		err := filepath.WalkDir(filepath.Join("..", "..", "examples", examples), func(path string, _ fs.DirEntry, err error) error {
			if filepath.Ext(path) == ".tf" {
				folders[filepath.Dir(path)] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(folders) < 12 {
		t.Errorf("only %d folders of examples", len(folders))
	}
	for folder := range folders {
		t.Run(filepath.Base(filepath.Dir(folder))+"/"+filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{TerraformVersionChecks: asTheModulesNeed, Steps: []resource.TestStep{{
				ProtoV6ProviderFactories: factories(),
				ConfigDirectory:          config.StaticDirectory(folder),
				PlanOnly:                 true,
				ExpectNonEmptyPlan:       filepath.Base(folder) != "provider", // which has no output
			}}})
		})
	}
}
