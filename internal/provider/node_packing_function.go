package provider

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

var _ function.Function = nodePackingFunction{}

type nodePackingFunction struct{}

func newNodePackingFunction() function.Function { return nodePackingFunction{} }

// nodePackingModel describes the result as if it were a data source's.
var nodePackingModel = sync.OnceValues(func() (*model, error) {
	return newModel(schema.Schema{Attributes: map[string]schema.Attribute{
		"vcpu":                       number("vCPU of the machine type"),
		"memory_mib":                 number("nominal memory in MiB, by the cloud's specification"),
		"reserved_cpu_millicores":    number("millicores that the node keeps for itself"),
		"reserved_memory_mib":        number("MiB that the node keeps for itself, the eviction threshold included"),
		"allocatable_cpu_millicores": number("millicores that the node offers to pods"),
		"allocatable_memory_mib":     number("MiB that the node offers to pods: less what the kernel takes and what is reserved"),
		"schedulable_cpu_millicores": number("allocatable millicores less the requests of the cloud's own daemons"),
		"schedulable_memory_mib":     number("allocatable MiB less the requests of the cloud's own daemons"),
		"max_pods":                   number("the pod limit that the figures assume"),
		"max_volumes":                number("disks that the cloud's storage driver attaches at most"),
		"pods":                       number("pods of this request that fit, 0 where none does; disks are not counted"),
		"limited_by":                 text("what bounds `pods`: " + oneOf([]string{"memory", "cpu", "pods"})),
	}}, reflect.TypeFor[sizing.NodePacking]())
})

func (nodePackingFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "node_packing"
}

func (nodePackingFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	m, err := nodePackingModel()
	if err != nil {
		resp.Diagnostics.AddError("Faulty Result Type", err.Error())
		return
	}
	var results strings.Builder
	for _, name := range slices.Sorted(maps.Keys(m.schema.Attributes)) {
		fmt.Fprintf(&results, "\n- `%s`: %s", name, m.schema.Attributes[name].GetMarkdownDescription())
	}
	resp.Definition = function.Definition{
		Summary: "How many pods of one size Kubernetes places on a node",
		MarkdownDescription: "What a node of a machine type takes beside the cloud's own reservations and daemons: GKE node pools, " +
			"EKS managed node groups on Amazon Linux, AKS node pools. An object with:\n" + results.String(),
		Parameters: []function.Parameter{
			function.StringParameter{
				Name: "cloud", AllowUnknownValues: true,
				MarkdownDescription: "The cloud of the node: " + oneOf(cloud.Names()) + ".",
			},
			function.StringParameter{
				Name: "machine_type", AllowUnknownValues: true,
				MarkdownDescription: "The machine type of the node, such as `t2d-standard-8`, `m5.2xlarge` or `Standard_D8s_v3`.",
			},
			function.NumberParameter{
				Name: "cpu_millicores", AllowUnknownValues: true,
				MarkdownDescription: "Millicores that one pod requests: a whole number of at least 1.",
			},
			function.NumberParameter{
				Name: "memory_mib", AllowUnknownValues: true,
				MarkdownDescription: "MiB of memory that one pod requests: a whole number of at least 1.",
			},
		},
		VariadicParameter: function.NumberParameter{
			Name: "max_pods", AllowUnknownValues: true, AllowNullValue: true,
			MarkdownDescription: "The pod limit of the node, or none (or null) for 110 on gcp and azure and, " +
				"on aws, what the network interfaces take, at most 110 below 30 vCPU and 250 from there.",
		},
		Return: function.ObjectReturn{AttributeTypes: m.returns.AttrTypes},
	}
}

func (nodePackingFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	m, err := nodePackingModel()
	if err != nil {
		resp.Error = function.NewFuncError(err.Error())
		return
	}
	fixed, limits, funcErr := positional(ctx, req.Arguments, 4)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	if resp.Error = atMostOne("max_pods", 4, limits); resp.Error != nil {
		return
	}
	d := &decoder{}
	cloudName, machineType := argument[string](d, fixed[0]), argument[string](d, fixed[1])
	cpu, memory := argument[*big.Float](d, fixed[2]), argument[*big.Float](d, fixed[3])
	var maxPods sizing.Number
	if len(limits) > 0 {
		maxPods = argument[*big.Float](d, limits[0])
	}
	if d.err != nil {
		resp.Error = function.NewFuncError(d.err.Error())
		return
	}
	packing, faults := sizing.PackNode(sizing.PackingQuestion{
		Cloud: cloudName, MachineType: machineType, CPUMillicores: cpu, MemoryMiB: memory, MaxPods: maxPods,
	})
	if resp.Error = functionError(faults, "cloud", "machine_type", "cpu_millicores", "memory_mib", "max_pods"); resp.Error != nil {
		return
	}
	if packing == nil { // something is not known yet
		resp.Result = function.NewResultData(basetypes.NewObjectUnknown(m.returns.AttrTypes))
		return
	}
	result, err := m.pack(nil, packing)
	if err != nil {
		resp.Error = function.NewFuncError(err.Error())
		return
	}
	m.setResult(ctx, resp, result)
}
