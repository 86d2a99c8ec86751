package main

import "testing"

func TestWithSource(t *testing.T) {
	tests := map[string]struct {
		running, want, fault string
	}{
		"nothing runs": {"", "", ""},
		"ours among them": {
			`{"registry.terraform.io/hashicorp/google":{"Pid":1},"registry.terraform.io/hashicorp/refarch":{"Pid":2}}`,
			`{"registry.terraform.io/hashicorp/google":{"Pid":1},"registry.terraform.io/hashicorp/refarch":{"Pid":2},"registry.terraform.io/refarch/refarch":{"Pid":2}}`,
			"",
		},
		"another registry": {
			`{"registry.opentofu.org/hashicorp/refarch":{"Pid":2}}`,
			`{"registry.opentofu.org/hashicorp/refarch":{"Pid":2},"registry.opentofu.org/refarch/refarch":{"Pid":2}}`,
			"",
		},
		"not ours": {`{"registry.terraform.io/hashicorp/google":{"Pid":1}}`, `{"registry.terraform.io/hashicorp/google":{"Pid":1}}`, ""},
		"no JSON":  {"{", "", "TF_REATTACH_PROVIDERS: unexpected end of JSON input"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := withSource(test.running, "refarch/refarch")
			if got != test.want || (err == nil) != (test.fault == "") || err != nil && err.Error() != test.fault {
				t.Errorf("got %s and %v, want %s and %q", got, err, test.want, test.fault)
			}
		})
	}
}
