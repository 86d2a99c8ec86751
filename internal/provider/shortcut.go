// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// shortcut answers what a plan may hold by the thousand before the framework
// sees it: a refarch_sizing whose configuration is known and without fault.
// For each attribute of each read the framework walks and converts the whole
// schema, which takes up to a hundred times as long as the answer. Everything
// else goes to the framework as it is, and without the two methods all would.
type shortcut struct {
	tfprotov6.ProviderServer

	// states is nil where only the framework can answer.
	states func() *stateEncoder
}

// newShortcut asks the schema of a data source, refarch_sizing, on first use.
func newShortcut(framework tfprotov6.ProviderServer, source datasource.DataSource) shortcut {
	return shortcut{framework, sync.OnceValue(func() *stateEncoder {
		states, err := sizingStatesOf(source)
		if err != nil || needsFramework(source, states.schema) {
			return nil // an error is the framework's to tell
		}
		return states
	})}
}

// ValidateDataResourceConfig finds no fault, or leaves it to the framework.
func (s shortcut) ValidateDataResourceConfig(ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	if set, ok := s.known(req.TypeName, req.Config); ok {
		if faults, err := check(set); err == nil && len(faults) == 0 {
			return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
		}
	}
	return s.ProviderServer.ValidateDataResourceConfig(ctx, req)
}

// ReadDataSource answers, or leaves it to the framework.
func (s shortcut) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	if set, ok := s.known(req.TypeName, req.Config); ok {
		answer, faults, err := size(set)
		if err == nil && len(faults) == 0 && len(extrapolationWarning(answer)) == 0 {
			if state, err := s.states().encode(set, answer); err == nil {
				logAnswer(ctx, answer)
				return &tfprotov6.ReadDataSourceResponse{State: state}, nil
			}
		}
	}
	return s.ProviderServer.ReadDataSource(ctx, req)
}

// known is what the configuration of a refarch_sizing sets where everything is
// known and nothing is at fault by the schema alone.
func (s shortcut) known(typeName string, config *tfprotov6.DynamicValue) (settings, bool) {
	if typeName != "refarch_sizing" || config == nil {
		return nil, false
	}
	states := s.states()
	if states == nil {
		return nil, false
	}
	set, err := unpackSettings(config.MsgPack, states.object.AttributeTypes)
	return set, err == nil && set.areKnown() && fits(states.schema.Attributes, set)
}

// fits reports that an object sets what is required and nothing that only an
// answer can set: the framework tells of both.
func fits(attributes map[string]schema.Attribute, given map[string]tftypes.Value) bool {
	for name, attribute := range attributes {
		value := given[name]
		switch {
		case value.IsNull() && attribute.IsRequired():
			return false
		case value.IsNull():
			continue
		case !attribute.IsRequired() && !attribute.IsOptional():
			return false
		}
		switch a := attribute.(type) {
		case schema.SingleNestedAttribute:
			if !objectFits(a.Attributes, value) {
				return false
			}
		case schema.ListNestedAttribute:
			var elements []tftypes.Value
			if value.As(&elements) != nil || !eachFits(a.NestedObject, slices.Values(elements)) {
				return false
			}
		case schema.MapNestedAttribute:
			var elements map[string]tftypes.Value
			if value.As(&elements) != nil || !eachFits(a.NestedObject, maps.Values(elements)) {
				return false
			}
		}
	}
	return true
}

func eachFits(object schema.NestedAttributeObject, elements iter.Seq[tftypes.Value]) bool {
	for element := range elements {
		if !objectFits(object.Attributes, element) {
			return false
		}
	}
	return true
}

func objectFits(attributes map[string]schema.Attribute, object tftypes.Value) bool {
	var given map[string]tftypes.Value
	return !object.IsNull() && object.As(&given) == nil && fits(attributes, given)
}

// needsFramework reports that a data source has anything for which the
// framework calls its code or tells something at validation or reading.
func needsFramework(source datasource.DataSource, s schema.Schema) bool {
	switch source.(type) {
	case datasource.DataSourceWithConfigure, datasource.DataSourceWithConfigValidators:
		return true
	}
	return s.DeprecationMessage != "" || len(s.Blocks) > 0 || !acceptsAll(s.Attributes)
}

// acceptsAll reports that attributes have types of the framework's own that accept
// every value, no validators and no deprecations.
func acceptsAll(attributes map[string]schema.Attribute) bool {
	for _, attribute := range attributes {
		accepts := false
		switch a := attribute.(type) {
		case schema.BoolAttribute:
			accepts = a.CustomType == nil && len(a.Validators) == 0
		case schema.NumberAttribute:
			accepts = a.CustomType == nil && len(a.Validators) == 0
		case schema.StringAttribute:
			accepts = a.CustomType == nil && len(a.Validators) == 0
		case schema.ListAttribute:
			accepts = a.CustomType == nil && len(a.Validators) == 0 && a.ElementType == types.StringType
		case schema.MapAttribute:
			accepts = a.CustomType == nil && len(a.Validators) == 0 && a.ElementType == types.StringType
		case schema.SingleNestedAttribute:
			accepts = a.CustomType == nil && len(a.Validators) == 0 && acceptsAll(a.Attributes)
		case schema.ListNestedAttribute:
			accepts = a.CustomType == nil && len(a.Validators) == 0 && acceptsEveryObject(a.NestedObject)
		case schema.MapNestedAttribute:
			accepts = a.CustomType == nil && len(a.Validators) == 0 && acceptsEveryObject(a.NestedObject)
		}
		if !accepts || attribute.GetDeprecationMessage() != "" {
			return false
		}
	}
	return true
}

func acceptsEveryObject(o schema.NestedAttributeObject) bool {
	return o.CustomType == nil && len(o.Validators) == 0 && acceptsAll(o.Attributes)
}
