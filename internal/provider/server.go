package provider

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5/msgpcode"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// NewServer returns what serves the provider of a version.
func NewServer(version string) func() tfprotov6.ProviderServer {
	framework := providerserver.NewProtocol6(&refarchProvider{version: version})
	return func() tfprotov6.ProviderServer {
		return server{ProviderServer: framework(), dataSources: map[string]dataSource{
			"refarch_sizing":   sizingDataSource{},
			"refarch_editions": editionsDataSource{},
		}}
	}
}

// server answers for the data sources itself and leaves everything else to the
// framework, for two reasons. The framework reserves the attribute name
// "provisioner" in data sources too, where Terraform itself does not. And for
// each attribute of each read it walks and converts the whole schema, which
// takes longer than the answer where a plan makes thousands.
type server struct {
	tfprotov6.ProviderServer

	dataSources map[string]dataSource
}

// dataSource is a configuration in and a state out.
type dataSource interface {
	model() (*model, error)
	// validate judges what is known of a configuration.
	validate(m *model, config tftypes.Value) ([]sizing.Fault, error)
	// read answers a configuration. While something in it is unknown, so are
	// the attributes of the answer.
	read(m *model, config tftypes.Value) (answer, error)
}

// answer is a state, or else the faults of the configuration.
type answer struct {
	state            *tfprotov6.DynamicValue
	faults, warnings []sizing.Fault
}

// GetMetadata adds the data sources to what the framework knows of.
func (s server) GetMetadata(ctx context.Context, req *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	resp, err := s.ProviderServer.GetMetadata(ctx, req)
	if err != nil {
		return resp, err
	}
	for _, name := range slices.Sorted(maps.Keys(s.dataSources)) {
		resp.DataSources = append(resp.DataSources, tfprotov6.DataSourceMetadata{TypeName: name})
	}
	return resp, nil
}

// GetProviderSchema adds the data sources to what the framework knows of.
func (s server) GetProviderSchema(ctx context.Context, req *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	resp, err := s.ProviderServer.GetProviderSchema(ctx, req)
	if err != nil {
		return resp, err
	}
	for name, source := range s.dataSources {
		m, err := source.model()
		if err != nil {
			return nil, fmt.Errorf("the schema of %s: %w", name, err)
		}
		resp.DataSourceSchemas[name] = protocolSchema(m.schema)
	}
	return resp, nil
}

// ValidateDataResourceConfig tells every fault of what is known at once.
func (s server) ValidateDataResourceConfig(ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	source, ok := s.dataSources[req.TypeName]
	if !ok {
		return s.ProviderServer.ValidateDataResourceConfig(ctx, req)
	}
	m, config, err := open(source, req.Config)
	if err != nil {
		return nil, err
	}
	faults, err := source.validate(m, config)
	if err != nil {
		return nil, err
	}
	faults = append(faults, m.judgeReadOnly(config)...)
	return &tfprotov6.ValidateDataResourceConfigResponse{Diagnostics: diagnostics(faults, tfprotov6.DiagnosticSeverityError)}, nil
}

// ReadDataSource answers a configuration.
func (s server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	source, ok := s.dataSources[req.TypeName]
	if !ok {
		return s.ProviderServer.ReadDataSource(ctx, req)
	}
	m, config, err := open(source, req.Config)
	if err != nil {
		return nil, err
	}
	answer, err := source.read(m, config)
	if err != nil {
		return nil, err
	}
	if len(answer.faults) > 0 {
		return &tfprotov6.ReadDataSourceResponse{
			State: req.Config, Diagnostics: diagnostics(answer.faults, tfprotov6.DiagnosticSeverityError),
		}, nil
	}
	return &tfprotov6.ReadDataSourceResponse{
		State: answer.state, Diagnostics: diagnostics(answer.warnings, tfprotov6.DiagnosticSeverityWarning),
	}, nil
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

func open(source dataSource, config *tfprotov6.DynamicValue) (*model, tftypes.Value, error) {
	m, err := source.model()
	if err != nil {
		return nil, tftypes.Value{}, err
	}
	if config == nil {
		return nil, tftypes.Value{}, errors.New("the call carries no configuration")
	}
	value, err := config.Unmarshal(m.object)
	return m, value, err
}
