package provider

import (
	"errors"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// decodeRequest reads a configuration as Terraform sent it. It keeps apart
// what is left out, what is not known yet and what is known, in objects for
// each of their attributes. An error means that the schema and this file
// disagree.
func decodeRequest(config tftypes.Value) (sizing.Request, error) {
	d := &decoder{}
	a := d.attributes(config)
	request := sizing.Request{
		Users:                argument[*big.Float](d, a["users"]),
		Cloud:                argument[string](d, a["cloud"]),
		Edition:              argument[string](d, a["edition"]),
		HighAvailability:     argument[bool](d, a["high_availability"]),
		ConcurrentWorkspaces: argument[*big.Float](d, a["concurrent_workspaces"]),
		ConcurrentBuilds:     argument[*big.Float](d, a["concurrent_builds"]),
		APIRPS:               argument[*big.Float](d, a["api_rps"]),
		Zones:                argument[*big.Float](d, a["zones"]),
		Packing:              argument[string](d, a["packing"]),
		MaxPodsPerNode:       argument[*big.Float](d, a["max_pods_per_node"]),
		ColocateProvisioners: argument[bool](d, a["colocate_provisioners"]),
		ProxyRegions:         argument[*big.Float](d, a["proxy_regions"]),
		BeyondRange:          argument[string](d, a["beyond_range"]),

		WorkspaceRequest: object(d, a["workspace_request"], func(a attributes) sizing.WorkspaceRequest {
			return sizing.WorkspaceRequest{
				CPU:       argument[*big.Float](d, a["cpu"]),
				MemoryGiB: argument[*big.Float](d, a["memory_gib"]),
				Volumes:   argument[*big.Float](d, a["volumes"]),
			}
		}),
		MachineTypes: object(d, a["machine_types"], func(a attributes) sizing.MachineTypes {
			return sizing.MachineTypes{
				Coderd:      argument[string](d, a["coderd"]),
				Provisioner: argument[string](d, a["provisioner"]),
				Workspace:   argument[string](d, a["workspace"]),
			}
		}),
		NodeOverhead: object(d, a["node_overhead"], func(a attributes) sizing.NodeOverhead {
			return sizing.NodeOverhead{
				CPUMillicores: argument[*big.Float](d, a["cpu_millicores"]),
				MemoryMiB:     argument[*big.Float](d, a["memory_mib"]),
				Pods:          argument[*big.Float](d, a["pods"]),
			}
		}),
		WorkspaceNodeAllocatable: object(d, a["workspace_node_allocatable"], func(a attributes) sizing.MeasuredAllocatable {
			return sizing.MeasuredAllocatable{
				CPUMillicores: argument[*big.Float](d, a["cpu_millicores"]),
				MemoryMiB:     argument[*big.Float](d, a["memory_mib"]),
			}
		}),
	}
	return request, d.err
}

type attributes map[string]tftypes.Value

// decoder collects what went wrong, so that reading stays one expression.
type decoder struct {
	err error
}

func (d *decoder) note(err error) {
	if err != nil {
		d.err = errors.Join(d.err, err)
	}
}

func (d *decoder) attributes(value tftypes.Value) attributes {
	var a map[string]tftypes.Value
	d.note(value.As(&a))
	return a
}

// argument reads a scalar; a number is a *big.Float.
func argument[T string | bool | *big.Float](d *decoder, value tftypes.Value) sizing.Arg[T] {
	switch {
	case !value.IsKnown():
		return sizing.Unknown[T]()
	case value.IsNull():
		return sizing.Arg[T]{}
	}
	var known T
	d.note(value.As(&known))
	return sizing.Known(known)
}

// object reads an object whose attributes are arguments of their own; they are
// unknown, or left out, where it is.
func object[T any](d *decoder, value tftypes.Value, read func(attributes) T) T {
	if value.IsKnown() && !value.IsNull() {
		return read(d.attributes(value))
	}
	var absent any
	if !value.IsKnown() {
		absent = tftypes.UnknownValue
	}
	var of tftypes.Object
	if object, ok := value.Type().(tftypes.Object); ok {
		of = object
	}
	parts := make(attributes, len(of.AttributeTypes))
	for name, part := range of.AttributeTypes {
		parts[name] = tftypes.NewValue(part, absent)
	}
	return read(parts)
}
