// Command preloaded is refarch with its editions and its catalogue read before
// it serves, not on first use. The difference between its start and that of
// refarch is what reading them at every start would cost: Terraform starts a
// provider three times for one plan.
package main

import (
	"log"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/provider"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

func main() {
	if _, err := reference.Editions(); err != nil {
		log.Fatal(err)
	}
	for _, name := range cloud.All() {
		cloud.MachineTypes(name.Name())
	}
	if err := provider.Serve(provider.NewServer("preloaded"), false); err != nil {
		log.Fatal(err)
	}
}
