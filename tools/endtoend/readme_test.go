// SPDX-License-Identifier: MPL-2.0

package endtoend

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// README shows what "make plan" prints; this keeps it true.
func TestReadmeShowsTheRealPlan(t *testing.T) {
	fleet, faults := sizing.Size(sizing.Request{Users: sizing.Count(1000), Cloud: sizing.Known("gcp")})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder
	printed.WriteString("```text\nChanges to Outputs:\n  + summary = <<-EOT\n")
	for line := range strings.Lines(report.Of(fleet).Summary) {
		printed.WriteString("        " + line)
	}
	if !strings.HasSuffix(printed.String(), "\n") {
		printed.WriteString("\n")
	}
	printed.WriteString("    EOT\n```")
	// An empty line of the plan has its indentation, which editors remove.
	want := strings.ReplaceAll(printed.String(), "        \n", "\n")
	if !strings.Contains(string(readme), want) {
		t.Errorf("README.md does not show the plan of 1,000 users on gcp, which is:\n%s", want)
	}
}
