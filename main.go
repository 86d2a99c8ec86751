// Command terraform-provider-refarch serves the refarch provider to Terraform
// and OpenTofu.
package main

import (
	"flag"
	"fmt"
	"log"
	"os" //nolint:depguard // only to see whether logs are asked for
	"runtime"
	runtimedebug "runtime/debug"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/refarch/terraform-provider-refarch/internal/provider"
)

// address is where Terraform looks the provider up.
const address = "registry.terraform.io/refarch/refarch"

// version is set when a release is linked: -ldflags "-X main.version=1.2.3".
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger: print how Terraform reaches this process, and stay")
	printVersion := flag.Bool("version", false, "print the version and exit")
	flag.Parse()

	if *printVersion {
		fmt.Println(version)
		return
	}

	tune()
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	if err := tf6server.Serve(address, provider.NewServer(version), options...); err != nil {
		log.Fatal(err)
	}
}

// tune fits the libraries to a process that answers one plan and ends.
func tune() {
	// The heap is a few MiB, and most of it is answers that are sent already.
	runtimedebug.SetGCPercent(400)

	// A call takes less than a thousandth of a second, and Terraform's own share of it several times
	// that: handing the calls to more threads costs more than it wins.
	runtime.GOMAXPROCS(1)

	// The libraries trace each call on standard error. Terraform reads that and
	// throws it away unless somebody asks for logs.
	for _, asked := range []string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_SDK"} {
		if os.Getenv(asked) != "" {
			return
		}
	}
	if err := os.Setenv("TF_LOG_SDK", "off"); err != nil {
		log.Fatal(err)
	}
}
