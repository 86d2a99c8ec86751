// SPDX-License-Identifier: MPL-2.0

// Command constant is a provider with the schema of refarch that answers without calculating: for each cloud it repeats
// the first answer of the real provider. What it costs is what Terraform, the protocol and an answer of that size cost,
// whoever calculates it. It validates nothing.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/vmihailenco/msgpack/v5"

	"github.com/refarch/terraform-provider-refarch/internal/provider"
)

func main() {
	debug := flag.Bool("debug", false, "print how Terraform reaches this process, and stay")
	flag.Parse()

	constant := server{provider.NewServer("constant")(), &sync.Map{}}
	// Served as refarch is: what differs is the answer.
	if err := provider.Serve(func() tfprotov6.ProviderServer { return constant }, *debug); err != nil {
		log.Fatal(err)
	}
}

// object is one in MessagePack, its attributes not decoded.
type object = map[string]msgpack.RawMessage

// server is the real provider but for its answers: the schema is its own.
type server struct {
	tfprotov6.ProviderServer

	answers *sync.Map // by cloud
}

// ValidateDataResourceConfig finds no fault.
func (server) ValidateDataResourceConfig(context.Context, *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

// ReadDataSource puts the constant where the configuration has nothing. It copies bytes and decodes no value.
func (s server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	var state object
	if err := msgpack.Unmarshal(req.Config.MsgPack, &state); err != nil {
		return nil, fmt.Errorf("reading a configuration: %w", err)
	}
	cloud := string(state["cloud"])
	answer, known := s.answers.Load(cloud)
	if !known {
		resp, err := s.ProviderServer.ReadDataSource(ctx, req)
		if err != nil || len(resp.Diagnostics) > 0 {
			return resp, err
		}
		var first object
		if err := msgpack.Unmarshal(resp.State.MsgPack, &first); err != nil {
			return nil, fmt.Errorf("reading an answer: %w", err)
		}
		answer, _ = s.answers.LoadOrStore(cloud, first)
	}
	repeated, _ := answer.(object)
	for name, value := range repeated {
		if state[name] == nil { // which is how null is read
			state[name] = value
		}
	}
	packed, err := msgpack.Marshal(state)
	if err != nil {
		return nil, fmt.Errorf("writing a state: %w", err)
	}
	return &tfprotov6.ReadDataSourceResponse{State: &tfprotov6.DynamicValue{MsgPack: packed}}, nil
}
