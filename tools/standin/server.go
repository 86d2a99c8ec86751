package standin

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// server answers for one provider. It keeps nothing between two calls: what it made stands in Terraform's state.
type server struct {
	unsupported

	*catalogue
}

var _ tfprotov6.ProviderServer = server{}

func (k *kind) typ() tftypes.Type {
	return k.schema.ValueType()
}

// known looks a type up.
func known(kinds map[string]*kind, name string) (*kind, error) {
	if found, ok := kinds[name]; ok {
		return found, nil
	}

	return nil, fmt.Errorf("the schemas of the stand-in have no %s", name)
}

// decode reads what Terraform sent, one value after the other.
func (k *kind) decode(sent ...*tfprotov6.DynamicValue) ([]tftypes.Value, error) {
	values := make([]tftypes.Value, 0, len(sent))

	for _, each := range sent {
		value, err := each.Unmarshal(k.typ())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k.name, err)
		}

		values = append(values, value)
	}

	return values, nil
}

func (k *kind) encode(value tftypes.Value) (*tfprotov6.DynamicValue, error) {
	sent, err := tfprotov6.NewDynamicValue(k.typ(), value)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", k.name, err)
	}

	return &sent, nil
}

// GetMetadata names the types.
func (s server) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	response := &tfprotov6.GetMetadataResponse{ServerCapabilities: s.schema.ServerCapabilities}
	for name := range s.resources {
		response.Resources = append(response.Resources, tfprotov6.ResourceMetadata{TypeName: name})
	}

	for name := range s.dataSources {
		response.DataSources = append(response.DataSources, tfprotov6.DataSourceMetadata{TypeName: name})
	}

	return response, nil
}

// GetProviderSchema hands out the schemas as data.
func (s server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return s.schema, nil
}

// ValidateProviderConfig takes any configuration that fits the schema.
func (server) ValidateProviderConfig(
	_ context.Context, request *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: request.Config}, nil
}

// ConfigureProvider needs nothing: nobody is called.
func (server) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

// StopProvider has nothing to stop.
func (server) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

// ValidateResourceConfig refuses what only the provider may set, the id among it, which the schemas show as free to set.
func (s server) ValidateResourceConfig(
	_ context.Context, request *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	faults, err := validate(s.resources, request.TypeName, request.Config, "id")

	return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: faults}, err
}

// ValidateDataResourceConfig refuses what only the provider may set.
func (s server) ValidateDataResourceConfig(
	_ context.Context, request *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	faults, err := validate(s.dataSources, request.TypeName, request.Config)

	return &tfprotov6.ValidateDataResourceConfigResponse{Diagnostics: faults}, err
}

func validate(kinds map[string]*kind, name string, sent *tfprotov6.DynamicValue, also ...string) ([]*tfprotov6.Diagnostic, error) {
	k, err := known(kinds, name)
	if err != nil {
		return nil, err
	}

	values, err := k.decode(sent)
	if err != nil {
		return nil, err
	}

	parts := slices.Clone(k.parts)
	for i, p := range parts {
		if p.settled() && slices.Contains(also, p.name) {
			parts[i].attribute = &tfprotov6.SchemaAttribute{Name: p.name, Computed: true}
		}
	}

	return refused(parts, values[0], tftypes.NewAttributePath()), nil
}

// UpgradeResourceState reads a state of any version as one of this version.
func (s server) UpgradeResourceState(
	_ context.Context, request *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	k, err := known(s.resources, request.TypeName)
	if err != nil {
		return nil, err
	}

	options := tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}}

	value, err := request.RawState.UnmarshalWithOpts(k.typ(), options)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", k.name, err)
	}

	state, err := k.encode(value)

	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: state}, err
}

// ReadResource finds everything as it was left.
func (server) ReadResource(_ context.Context, request *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: request.CurrentState, Private: request.Private}, nil
}

// PlanResourceChange says what will be unknown until the apply and which changes make a new resource.
func (s server) PlanResourceChange(
	_ context.Context, request *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	k, err := known(s.resources, request.TypeName)
	if err != nil {
		return nil, err
	}

	values, err := k.decode(request.PriorState, request.ProposedNewState)
	if err != nil {
		return nil, err
	}

	prior, proposed := values[0], values[1]
	response := &tfprotov6.PlanResourceChangeResponse{
		PlannedPrivate:              request.PriorPrivate,
		UnsafeToUseLegacyTypeSystem: k.legacy, //nolint:staticcheck // what the real providers of these types are allowed
	}

	if !prior.IsNull() && !proposed.IsNull() {
		response.RequiresReplace = k.replacing(prior, proposed)
	}

	response.PlannedState, err = k.encode(rebuild(k.parts, proposed, prior, plan))

	return response, err
}

// ApplyResourceChange makes what was planned and invents what was unknown.
func (s server) ApplyResourceChange(
	_ context.Context, request *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	k, err := known(s.resources, request.TypeName)
	if err != nil {
		return nil, err
	}

	values, err := k.decode(request.PlannedState, request.Config)
	if err != nil {
		return nil, err
	}

	planned, config := values[0], values[1]
	state, err := k.encode(rebuild(k.parts, planned, config, newInventor(k.name, config).finish))

	return &tfprotov6.ApplyResourceChangeResponse{
		NewState:                    state,
		Private:                     request.PlannedPrivate,
		UnsafeToUseLegacyTypeSystem: k.legacy, //nolint:staticcheck // as in the plan
	}, err
}

// ReadDataSource invents what the configuration does not say.
func (s server) ReadDataSource(_ context.Context, request *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	k, err := known(s.dataSources, request.TypeName)
	if err != nil {
		return nil, err
	}

	values, err := k.decode(request.Config)
	if err != nil {
		return nil, err
	}

	config := values[0]
	invent := newInventor(k.name, config)
	nothing := null(config.Type())

	asked := rebuild(k.parts, config, nothing, func(p part, value, prior tftypes.Value) tftypes.Value {
		if value.IsNull() && slices.Contains(surroundings, p.name) {
			return unknown(p.typ)
		}

		return plan(p, value, prior)
	})

	state, err := k.encode(rebuild(k.parts, asked, config, func(p part, value, config tftypes.Value) tftypes.Value {
		if !value.IsKnown() {
			return invent.invent(p.name, p.typ)
		}

		return invent.finish(p, value, config)
	}))

	return &tfprotov6.ReadDataSourceResponse{State: state}, err
}

// surroundings are arguments of data sources that a provider fills in from its own configuration, though the schema does not say so.
var surroundings = []string{"project", "project_id", "region", "zone"}
