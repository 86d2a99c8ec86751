package main

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/provider"
)

// dataSource is what is measured.
const dataSource = "refarch_sizing"

// answersRead is how many real answers the constant is chosen from.
const answersRead = 300

// typicalAnswer is the real answer whose size is closest to the mean, as the
// text that is linked into the constant provider, and its size: Terraform shall
// have as much to read from the one as from the other.
func typicalAnswer(ctx context.Context) (string, int, error) {
	server := provider.NewServer("bench")()
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return "", 0, fmt.Errorf("asking for the schema: %w", err)
	}
	schema := schemas.DataSourceSchemas[dataSource].ValueType()

	var states [][]byte
	total := 0
	for _, in := range inputs(answersRead) {
		state, err := read(ctx, server, schema, in)
		if err != nil {
			return "", 0, fmt.Errorf("%d users on %s: %w", in.users, in.cloud, err)
		}
		states = append(states, state)
		total += len(state)
	}
	typical := states[0]
	for _, state := range states {
		if distance(len(state)*answersRead, total) < distance(len(typical)*answersRead, total) {
			typical = state
		}
	}
	return base64.StdEncoding.EncodeToString(typical), len(typical), nil
}

func distance(a, b int) int { return max(a-b, b-a) }

// read asks the real provider, at the protocol.
func read(ctx context.Context, server tfprotov6.ProviderServer, schema tftypes.Type, in input) ([]byte, error) {
	object, ok := schema.(tftypes.Object)
	if !ok {
		return nil, fmt.Errorf("%s is no object", dataSource)
	}
	given := map[string]any{"users": in.users, "cloud": in.cloud}
	attributes := make(map[string]tftypes.Value, len(object.AttributeTypes))
	for name, attribute := range object.AttributeTypes {
		attributes[name] = tftypes.NewValue(attribute, given[name])
	}
	config, err := tfprotov6.NewDynamicValue(schema, tftypes.NewValue(schema, attributes))
	if err != nil {
		return nil, fmt.Errorf("writing a configuration: %w", err)
	}
	resp, err := server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: dataSource, Config: &config})
	if err != nil {
		return nil, err
	}
	for _, d := range resp.Diagnostics {
		return nil, fmt.Errorf("%s: %s", d.Summary, d.Detail)
	}
	return resp.State.MsgPack, nil
}
