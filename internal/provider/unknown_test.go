package provider

import (
	"maps"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// unknowns are what can be unknown: each argument by itself, and each attribute
// of each object.
func unknowns(t testing.TB) []values {
	t.Helper()
	var all []values
	types := typeOf(t, "refarch_sizing").AttributeTypes
	for name, attribute := range attributesOf(t, "refarch_sizing") {
		if attribute.Computed && !attribute.Optional {
			continue
		}
		all = append(all, values{name: unknown{}})
		if object, nested := types[name].(tftypes.Object); nested {
			for inner := range object.AttributeTypes {
				all = append(all, values{name: values{inner: unknown{}}})
			}
		}
	}
	return all
}

// An unknown value is never an error, wherever it stands. What is answered is
// unknown then, and what is configured stays as it is.
func TestUnknownIsNeverAnError(t *testing.T) {
	object, attributes := typeOf(t, "refarch_sizing"), attributesOf(t, "refarch_sizing")
	for _, more := range unknowns(t) {
		given := values{"users": 50, "cloud": "gcp", "edition": "2024-03", "zones": 3}
		maps.Copy(given, more)
		checkEqual(t, given, "the validation", told(validate(t, "refarch_sizing", given)), []string{})
		state, diagnostics := read(t, "refarch_sizing", given)
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
}

// Two unknown values are no error either.
func TestTwoUnknownsAreNoError(t *testing.T) {
	single := unknowns(t)
	for i, one := range single {
		for _, other := range single[i+1:] {
			given := values{"users": 50, "cloud": "gcp", "edition": "2024-03", "zones": 3}
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
