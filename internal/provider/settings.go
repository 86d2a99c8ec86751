// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"errors"
	"fmt"
	"io"

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
		length, err := d.DecodeBytesLen()
		begin := len(packed) - rest.Len()
		if err != nil || length < 0 || length > rest.Len() {
			return nil, errors.Join(errors.New("the name of an attribute is not whole"), err)
		}
		name := packed[begin : begin+length] // a text of its own only where it is needed
		if _, err := rest.Seek(int64(length), io.SeekCurrent); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		if err := d.Skip(); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		value := packed[begin+length : len(packed)-rest.Len()]
		of, ok := types[string(name)]
		switch {
		case !ok:
			return nil, fmt.Errorf("the schema has no attribute %q", name)
		case value[0] == msgpcode.Nil:
			continue
		}
		if set[string(name)], err = (tfprotov6.DynamicValue{MsgPack: value}).Unmarshal(of); err != nil {
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
