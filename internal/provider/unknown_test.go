package provider

import (
	"maps"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// unknowns are configurations without fault in which something is not known
// yet: each argument by itself, each attribute of each object, every pair.
func unknowns(t testing.TB) []values {
	t.Helper()
	m := modelOf(t, "refarch_sizing")
	var single []values
	for name, attribute := range m.schema.Attributes {
		if attribute.IsComputed() && !attribute.IsOptional() {
			continue
		}
		single = append(single, values{name: unknown{}})
		if object, nested := m.object.AttributeTypes[name].(tftypes.Object); nested {
			for inner := range object.AttributeTypes {
				single = append(single, values{name: values{inner: unknown{}}})
			}
		}
	}
	all := single
	for _, one := range single {
		for _, other := range single {
			both := maps.Clone(one)
			maps.Copy(both, other)
			all = append(all, both)
		}
	}
	return all
}

// An unknown value is never an error, wherever it stands. What is answered is
// unknown then, and what is configured stays as it is.
func TestUnknownIsNeverAnError(t *testing.T) {
	m := modelOf(t, "refarch_sizing")
	for _, more := range unknowns(t) {
		given := values{"users": 50, "cloud": "gcp", "edition": "2024-03", "zones": 3}
		maps.Copy(given, more)
		if got := told(validate(t, "refarch_sizing", given)); len(got) > 0 {
			t.Errorf("%v: %q", given, got)
		}
		state, diagnostics := read(t, "refarch_sizing", given)
		if got := told(diagnostics); len(got) > 0 {
			t.Errorf("%v: %q", given, got)
		}
		config := plain(t, terraformValue(t, m.object, given)).(values)
		for name, attribute := range m.schema.Attributes {
			want := config[name]
			if want == nil && attribute.IsComputed() {
				want = plain(t, tftypes.NewValue(m.object.AttributeTypes[name], tftypes.UnknownValue))
			}
			if !reflect.DeepEqual(state[name], want) {
				t.Errorf("%v: %s is %v, want %v", given, name, state[name], want)
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
