package standin

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// settled says that the provider decides a value that the configuration leaves out.
func (p part) settled() bool {
	return p.attribute != nil && p.attribute.Computed
}

// plan answers what is to come of one member: what the configuration asks for and, where it leaves the choice to the provider, what was there
// before or else unknown.
func plan(p part, proposed, prior tftypes.Value) tftypes.Value {
	switch {
	case p.attribute != nil && p.attribute.WriteOnly:
		return null(p.typ)
	case p.settled() && proposed.IsNull():
		return unknown(p.typ)
	case (p.filledIn || p.later) && empty(proposed) && prior.Type() != nil:
		return prior
	case p.filledIn && empty(proposed):
		return unknown(p.typ)
	case len(p.parts) > 0 && p.typ.Is(tftypes.Set{}):
		return p.rebuild(proposed, prior, planInSet)
	case len(p.parts) > 0:
		return p.rebuild(proposed, prior, plan)
	default:
		return proposed
	}
}

// planInSet is plan without blocks that the provider fills in: nothing says which block of the state they were in.
func planInSet(p part, proposed, prior tftypes.Value) tftypes.Value {
	p.filledIn, p.later = false, false

	if p.attribute == nil {
		return p.rebuild(proposed, prior, planInSet)
	}

	return plan(p, proposed, prior)
}

// replacing tells the changed arguments that make a new resource, each by the path that Terraform looks up in the state and in the plan.
func (k *kind) replacing(prior, proposed tftypes.Value) []*tftypes.AttributePath {
	var changed []*tftypes.AttributePath

	for _, steps := range k.replaces {
		for _, path := range changes(k.parts, steps, prior, proposed, tftypes.NewAttributePath()) {
			if !slices.ContainsFunc(changed, path.Equal) {
				changed = append(changed, path)
			}
		}
	}

	return changed
}

func changes(parts []part, steps []string, prior, proposed tftypes.Value, at *tftypes.AttributePath) []*tftypes.AttributePath {
	p := parts[slices.IndexFunc(parts, func(p part) bool { return p.name == steps[0] })]
	before, after := members(prior)[p.name], members(proposed)[p.name]
	at = at.WithAttributeName(p.name)

	switch {
	case !proposed.IsKnown():
		after = unknown(p.typ)
	case p.settled() && after.IsNull(), (p.filledIn || p.later) && empty(after):
		return nil // left to the provider, which keeps what is there
	}

	if len(steps) == 1 {
		if p.same(before, after) {
			return nil
		}

		return []*tftypes.AttributePath{at}
	}

	switch {
	case p.typ.Is(tftypes.Object{}):
		return changes(p.parts, steps[1:], before, after, at)
	case !after.IsKnown():
		return []*tftypes.AttributePath{at}
	case p.typ.Is(tftypes.Set{}):
		if slices.Equal(leaves(before, steps[1:]), leaves(after, steps[1:])) {
			return nil
		}

		return []*tftypes.AttributePath{at}
	}

	var changed []*tftypes.AttributePath

	earlier, later := elements(before), elements(after)
	for i := range max(len(earlier), len(later)) {
		changed = append(changed, changes(p.parts, steps[1:], element(earlier, i), element(later, i), at.WithElementKeyInt(i))...)
	}

	return changed
}

// same compares an attribute by its value and a block by the number of its instances.
func (p part) same(before, after tftypes.Value) bool {
	switch {
	case p.attribute == nil && !p.typ.Is(tftypes.Object{}):
		return after.IsKnown() && len(elements(before)) == len(elements(after))
	case p.attribute == nil:
		return after.IsKnown() && before.IsNull() == after.IsNull()
	case before.IsNull() || after.IsNull():
		return before.IsNull() && after.IsNull()
	default:
		return before.Equal(after)
	}
}

// leaves are all values at the end of a path below a set, as text and in order, since its elements have no place to compare them by.
func leaves(value tftypes.Value, steps []string) []string {
	if len(steps) == 0 {
		return []string{value.String()}
	}

	if !held(value) {
		return nil
	}

	if value.Type().Is(tftypes.Object{}) {
		return leaves(members(value)[steps[0]], steps[1:])
	}

	var all []string
	for _, each := range elements(value) {
		all = append(all, leaves(each, steps)...)
	}

	slices.Sort(all)

	return all
}

// refused tells the attributes of a configuration that only the provider may set. Terraform leaves finding them to the provider.
func refused(parts []part, config tftypes.Value, at *tftypes.AttributePath) []*tfprotov6.Diagnostic {
	var faults []*tfprotov6.Diagnostic

	all := members(config)
	for _, p := range parts {
		value, here := all[p.name], at.WithAttributeName(p.name)

		switch {
		case value.IsNull():
		case p.attribute != nil && !p.attribute.Required && !p.attribute.Optional:
			faults = append(faults, &tfprotov6.Diagnostic{
				Severity:  tfprotov6.DiagnosticSeverityError,
				Summary:   "Value for unconfigurable attribute",
				Detail:    "Can't configure a value for \"" + p.name + "\": its value will be decided automatically by the provider.",
				Attribute: here,
			})
		case len(p.parts) > 0:
			faults = append(faults, p.refused(value, here)...)
		}
	}

	return faults
}

func (p part) refused(value tftypes.Value, at *tftypes.AttributePath) []*tfprotov6.Diagnostic {
	var faults []*tfprotov6.Diagnostic

	switch value.Type().(type) {
	case tftypes.Object:
		return refused(p.parts, value, at)
	case tftypes.Map:
		for key, each := range members(value) {
			faults = append(faults, refused(p.parts, each, at.WithElementKeyString(key))...)
		}
	case tftypes.Set:
		for _, each := range elements(value) {
			faults = append(faults, refused(p.parts, each, at.WithElementKeyValue(each))...)
		}
	default:
		for i, each := range elements(value) {
			faults = append(faults, refused(p.parts, each, at.WithElementKeyInt(i))...)
		}
	}

	return faults
}
