// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// diagnostics tells every fault on its attribute.
func diagnostics(faults []sizing.Fault) diag.Diagnostics {
	var all diag.Diagnostics
	for _, fault := range faults {
		all.Append(diag.WithPath(attributePath(fault.Path), diag.NewErrorDiagnostic(fault.Title, fault.Detail)))
	}
	return all
}

// attributePath is empty for a fault of no argument, and then not told.
func attributePath(of sizing.Path) path.Path {
	at := path.Empty()
	for _, step := range of {
		if step.IsKey {
			at = at.AtMapKey(step.Name)
		} else {
			at = at.AtName(step.Name)
		}
	}
	return at
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

// exceptMissing leaves out that a required argument is missing: the framework
// has told that.
func exceptMissing(faults []sizing.Fault, set settings, required ...string) []sizing.Fault {
	return slices.DeleteFunc(faults, func(fault sizing.Fault) bool {
		return slices.Contains(required, fault.Path.String()) && set[fault.Path.String()].IsNull()
	})
}
