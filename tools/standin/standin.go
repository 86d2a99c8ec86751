// Package standin serves, for tests only, the schemas of the clouds' providers from data, so that whole modules plan and apply offline.
// It is a mirror of schemas: no rule of a cloud lives in it.
//
// # In an acceptance test
//
// The factories go beside the real provider into every step, not into the test case: terraform-plugin-testing takes a configuration with
// provider blocks, as the modules have, for a step with providers of its own and refuses both at once.
//
//	factories := standin.Factories()
//	factories["refarch"] = func() (tfprotov6.ProviderServer, error) { return provider.NewServer("test")(), nil }
//	resource.Test(t, resource.TestCase{Steps: []resource.TestStep{
//		{
//			ProtoV6ProviderFactories: factories,
//			ConfigDirectory:          config.StaticDirectory("../../examples/gke"),
//			ConfigVariables:          config.Variables{"users": config.IntegerVariable(1000)},
//		},
//		{ProtoV6ProviderFactories: factories, Config: `output "nothing" { value = "" }`},
//	}})
//
// The last step has no resources: terraform-plugin-testing cannot read a state with for_each at its closing destroy. After each apply it
// plans again by itself and fails where that plan is not empty.
//
// terraform-plugin-testing serves every factory as registry.terraform.io/-/NAME and registry.terraform.io/hashicorp/NAME, or with
// TF_ACC_PROVIDER_NAMESPACE all of them in that one namespace, so on its own it cannot serve hashicorp/google beside refarch/refarch.
// [Main] closes that gap for the whole test binary. The package of the tests has
//
//	func TestMain(m *testing.M) { os.Exit(standin.Main("refarch/refarch", m.Run)) }
//
// and leaves TF_ACC_PROVIDER_NAMESPACE unset. A configuration may then name both sources; `source = "hashicorp/refarch"`, and a
// configuration that names no source, are served as before. TF_ACC_TERRAFORM_PATH and TF_ACC_PROVIDER_HOST keep their meaning.
package standin

import (
	"fmt"
	"maps"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// catalogues are read once and only when asked for. Nothing writes to them afterwards.
var catalogues = func() map[string]func() (*catalogue, error) {
	all := map[string]func() (*catalogue, error){}
	for _, name := range []string{"google", "aws", "azurerm", "helm", "kubernetes", "random"} {
		all[name] = sync.OnceValues(func() (*catalogue, error) { return load(name) })
	}

	return all
}()

// Factories are the stand-ins for resource.TestCase.ProtoV6ProviderFactories, by the names of the providers. The map is the caller's own.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	all := make(map[string]func() (tfprotov6.ProviderServer, error), len(catalogues))
	for name := range maps.Keys(catalogues) {
		all[name] = func() (tfprotov6.ProviderServer, error) { return New(name) }
	}

	return all
}

// New is the stand-in for one provider: google, aws, azurerm, helm, kubernetes or random.
func New(name string) (tfprotov6.ProviderServer, error) {
	read, ok := catalogues[name]
	if !ok {
		return nil, fmt.Errorf("there is no stand-in for the provider %q", name)
	}

	found, err := read()
	if err != nil {
		return nil, fmt.Errorf("stand-in for the provider %q: %w", name, err)
	}

	return server{catalogue: found}, nil
}
