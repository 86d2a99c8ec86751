package standin

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// members are those of an object or a map, to read only: Value.As hands out the value's own map. Nothing known has none.
func members(value tftypes.Value) map[string]tftypes.Value {
	var all map[string]tftypes.Value

	switch value.Type().(type) {
	case tftypes.Object, tftypes.Map:
		if err := value.As(&all); err != nil {
			return nil
		}
	}

	return all
}

// elements are those of a list, a set or a tuple, to read only: Value.As hands out the value's own slice. Nothing known has none.
func elements(value tftypes.Value) []tftypes.Value {
	var all []tftypes.Value

	switch value.Type().(type) {
	case tftypes.List, tftypes.Set, tftypes.Tuple:
		if err := value.As(&all); err != nil {
			return nil
		}
	}

	return all
}

// element is one of a list, the empty value where the list is shorter.
func element(all []tftypes.Value, at int) tftypes.Value {
	if at < len(all) {
		return all[at]
	}

	return tftypes.Value{}
}

// held says that a value has something in it to look at: neither null nor unknown nor absent.
func held(value tftypes.Value) bool {
	return !value.IsNull() && value.IsKnown()
}

// empty says that a block is left out.
func empty(value tftypes.Value) bool {
	return value.IsNull() || value.IsKnown() && len(elements(value)) == 0 && len(members(value)) == 0
}

func unknown(typ tftypes.Type) tftypes.Value {
	return tftypes.NewValue(typ, tftypes.UnknownValue)
}

func null(typ tftypes.Type) tftypes.Value {
	return tftypes.NewValue(typ, nil)
}

// change answers one member of an object, seen beside the member at the same place in another.
type change func(p part, value, other tftypes.Value) tftypes.Value

// rebuild makes an object anew, member by member.
func rebuild(parts []part, value, other tftypes.Value, answer change) tftypes.Value {
	if !held(value) {
		return value
	}

	all, others := maps.Clone(members(value)), members(other)
	for _, p := range parts {
		all[p.name] = answer(p, all[p.name], others[p.name])
	}

	return tftypes.NewValue(value.Type(), all)
}

// rebuild makes every object in a block or in a nested attribute anew. The elements of a set have no other: they have no place.
func (p part) rebuild(value, other tftypes.Value, answer change) tftypes.Value {
	if !held(value) {
		return value
	}

	switch typ := value.Type().(type) {
	case tftypes.Object:
		return rebuild(p.parts, value, other, answer)
	case tftypes.Map:
		all, others := maps.Clone(members(value)), members(other)
		for key, each := range all {
			all[key] = rebuild(p.parts, each, others[key], answer)
		}

		return tftypes.NewValue(typ, all)
	default:
		all, others := slices.Clone(elements(value)), elements(other)
		if typ.Is(tftypes.Set{}) {
			others = nil
		}

		for i, each := range all {
			all[i] = rebuild(p.parts, each, element(others, i), answer)
		}

		return tftypes.NewValue(typ, all)
	}
}
