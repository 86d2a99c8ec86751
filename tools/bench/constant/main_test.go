package main

import (
	"context"
	"encoding/base64"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/provider"
)

const dataSource = "refarch_sizing"

// configure makes a configuration of the real schema; what is not given is null.
func configure(t *testing.T, given map[string]any) (tftypes.Type, *tfprotov6.DynamicValue) {
	t.Helper()
	resp, err := provider.NewServer("test")().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	schema := resp.DataSourceSchemas[dataSource].ValueType()
	attributes := map[string]tftypes.Value{}
	for name, attribute := range schema.(tftypes.Object).AttributeTypes {
		attributes[name] = tftypes.NewValue(attribute, given[name])
	}
	config, err := tfprotov6.NewDynamicValue(schema, tftypes.NewValue(schema, attributes))
	if err != nil {
		t.Fatal(err)
	}
	return schema, &config
}

func ask(t *testing.T, s tfprotov6.ProviderServer, schema tftypes.Type, config *tfprotov6.DynamicValue) (tftypes.Value, string) {
	t.Helper()
	resp, err := s.ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{TypeName: dataSource, Config: config})
	if err != nil {
		t.Fatal(err)
	}
	state, err := resp.State.Unmarshal(schema)
	if err != nil {
		t.Fatal(err)
	}
	return state, base64.StdEncoding.EncodeToString(resp.State.MsgPack)
}

// What the constant answers is the state that the real provider gave, in the
// real schema, but for what a configuration says itself.
func TestConstantAnswer(t *testing.T) {
	t.Parallel()

	genuine := provider.NewServer("test")()
	schema, config := configure(t, map[string]any{"users": 250, "cloud": "aws"})
	want, encoded := ask(t, genuine, schema, config)
	constant, err := newServer(genuine, encoded)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := ask(t, constant, schema, config); !got.Equal(want) {
		t.Errorf("the same configuration: got %s, want %s", got, want)
	}

	_, config = configure(t, map[string]any{"users": 900, "cloud": "gcp", "zones": 3})
	got, _ := ask(t, constant, schema, config)
	differing, err := want.Diff(got)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, difference := range differing {
		if len(difference.Path.Steps()) > 0 {
			found[difference.Path.String()] = true
		}
	}
	for _, name := range []string{"users", "cloud", "zones"} {
		path := `AttributeName("` + name + `")`
		if !found[path] {
			t.Errorf("the constant overrides what the configuration says: %s", name)
		}
		delete(found, path)
	}
	if len(found) > 0 {
		t.Errorf("another configuration has another answer: %v", found)
	}
}

func TestConstantHasToBeLinkedIn(t *testing.T) {
	t.Parallel()

	for answer, want := range map[string]string{
		"":     "no answer is linked in: the benchmark builds this program",
		"?":    "the answer linked in is no Base64: illegal base64 data at input byte 0",
		"wA==": "", // nothing at all is an object without attributes
	} {
		_, err := newServer(nil, answer)
		if got := text(err); got != want {
			t.Errorf("%q: got %q, want %q", answer, got, want)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
