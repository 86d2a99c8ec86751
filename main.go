// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-refarch serves the refarch provider to Terraform and OpenTofu.
package main

import (
	"flag"
	"fmt"
	"log"

	"github.com/refarch/terraform-provider-refarch/internal/provider"
)

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
	if err := provider.Serve(provider.NewServer(version), *debug); err != nil {
		log.Fatal(err)
	}
}
