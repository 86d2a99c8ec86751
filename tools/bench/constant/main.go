// Command constant is a provider with the schema of refarch that always gives
// the same answer, encoded beforehand: what Terraform, the protocol and an
// answer of that size cost, whoever calculates it. It validates nothing.
package main

import (
	"context"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/vmihailenco/msgpack/v5"

	"github.com/refarch/terraform-provider-refarch/internal/provider"
)

// answer is a state of the real provider in MessagePack and Base64. The
// benchmark links it in: -ldflags "-X main.answer=...".
var answer string

func main() {
	debug := flag.Bool("debug", false, "print how Terraform reaches this process, and stay")
	flag.Parse()

	constant, err := newServer(provider.NewServer("constant")(), answer)
	if err != nil {
		log.Fatal(err)
	}
	// Served as refarch is: what differs is the answer.
	if err := provider.Serve(func() tfprotov6.ProviderServer { return constant }, *debug); err != nil {
		log.Fatal(err)
	}
}

// server is the real provider but for its answers: the schema is its own.
type server struct {
	tfprotov6.ProviderServer

	attributes map[string]msgpack.RawMessage
}

func newServer(genuine tfprotov6.ProviderServer, answer string) (server, error) {
	s := server{ProviderServer: genuine}
	packed, err := base64.StdEncoding.DecodeString(answer)
	if err != nil {
		return s, fmt.Errorf("the answer linked in is no Base64: %w", err)
	}
	if len(packed) == 0 {
		return s, errors.New("no answer is linked in: the benchmark builds this program")
	}
	if err := msgpack.Unmarshal(packed, &s.attributes); err != nil {
		return s, fmt.Errorf("the answer linked in is no object: %w", err)
	}
	return s, nil
}

// ValidateDataResourceConfig finds no fault.
func (s server) ValidateDataResourceConfig(context.Context, *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return &tfprotov6.ValidateDataResourceConfigResponse{}, nil
}

// ReadDataSource puts the constant where the configuration has nothing. It
// copies bytes and decodes no value.
func (s server) ReadDataSource(_ context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	if req.Config == nil {
		return nil, errors.New("the call carries no configuration")
	}
	var state map[string]msgpack.RawMessage
	if err := msgpack.Unmarshal(req.Config.MsgPack, &state); err != nil {
		return nil, fmt.Errorf("reading a configuration: %w", err)
	}
	for name, value := range s.attributes {
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
