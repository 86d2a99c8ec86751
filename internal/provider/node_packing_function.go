// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

var _ function.Function = nodePackingFunction{}

type nodePackingFunction struct{}

func newNodePackingFunction() function.Function { return nodePackingFunction{} }

func (nodePackingFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "node_packing"
}

func (nodePackingFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	attributes := nodePackingAttributes()
	parameters, variadic := packingParameters()
	var results strings.Builder
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		fmt.Fprintf(&results, "\n- `%s`: %s", name, attributes[name].GetMarkdownDescription())
	}
	resp.Definition = function.Definition{
		Summary: "How many pods of one size Kubernetes places on a node",
		MarkdownDescription: "What a node of a machine type takes beside the cloud's own reservations and daemons: GKE node pools, " +
			"EKS managed node groups on Amazon Linux, AKS node pools. An object with:\n" + results.String(),
		Parameters: parameters, VariadicParameter: variadic,
		Return: function.ObjectReturn{AttributeTypes: typesOf(attributes)},
	}
}

func (nodePackingFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	question, funcErr := packingQuestion(ctx, req)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	packing, faults := sizing.PackNode(question)
	resp.Error = functionError(faults, packingArguments...)
	if resp.Error != nil || packing == nil { // something is not known yet, as the result is before it is set
		return
	}
	resp.Error = resp.Result.Set(ctx, packing)
}

// packingArguments are the parameters of the functions about pods on a node.
var packingArguments = []string{"cloud", "machine_type", "cpu_millicores", "memory_mib", "max_pods"}

// packingParameters let unknown arguments in, so that what is known is judged
// already.
func packingParameters() ([]function.Parameter, function.Parameter) {
	return []function.Parameter{
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
		}, function.NumberParameter{
			Name: "max_pods", AllowUnknownValues: true, AllowNullValue: true,
			MarkdownDescription: "The pod limit of the node, or none (or null) for 110 on gcp and azure and, " +
				"on aws, what the network interfaces take, at most 110 below 30 vCPU and 250 from there.",
		}
}

// packingQuestion reads the arguments of a call.
func packingQuestion(ctx context.Context, req function.RunRequest) (sizing.PackingQuestion, *function.FuncError) {
	var cloudName, machineType types.String
	var cpu, memory types.Number
	var limits []types.Number
	if err := req.Arguments.Get(ctx, &cloudName, &machineType, &cpu, &memory, &limits); err != nil {
		return sizing.PackingQuestion{}, err
	}
	limit, err := atMostOne("max_pods", 4, limits)
	return sizing.PackingQuestion{
		Cloud: stringArgument(cloudName), MachineType: stringArgument(machineType),
		CPUMillicores: numberArgument(cpu), MemoryMiB: numberArgument(memory), MaxPods: numberArgument(limit),
	}, err
}

// nodePackingAttributes describe the result as if it were a data source's.
func nodePackingAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"vcpu":                       number("vCPU of the machine type"),
		"memory_mib":                 number("nominal memory in MiB, by the cloud's specification"),
		"reserved_cpu_millicores":    number("millicores that the node keeps for itself"),
		"reserved_memory_mib":        number("MiB that the node keeps for itself, the eviction threshold included"),
		"allocatable_cpu_millicores": number("millicores that the node offers to pods"),
		"allocatable_memory_mib":     number("MiB that the node offers to pods: less what the kernel takes and what is reserved"),
		"schedulable_cpu_millicores": number("allocatable millicores less the requests of the cloud's own daemons"),
		"schedulable_memory_mib":     number("allocatable MiB less the requests of the cloud's own daemons"),
		"max_pods":                   number("the pod limit that the figures assume"),
		"gpus":                       number("whole GPUs of the machine type"),
		"max_volumes":                number("disks that the cloud's storage driver attaches at most"),
		"pods":                       number("pods of this request that fit, 0 where none does; disks are not counted"),
		"limited_by":                 text("what bounds `pods`: " + oneOf([]string{"memory", "cpu", "pods"})),
	}
}
