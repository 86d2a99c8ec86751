// SPDX-License-Identifier: MPL-2.0

package standin_test

import (
	"cmp"
	"log"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/refarch/terraform-provider-refarch/internal/provider"
	"github.com/refarch/terraform-provider-refarch/tools/standin"
)

const (
	terraformPath = "TF_ACC_TERRAFORM_PATH" // what terraform-plugin-testing takes for Terraform
	genuinePath   = "STANDIN_TERRAFORM"     // Terraform, where this program stands in for it
	attached      = "TF_REATTACH_PROVIDERS" // where Terraform looks for providers that run already
)

// TestMain lets one configuration name hashicorp/google beside refarch/refarch. terraform-plugin-testing serves every
// provider as hashicorp/NAME and, for a Terraform of old, as -/NAME. So this program stands in for Terraform: it makes
// the latter name our own and goes on as Terraform.
func TestMain(m *testing.M) {
	if genuine := os.Getenv(genuinePath); genuine != "" {
		for name, value := range map[string]string{
			attached: strings.Replace(os.Getenv(attached), `/-/refarch"`, `/refarch/refarch"`, 1),
			// Tests run side by side: what threads take to find work for each other is a tenth of the whole.
			"GOMAXPROCS": "1",
		} {
			if err := os.Setenv(name, value); err != nil {
				log.Fatal(err)
			}
		}
		log.Fatal(syscall.Exec(genuine, os.Args, os.Environ()))
	}
	// Where there is no Terraform, the acceptance tests say so themselves.
	if genuine, err := exec.LookPath(cmp.Or(os.Getenv(terraformPath), "terraform")); err == nil {
		for name, value := range map[string]string{genuinePath: genuine, terraformPath: os.Args[0]} {
			if err := os.Setenv(name, value); err != nil {
				log.Fatal(err)
			}
		}
	}
	os.Exit(m.Run())
}

// factories are the real provider and the stand-ins for the clouds'. They go into every step, not into the test case:
// terraform-plugin-testing takes a configuration with provider blocks for a step with providers of its own.
func factories() map[string]func() (tfprotov6.ProviderServer, error) {
	all := standin.Factories()
	for name, load := range all {
		all[name] = func() (tfprotov6.ProviderServer, error) {
			server, err := load()
			return market{server}, err
		}
	}
	all["refarch"] = func() (tfprotov6.ProviderServer, error) { return provider.NewServer("test")(), nil }
	return all
}

// nothing ends a test case whose state has for_each, which terraform-plugin-testing cannot read at the closing destroy.
const nothing = `output "nothing" { value = "" }`
