// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/vmihailenco/msgpack/v5/msgpcode"
)

// NewServer returns what serves the provider of a version.
func NewServer(version string) func() tfprotov6.ProviderServer {
	return newServer(&refarchProvider{version: version}, newSizingDataSource())
}

// newServer serves a provider, and the data source that is its refarch_sizing.
func newServer(p provider.Provider, sizing datasource.DataSource) func() tfprotov6.ProviderServer {
	framework := providerserver.NewProtocol6(p)
	return func() tfprotov6.ProviderServer {
		return newShortcut(server{framework()}, sizing)
	}
}

// server is the framework's but for one name and for both ends of functions.
type server struct {
	tfprotov6.ProviderServer
}

// The framework reserves a root attribute's name in data sources too, where
// Terraform itself does not. It does so in GetProviderSchema alone: there the
// attribute is lent another name, which sorts where its own does.
const (
	reservedName = "provisioner"
	lentName     = "provisioner_"
)

// lending is the key, in the context of a call, to whether names are lent.
type lending struct{}

// lend is for the Schema of every data source that has the reserved name.
func lend(ctx context.Context, attributes map[string]schema.Attribute) map[string]schema.Attribute {
	if attribute, ok := attributes[reservedName]; ok && ctx.Value(lending{}) != nil {
		delete(attributes, reservedName)
		attributes[lentName] = attribute
	}
	return attributes
}

// GetProviderSchema gives attributes that were lent a name their own back.
func (s server) GetProviderSchema(ctx context.Context, req *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	resp, err := s.ProviderServer.GetProviderSchema(context.WithValue(ctx, lending{}, true), req)
	if err != nil {
		return resp, err
	}
	for _, source := range resp.DataSourceSchemas {
		for _, attribute := range source.Block.Attributes {
			if attribute.Name == lentName {
				attribute.Name = reservedName
			}
		}
	}
	return resp, nil
}

// CallFunction has the framework call a function, but for both ends. OpenTofu
// sends no value at all for an argument that is null, which the framework
// cannot read; and a result that is packed already goes out as it is.
func (s server) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	call := *req
	call.Arguments = slices.Clone(req.Arguments)
	for i, argument := range call.Arguments {
		if argument == nil || len(argument.MsgPack) == 0 && len(argument.JSON) == 0 {
			call.Arguments[i] = &tfprotov6.DynamicValue{MsgPack: []byte{msgpcode.Nil}}
		}
	}
	var result tfprotov6.DynamicValue
	resp, err := s.ProviderServer.CallFunction(context.WithValue(ctx, packedResult{}, &result), &call)
	if err == nil && resp.Error == nil && len(result.MsgPack) > 0 {
		resp.Result = &result
	}
	return resp, err
}
