// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// wholes are arguments of which no part may be left out, and what everything
// else is asked with.
var wholes = map[string]values{
	"refarch_sizing": {
		"users": 50, "cloud": "gcp", "edition": "2024-03", "zones": 3,
		"workspace_kinds": values{"large": values{
			"percent": 20, "requests": values{"cpu": 2, "memory_gib": 8, "gpus": 0}, "limits": values{"cpu": 4, "memory_gib": 16}, "machine_type": "n2-standard-16",
		}, "small": kind},
		"machine_specs": values{"n99-standard-8": values{"vcpu": 8, "memory_gib": 32, "gpus": 0}},
	},
	"refarch_capacity": {
		"cloud": "gcp", "workspace": values{"machine_type": "t2d-standard-8", "node_count": 64},
		"coderd": values{"machine_type": "n1-standard-2", "node_count": 1}, "provisioner": values{"machine_type": "t2d-standard-8", "node_count": 2},
		"machine_specs": values{"n99-standard-8": values{"vcpu": 8, "memory_gib": 32}},
	},
}

// unknowns are what can be unknown: each argument by itself, each part of each
// object, and each element of each map.
func unknowns(t testing.TB, dataSource string) []values {
	t.Helper()
	var all []values
	types := typeOf(t, dataSource).AttributeTypes
	for name, attribute := range attributesOf(t, dataSource) {
		if !attribute.Optional && !attribute.Required {
			continue
		}
		for _, given := range unknownIn(types[name], wholes[dataSource][name]) {
			all = append(all, values{name: given})
		}
	}
	return all
}

// unknownIn is a whole value that is unknown itself, or in one of its parts.
func unknownIn(of tftypes.Type, whole any) []any {
	all := []any{unknown{}}
	parts, _ := whole.(values)
	add := func(name string, part tftypes.Type) {
		for _, inner := range unknownIn(part, parts[name]) {
			given := values{}
			maps.Copy(given, parts)
			given[name] = inner
			all = append(all, given)
		}
	}
	switch of := of.(type) {
	case tftypes.Object:
		for name, part := range of.AttributeTypes {
			add(name, part)
		}
	case tftypes.Map:
		for key := range parts {
			add(key, of.ElementType)
		}
	}
	return all
}

// An unknown value is never an error, wherever it stands. What is answered is
// unknown then, and what is configured stays as it is.
func TestUnknownIsNeverAnError(t *testing.T) {
	for dataSource, whole := range wholes {
		object, attributes := typeOf(t, dataSource), attributesOf(t, dataSource)
		for _, more := range unknowns(t, dataSource) {
			given := maps.Clone(whole)
			maps.Copy(given, more)
			checkEqual(t, given, "the validation", told(validate(t, dataSource, given)), []string{})
			state, diagnostics := read(t, dataSource, given)
			checkEqual(t, given, "the diagnostics", told(diagnostics), []string{})
			config := plain(t, terraformValue(t, object, given)).(values)
			for name, attribute := range attributes {
				want := config[name]
				if want == nil && attribute.Computed {
					want = plain(t, tftypes.NewValue(object.AttributeTypes[name], tftypes.UnknownValue))
				}
				checkEqual(t, given, name, state[name], want)
			}
		}
		checkEqual(t, whole, "the validation", told(validate(t, dataSource, whole)), []string{})
	}
}

// Two unknown values are no error either.
func TestTwoUnknownsAreNoError(t *testing.T) {
	single := unknowns(t, "refarch_sizing")
	for i, one := range single {
		for _, other := range single[i+1:] {
			given := maps.Clone(wholes["refarch_sizing"])
			maps.Copy(given, one)
			maps.Copy(given, other)
			if faults := sizing.Check(requestOf(t, given)); len(faults) > 0 {
				t.Errorf("%v: %v", given, faults)
			}
		}
	}
}

// What is known is judged while something else is not.
func TestKnownIsJudgedBesideUnknown(t *testing.T) {
	given := values{"users": unknown{}, "cloud": "gpc", "zones": 0, "workspace_request": values{"cpu": unknown{}, "volumes": -1}}
	want := []string{
		`error cloud: Unknown Cloud: cloud is "gpc". It must be "gcp", "aws" or "azure".`,
		"error zones: Invalid Count: zones is 0. It must be a whole number from 1 to 1000000000.",
		"error workspace_request.volumes: Invalid Count: workspace_request.volumes is -1. It must be a whole number from 0 to 1000000000.",
	}
	if got := told(validate(t, "refarch_sizing", given)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, diagnostics := read(t, "refarch_sizing", given); !reflect.DeepEqual(told(diagnostics), want) {
		t.Errorf("got %q, want %q", told(diagnostics), want)
	}
}

func TestUnknownCoderVersion(t *testing.T) {
	given := values{"coder_version": unknown{}}
	if got := told(validate(t, "refarch_editions", given)); len(got) > 0 {
		t.Errorf("got %q", got)
	}
	state, diagnostics := read(t, "refarch_editions", given)
	want := values{"coder_version": unknown{}, "matching_edition": unknown{}, "editions": unknown{}}
	if got := told(diagnostics); len(got) > 0 || !reflect.DeepEqual(state, want) {
		t.Errorf("got %v and %q, want %v", state, got, want)
	}
}
