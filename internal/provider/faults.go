package provider

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// diagnostics tells every fault on its attribute.
func diagnostics(faults []sizing.Fault, severity tfprotov6.DiagnosticSeverity) []*tfprotov6.Diagnostic {
	all := make([]*tfprotov6.Diagnostic, 0, len(faults))
	for _, fault := range faults {
		told := &tfprotov6.Diagnostic{Severity: severity, Summary: fault.Title, Detail: fault.Detail}
		if len(fault.Path) > 0 {
			told.Attribute = tftypes.NewAttributePath()
		}
		for _, step := range fault.Path {
			if step.IsKey {
				told.Attribute = told.Attribute.WithElementKeyString(step.Name)
			} else {
				told.Attribute = told.Attribute.WithAttributeName(step.Name)
			}
		}
		all = append(all, told)
	}
	return all
}

// functionError tells every fault in one error, bound to the first parameter
// at fault. Each names its own argument in words.
func functionError(faults []sizing.Fault, parameters ...string) *function.FuncError {
	if len(faults) == 0 {
		return nil
	}
	position := func(fault sizing.Fault) int { return slices.Index(parameters, fault.Path.String()) }
	bound := max(0, slices.IndexFunc(faults, func(fault sizing.Fault) bool { return position(fault) >= 0 }))

	texts := []string{faults[bound].Detail}
	for i, fault := range faults {
		if i != bound {
			texts = append(texts, fault.Detail)
		}
	}
	// Terraform ends the sentence itself.
	text := strings.TrimSuffix(strings.Join(texts, "\n"), ".")
	if at := position(faults[bound]); at >= 0 {
		return function.NewArgumentFuncError(int64(at), text)
	}
	return function.NewFuncError(text)
}
