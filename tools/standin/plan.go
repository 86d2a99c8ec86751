// SPDX-License-Identifier: MPL-2.0

package standin

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// plan says what is to come: what is proposed and, where the configuration leaves the choice to the provider, what was
// there before or else unknown.
func (k *kind) plan(prior, proposed tftypes.Value) (tftypes.Value, error) {
	return tftypes.Transform(proposed, func(at *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		p := k.parts[pathOf(at)]
		switch {
		case p.attribute != nil && p.attribute.WriteOnly:
			return tftypes.NewValue(value.Type(), nil), nil
		case p.attribute != nil && p.attribute.Computed && value.IsNull():
			return tftypes.NewValue(value.Type(), tftypes.UnknownValue), nil
		case p.filledIn && empty(value):
			if before, there := lookUp(prior, at); there {
				return before, nil
			}
			return tftypes.NewValue(value.Type(), tftypes.UnknownValue), nil
		default:
			return value, nil
		}
	})
}

// replacing tells the changed arguments that make a new resource, each by the path that Terraform looks up in the state
// and in the plan. A path that names a block means the number of such blocks.
func (k *kind) replacing(prior, planned tftypes.Value) ([]*tftypes.AttributePath, error) {
	differences, err := prior.Diff(planned)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", k.name, err)
	}
	var changed []*tftypes.AttributePath
	for _, d := range differences {
		if !k.replaces[names(d.Path)] {
			continue
		}
		at := member(d.Path)
		if !slices.ContainsFunc(changed, at.Equal) {
			changed = append(changed, at)
		}
	}
	return changed, nil
}

// refused tells the attributes of a configuration that only the provider may set, the id of a resource among them.
// Terraform leaves finding them to the provider.
func (k *kind) refused(config tftypes.Value) ([]*tfprotov6.Diagnostic, error) {
	var faults []*tfprotov6.Diagnostic
	err := tftypes.Walk(config, func(at *tftypes.AttributePath, value tftypes.Value) (bool, error) {
		path := pathOf(at)
		if a := k.parts[path].attribute; a != nil && !value.IsNull() && a.Computed && (!a.Optional || path == "id") {
			faults = append(faults, &tfprotov6.Diagnostic{
				Severity: tfprotov6.DiagnosticSeverityError, Attribute: at,
				Summary: "Value for unconfigurable attribute",
				Detail:  fmt.Sprintf("Can't configure a value for %q: its value will be decided automatically by the provider.", lastName(path)),
			})
		}
		return true, nil
	})
	return faults, err
}

// names is a path without its keys: "node_config.machine_type".
func names(at *tftypes.AttributePath) string {
	var all []string
	for _, step := range at.Steps() {
		if name, ok := step.(tftypes.AttributeName); ok {
			all = append(all, string(name))
		}
	}
	return strings.Join(all, ".")
}

// pathOf is the path of a member by its names; an element of a list has none of its own.
func pathOf(at *tftypes.AttributePath) string {
	if _, isName := at.LastStep().(tftypes.AttributeName); !isName {
		return ""
	}
	return names(at)
}

// member is a path up to its last name, and up to the first set on it, whose elements have no place.
func member(at *tftypes.AttributePath) *tftypes.AttributePath {
	steps := at.Steps()
	if i := slices.IndexFunc(steps, func(s tftypes.AttributePathStep) bool { _, inSet := s.(tftypes.ElementKeyValue); return inSet }); i >= 0 {
		steps = steps[:i]
	}
	for len(steps) > 0 {
		if _, isName := steps[len(steps)-1].(tftypes.AttributeName); isName {
			break
		}
		steps = steps[:len(steps)-1]
	}
	return tftypes.NewAttributePathWithSteps(steps)
}

// lookUp finds the value at the same place in another value, if there is any.
func lookUp(in tftypes.Value, at *tftypes.AttributePath) (tftypes.Value, bool) {
	found, _, err := tftypes.WalkAttributePath(in, at)
	if err != nil {
		return tftypes.Value{}, false
	}
	value, ok := found.(tftypes.Value)
	return value, ok
}

// size is how many elements or attributes a value has; what is not known, null or no collection has none.
func size(value tftypes.Value) int {
	var all []tftypes.Value
	var named map[string]tftypes.Value
	if value.IsNull() || !value.IsKnown() {
		return 0
	}
	if value.As(&all) == nil {
		return len(all)
	}
	if value.As(&named) == nil {
		return len(named)
	}
	return 0
}

// empty says that a block is left out.
func empty(value tftypes.Value) bool { return value.IsKnown() && size(value) == 0 }
