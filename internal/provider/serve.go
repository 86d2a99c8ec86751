// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"os" //nolint:depguard // only to see and to say whether logs are asked for
	"runtime"
	"runtime/debug"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// address is where Terraform looks the provider up.
const address = "registry.terraform.io/refarch/refarch"

// Serve answers Terraform, which has started this process, until it ends it.
// With stay it waits for a debugger's Terraform instead, and prints how that
// reaches it. An error says why nobody can be answered.
func Serve(server func() tfprotov6.ProviderServer, stay bool) error {
	if err := tune(); err != nil {
		return err
	}
	var options []tf6server.ServeOpt
	if stay {
		options = append(options, tf6server.WithManagedDebug())
	}
	if err := tf6server.Serve(address, server, options...); err != nil {
		return fmt.Errorf("serving the provider: %w", err)
	}
	return nil
}

// logLevels are the variables with the levels of the libraries' logs and of the
// provider's own.
var logLevels = []string{"TF_LOG_SDK", "TF_LOG_PROVIDER_REFARCH"}

// tune fits the libraries to a process that answers one plan and ends.
func tune() error {
	// The heap is a few MiB, and most of it is answers that are sent already.
	debug.SetGCPercent(400)

	// A call takes less than a thousandth of a second, and Terraform's own share of it several times
	// that: handing the calls to more threads costs more than it wins.
	runtime.GOMAXPROCS(1)

	// The libraries trace each call on standard error, and the provider logs
	// each read. Terraform reads that and throws it away unless somebody asks
	// for logs.
	for _, asked := range append([]string{"TF_LOG", "TF_LOG_PROVIDER"}, logLevels...) {
		if os.Getenv(asked) != "" {
			return nil
		}
	}
	for _, level := range logLevels {
		if err := os.Setenv(level, "off"); err != nil {
			return fmt.Errorf("turning logs off: %w", err)
		}
	}
	return nil
}
