// SPDX-License-Identifier: MPL-2.0

package standin

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// server answers for one provider. It keeps nothing between two calls: what it made stands in Terraform's state. The
// calls that no module in the tests leads to, such as import, are those of a nil interface: they end the test.
type server struct {
	tfprotov6.ProviderServer

	schema                 *tfprotov6.GetProviderSchemaResponse
	resources, dataSources map[string]*kind
}

// GetProviderSchema hands out the schemas as data.
func (s server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return s.schema, nil
}

// GetResourceIdentitySchemas has none: the schemas' files have none.
func (server) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

// ValidateProviderConfig takes any configuration that fits the schema.
func (server) ValidateProviderConfig(_ context.Context, req *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: req.Config}, nil
}

// ConfigureProvider needs nothing: nobody is called.
func (server) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

// StopProvider has nothing to stop.
func (server) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

// ValidateResourceConfig refuses what only the provider may set.
func (s server) ValidateResourceConfig(_ context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	k := s.resources[req.TypeName]
	values, err := k.decode(req.Config)
	if err != nil {
		return nil, err
	}
	faults, err := k.refused(values[0])
	return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: faults}, err
}

// ValidateDataResourceConfig refuses what only the provider may set.
func (s server) ValidateDataResourceConfig(_ context.Context, req *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	k := s.dataSources[req.TypeName]
	values, err := k.decode(req.Config)
	if err != nil {
		return nil, err
	}
	faults, err := k.refused(values[0])
	return &tfprotov6.ValidateDataResourceConfigResponse{Diagnostics: faults}, err
}

// UpgradeResourceState reads a state as one of this version.
func (s server) UpgradeResourceState(_ context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	k := s.resources[req.TypeName]
	value, err := req.RawState.Unmarshal(k.schema.ValueType())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", k.name, err)
	}
	state, err := k.encode(value)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: state}, err
}

// ReadResource finds everything as it was left.
func (server) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private}, nil
}

// PlanResourceChange says what will be unknown until the apply and which changes make a new resource.
func (s server) PlanResourceChange(_ context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	k := s.resources[req.TypeName]
	values, err := k.decode(req.PriorState, req.ProposedNewState)
	if err != nil {
		return nil, err
	}
	prior := values[0]
	planned, err := k.plan(prior, values[1])
	if err != nil {
		return nil, err
	}
	resp := &tfprotov6.PlanResourceChangeResponse{
		PlannedPrivate:              req.PriorPrivate,
		UnsafeToUseLegacyTypeSystem: k.legacy(), //nolint:staticcheck // what the real providers of these types are allowed
	}
	if !prior.IsNull() && !planned.IsNull() {
		if resp.RequiresReplace, err = k.replacing(prior, planned); err != nil {
			return nil, err
		}
	}
	resp.PlannedState, err = k.encode(planned)
	return resp, err
}

// ApplyResourceChange makes what was planned and invents what was unknown.
func (s server) ApplyResourceChange(_ context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	k := s.resources[req.TypeName]
	values, err := k.decode(req.PlannedState, req.Config)
	if err != nil {
		return nil, err
	}
	finished, err := k.finish(values[0], values[1])
	if err != nil {
		return nil, err
	}
	state, err := k.encode(finished)
	return &tfprotov6.ApplyResourceChangeResponse{
		NewState:                    state,
		Private:                     req.PlannedPrivate,
		UnsafeToUseLegacyTypeSystem: k.legacy(), //nolint:staticcheck // as in the plan
	}, err
}

// ReadDataSource invents what the configuration does not say.
func (s server) ReadDataSource(_ context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	k := s.dataSources[req.TypeName]
	values, err := k.decode(req.Config)
	if err != nil {
		return nil, err
	}
	planned, err := k.plan(tftypes.NewValue(k.schema.ValueType(), nil), values[0])
	if err != nil {
		return nil, err
	}
	finished, err := k.finish(planned, values[0])
	if err != nil {
		return nil, err
	}
	state, err := k.encode(finished)
	return &tfprotov6.ReadDataSourceResponse{State: state}, err
}

// decode reads what Terraform sent.
func (k *kind) decode(sent ...*tfprotov6.DynamicValue) ([]tftypes.Value, error) {
	var values []tftypes.Value
	for _, each := range sent {
		value, err := each.Unmarshal(k.schema.ValueType())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k.name, err)
		}
		values = append(values, value)
	}
	return values, nil
}

func (k *kind) encode(value tftypes.Value) (*tfprotov6.DynamicValue, error) {
	sent, err := tfprotov6.NewDynamicValue(k.schema.ValueType(), value)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", k.name, err)
	}
	return &sent, nil
}
