// SPDX-License-Identifier: MPL-2.0

package standin_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// notSold are machine types that a zone of the tests lacks. All else that is
// asked for is on sale everywhere.
var notSold = map[string][]string{"zone-b": {"n2-standard-8", "m5.2xlarge"}}

// market answers what the zones sell, which no schema tells.
type market struct{ tfprotov6.ProviderServer }

var quoted = regexp.MustCompile(`"([^"]+)"`)

// ReadDataSource answers the two data sources that ask for machine types.
func (m market) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	resp, err := m.ProviderServer.ReadDataSource(ctx, req)
	if err != nil || req.TypeName != "aws_ec2_instance_type_offerings" && req.TypeName != "google_compute_machine_types" {
		return resp, err
	}
	schemas, err := m.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	typ := schemas.DataSourceSchemas[req.TypeName].ValueType()
	state, err := resp.State.Unmarshal(typ)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", req.TypeName, err)
	}
	of := map[string]tftypes.Value{}
	if err := state.As(&of); err != nil {
		return nil, fmt.Errorf("%s: %w", req.TypeName, err)
	}
	if req.TypeName == "google_compute_machine_types" {
		err = googleSells(of)
	} else {
		err = amazonSells(of)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", req.TypeName, err)
	}
	answer, err := tfprotov6.NewDynamicValue(typ, tftypes.NewValue(typ, of))
	return &tfprotov6.ReadDataSourceResponse{State: &answer}, err
}

// googleSells answers a filter that names machine types in quotes.
func googleSells(of map[string]tftypes.Value) error {
	var filter, zone string
	if err := of["filter"].As(&filter); err != nil {
		return err
	}
	if err := of["zone"].As(&zone); err != nil {
		return err
	}
	list := of["machine_types"].Type().(tftypes.List)
	element := list.ElementType.(tftypes.Object)
	var sold []tftypes.Value
	for _, name := range quoted.FindAllStringSubmatch(filter, -1) {
		if slices.Contains(notSold[zone], name[1]) {
			continue
		}
		machine := map[string]tftypes.Value{}
		for attribute, typ := range element.AttributeTypes {
			machine[attribute] = tftypes.NewValue(typ, nil)
		}
		machine["name"] = tftypes.NewValue(tftypes.String, name[1])
		sold = append(sold, tftypes.NewValue(element, machine))
	}
	of["machine_types"] = tftypes.NewValue(list, sold)
	return nil
}

// amazonSells answers two filters, of types and of zones, by two lists of one length.
func amazonSells(of map[string]tftypes.Value) error {
	var filters []tftypes.Value
	if err := of["filter"].As(&filters); err != nil {
		return err
	}
	asked := map[string][]string{}
	for _, filter := range filters {
		var parts map[string]tftypes.Value
		if err := filter.As(&parts); err != nil {
			return err
		}
		var name string
		var values []tftypes.Value
		if err := parts["name"].As(&name); err != nil {
			return err
		}
		if err := parts["values"].As(&values); err != nil {
			return err
		}
		for _, value := range values {
			var text string
			if err := value.As(&text); err != nil {
				return err
			}
			asked[name] = append(asked[name], text)
		}
	}
	if asked["location"] == nil || asked["instance-type"] == nil {
		return nil
	}
	var types, locations []tftypes.Value
	for _, zone := range asked["location"] {
		for _, name := range asked["instance-type"] {
			if !slices.Contains(notSold[zone], name) {
				types = append(types, tftypes.NewValue(tftypes.String, name))
				locations = append(locations, tftypes.NewValue(tftypes.String, zone))
			}
		}
	}
	of["instance_types"] = tftypes.NewValue(of["instance_types"].Type(), types)
	of["locations"] = tftypes.NewValue(of["locations"].Type(), locations)
	return nil
}
