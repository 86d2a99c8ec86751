package standin_test

import (
	"os"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/refarch/terraform-provider-refarch/internal/provider"
	"github.com/refarch/terraform-provider-refarch/tools/standin"
)

// The acceptance tests name refarch/refarch and hashicorp/google in one
// configuration, which takes a step of its own: see package standin.
func TestMain(m *testing.M) {
	os.Exit(standin.Main("refarch/refarch", m.Run))
}

// factories are the real provider and the stand-ins for the clouds'.
func factories() map[string]func() (tfprotov6.ProviderServer, error) {
	all := standin.Factories()
	all["refarch"] = func() (tfprotov6.ProviderServer, error) { return provider.NewServer("test")(), nil }
	return all
}

// nothing ends a test case whose state has for_each, which cannot be read at
// the closing destroy.
const nothing = `output "nothing" { value = "" }`
