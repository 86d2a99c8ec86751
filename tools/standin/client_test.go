package standin_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/tools/standin"
)

// given is a configuration, a state or a plan in short: what it leaves out is null, or no block.
type given map[string]any

// unknown is a value that is not known yet.
type unknown struct{}

// client speaks the protocol with the stand-in that has a type.
type client struct {
	tfprotov6.ProviderServer

	t      *testing.T
	name   string
	schema *tfprotov6.Schema
}

func dial(t *testing.T, name string) client {
	t.Helper()

	provider, _, _ := strings.Cut(strings.TrimPrefix(name, "data."), "_")

	server, err := standin.New(provider)
	if err != nil {
		t.Fatal(err)
	}

	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}

	found := schemas.ResourceSchemas[name]
	if data, ok := strings.CutPrefix(name, "data."); ok {
		name, found = data, schemas.DataSourceSchemas[data]
	}

	if found == nil {
		t.Fatalf("%s has no schema", name)
	}

	return client{ProviderServer: server, t: t, name: name, schema: found}
}

func (c client) value(some given) tftypes.Value {
	c.t.Helper()

	if some == nil {
		return tftypes.NewValue(c.schema.ValueType(), nil)
	}

	return c.block(c.schema.Block, some)
}

func (c client) block(block *tfprotov6.SchemaBlock, some given) tftypes.Value {
	c.t.Helper()

	all := map[string]tftypes.Value{}

	for _, attribute := range block.Attributes {
		all[attribute.Name] = c.attribute(attribute.ValueType(), some[attribute.Name])
	}

	for _, nested := range block.BlockTypes {
		typ := nested.ValueType()

		switch stated := some[nested.TypeName].(type) {
		case unknown:
			all[nested.TypeName] = tftypes.NewValue(typ, tftypes.UnknownValue)
		case []given:
			blocks := []tftypes.Value{}
			for _, each := range stated {
				blocks = append(blocks, c.block(nested.Block, each))
			}

			all[nested.TypeName] = tftypes.NewValue(typ, blocks)
		default:
			if typ.Is(tftypes.Object{}) {
				all[nested.TypeName] = tftypes.NewValue(typ, nil)
			} else {
				all[nested.TypeName] = tftypes.NewValue(typ, []tftypes.Value{})
			}
		}
	}

	for name := range some {
		if _, ok := all[name]; !ok {
			c.t.Fatalf("%s has no %s", c.name, name)
		}
	}

	return tftypes.NewValue(block.ValueType(), all)
}

func (c client) attribute(typ tftypes.Type, stated any) tftypes.Value {
	c.t.Helper()

	if stated == (unknown{}) {
		return tftypes.NewValue(typ, tftypes.UnknownValue)
	}

	text, err := json.Marshal(stated)
	if err != nil {
		c.t.Fatal(err)
	}

	value, err := tftypes.ValueFromJSON(text, typ) //nolint:staticcheck // a test may
	if err != nil {
		c.t.Fatal(err)
	}

	return value
}

func (c client) sent(some given) *tfprotov6.DynamicValue {
	c.t.Helper()

	return c.wire(c.value(some))
}

func (c client) wire(value tftypes.Value) *tfprotov6.DynamicValue {
	c.t.Helper()

	sent, err := tfprotov6.NewDynamicValue(c.schema.ValueType(), value)
	if err != nil {
		c.t.Fatal(err)
	}

	return &sent
}

func (c client) received(sent *tfprotov6.DynamicValue, err error) tftypes.Value {
	c.t.Helper()

	if err != nil {
		c.t.Fatal(err)
	}

	value, err := sent.Unmarshal(c.schema.ValueType())
	if err != nil {
		c.t.Fatal(err)
	}

	return value
}

func (c client) plan(config, prior, proposed given) (tftypes.Value, *tfprotov6.PlanResourceChangeResponse) {
	c.t.Helper()

	response, err := c.PlanResourceChange(c.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: c.name, Config: c.sent(config), PriorState: c.sent(prior), ProposedNewState: c.sent(proposed),
	})
	if err != nil {
		c.t.Fatal(err)
	}

	return c.received(response.PlannedState, nil), response
}

// planAgain plans as Terraform proposes it for an unchanged configuration: blocks as configured, and in them and around them what the
// provider answered before.
func (c client) planAgain(state tftypes.Value, config given) (tftypes.Value, *tfprotov6.PlanResourceChangeResponse) {
	c.t.Helper()

	configured := c.value(config)
	proposed := proposal(c.schema.Block, configured, state)

	response, err := c.PlanResourceChange(c.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: c.name, Config: c.wire(configured), PriorState: c.wire(state), ProposedNewState: c.wire(proposed),
	})
	if err != nil {
		c.t.Fatal(err)
	}

	return c.received(response.PlannedState, nil), response
}

func proposal(block *tfprotov6.SchemaBlock, config, state tftypes.Value) tftypes.Value {
	var configured, before map[string]tftypes.Value
	if config.As(&configured) != nil || state.As(&before) != nil {
		return config
	}

	all := maps.Clone(configured)

	for _, attribute := range block.Attributes {
		if attribute.Computed && configured[attribute.Name].IsNull() {
			all[attribute.Name] = before[attribute.Name]
		}
	}

	for _, nested := range block.BlockTypes {
		var now, then []tftypes.Value
		if nested.Nesting != tfprotov6.SchemaNestedBlockNestingModeList ||
			configured[nested.TypeName].As(&now) != nil || before[nested.TypeName].As(&then) != nil {
			continue
		}

		blocks := []tftypes.Value{}
		for i, each := range now {
			blocks = append(blocks, proposal(nested.Block, each, then[i]))
		}

		all[nested.TypeName] = tftypes.NewValue(nested.ValueType(), blocks)
	}

	return tftypes.NewValue(config.Type(), all)
}

func (c client) apply(config given, planned tftypes.Value) tftypes.Value {
	c.t.Helper()

	response, err := c.ApplyResourceChange(c.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: c.name, Config: c.sent(config), PriorState: c.sent(nil), PlannedState: c.wire(planned),
	})
	if err != nil {
		c.t.Fatal(err)
	}

	return c.received(response.NewState, nil)
}

func (c client) create(config given) tftypes.Value {
	c.t.Helper()

	planned, _ := c.plan(config, nil, config)

	return c.apply(config, planned)
}

func (c client) read(config given) tftypes.Value {
	c.t.Helper()

	response, err := c.ReadDataSource(c.t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: c.name, Config: c.sent(config)})
	if err != nil {
		c.t.Fatal(err)
	}

	return c.received(response.State, nil)
}

// at looks a value up by its path, `node_config.0.machine_type`.
func at(t *testing.T, value tftypes.Value, path string) tftypes.Value {
	t.Helper()

	for step := range strings.SplitSeq(path, ".") {
		var (
			object map[string]tftypes.Value
			list   []tftypes.Value
		)

		switch {
		case value.Type().Is(tftypes.Object{}) && value.As(&object) == nil:
			value = object[step]
		case value.As(&list) == nil && int(step[0]-'0') < len(list):
			value = list[step[0]-'0']
		default:
			t.Fatalf("no %s at %s in %s", step, path, value)
		}
	}

	return value
}

func text(t *testing.T, value tftypes.Value, path string) string {
	t.Helper()

	var found *string
	if err := at(t, value, path).As(&found); err != nil || found == nil {
		t.Fatalf("%s is no text: %v", path, err)
	}

	return *found
}

func texts(t *testing.T, value tftypes.Value, path string) []string {
	t.Helper()

	var found []tftypes.Value
	if err := at(t, value, path).As(&found); err != nil {
		t.Fatalf("%s is no list: %v", path, err)
	}

	all := []string{}

	for _, each := range found {
		var one string
		if err := each.As(&one); err != nil {
			t.Fatalf("%s has no texts: %v", path, err)
		}

		all = append(all, one)
	}

	return all
}
