// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"
)

// settings are the attributes that a configuration sets, by their names. What
// it leaves out is null, or not there.
type settings map[string]tftypes.Value

func settingsOf(config tftypes.Value) (settings, error) {
	var set map[string]tftypes.Value
	if err := config.As(&set); err != nil {
		return nil, fmt.Errorf("reading a configuration: %w", err)
	}
	return set, nil
}

// unpackSettings reads a configuration as Terraform sends it, and passes over
// the nulls: most attributes are the answer's, and values with types for all of
// them would take longer than the answer.
func unpackSettings(packed []byte, types map[string]tftypes.Type) (settings, error) {
	rest := bytes.NewReader(packed)
	d := msgpack.NewDecoder(rest)
	count, err := d.DecodeMapLen()
	if err != nil {
		return nil, fmt.Errorf("reading a configuration: %w", err)
	}
	if count != len(types) {
		return nil, fmt.Errorf("there are %d attributes, and the schema has %d", count, len(types))
	}
	set := make(settings, 8)
	for range count {
		name, err := d.DecodeString()
		if err != nil {
			return nil, fmt.Errorf("reading the name of an attribute: %w", err)
		}
		begin := len(packed) - rest.Len()
		if err := d.Skip(); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		value := packed[begin : len(packed)-rest.Len()]
		of, ok := types[name]
		switch {
		case !ok:
			return nil, fmt.Errorf("the schema has no attribute %q", name)
		case value[0] == msgpcode.Nil:
			continue
		}
		if set[name], err = (tfprotov6.DynamicValue{MsgPack: value}).Unmarshal(of); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
	}
	return set, nil
}

// areKnown reports that nothing in them is left to an apply.
func (s settings) areKnown() bool {
	for _, value := range s {
		if !value.IsFullyKnown() {
			return false
		}
	}
	return true
}
