// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

var _ function.Function = machineTypeAlternativesFunction{}

type machineTypeAlternativesFunction struct{}

func newMachineTypeAlternativesFunction() function.Function { return machineTypeAlternativesFunction{} }

func (machineTypeAlternativesFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "machine_type_alternatives"
}

func (machineTypeAlternativesFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	parameters, variadic := packingParameters()
	resp.Definition = function.Definition{
		Summary: "Other machine types on which the same counts hold",
		MarkdownDescription: "For `instance_types` of an EKS node group, for a zone that has run out of a type, for a region that lacks it: a list of types of the same cloud with the same vCPU, GPUs " +
			"and architecture, memory from as much to a sixteenth more, burstable only if this type is, of which a node takes at least as many of these pods and attaches at least as many disks. " +
			"By memory, then name, without the type itself; empty where there is none. Whether a region sells a type, ask the cloud.",
		Parameters: parameters, VariadicParameter: variadic,
		Return: function.ListReturn{ElementType: types.StringType},
	}
}

func (machineTypeAlternativesFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	question, funcErr := packingQuestion(ctx, req)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	alternatives, known, faults := sizing.MachineTypeAlternatives(question)
	if resp.Error = functionError(faults, packingArguments...); resp.Error == nil && known {
		resp.Error = resp.Result.Set(ctx, alternatives)
	}
}
