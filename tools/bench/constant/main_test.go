// SPDX-License-Identifier: MPL-2.0

package main

import (
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/provider"
)

// What the constant answers is the state that the real provider gives a cloud first, but for what a configuration says
// itself.
func TestConstant(t *testing.T) {
	t.Parallel()
	genuine := provider.NewServer("test")()
	schemas, err := genuine.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	typ := schemas.DataSourceSchemas["refarch_sizing"].ValueType()
	ask := func(s tfprotov6.ProviderServer, users int, cloud string) map[string]tftypes.Value {
		t.Helper()
		attributes := map[string]tftypes.Value{}
		for name, attribute := range typ.(tftypes.Object).AttributeTypes {
			attributes[name] = tftypes.NewValue(attribute, nil)
		}
		attributes["users"] = tftypes.NewValue(tftypes.Number, users)
		attributes["cloud"] = tftypes.NewValue(tftypes.String, cloud)
		config, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, attributes))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "refarch_sizing", Config: &config})
		if err != nil {
			t.Fatal(err)
		}
		state, err := resp.State.Unmarshal(typ)
		if err != nil {
			t.Fatal(err)
		}
		var answer map[string]tftypes.Value
		if err := state.As(&answer); err != nil {
			t.Fatal(err)
		}
		return answer
	}
	constant := server{genuine, &sync.Map{}}
	for _, cloud := range []string{"aws", "gcp"} {
		first := ask(genuine, 250, cloud)
		for _, users := range []int{250, 900} {
			for name, got := range ask(constant, users, cloud) {
				want := first[name]
				if name == "users" {
					want = tftypes.NewValue(tftypes.Number, users)
				}
				if !got.Equal(want) {
					t.Errorf("%d users on %s: %s is %s, want %s", users, cloud, name, got, want)
				}
			}
		}
	}
}
