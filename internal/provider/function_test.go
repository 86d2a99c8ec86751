// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// The function and the data source are twins: attribute by attribute the same
// answer, for every edition, cloud and tier, with and without the edition.
func TestSizingIsTheDataSourcesTwin(t *testing.T) {
	editions, err := reference.Editions()
	must(t, err)
	compare := func(given values, arguments ...any) {
		t.Helper()
		want, _ := read(t, "refarch_sizing", given)
		got, funcErr := call(t, "sizing", arguments...)
		if funcErr != nil {
			t.Fatalf("%v: %s", given, funcErr.Text)
		}
		for name, value := range want {
			if !reflect.DeepEqual(got[name], value) {
				t.Errorf("%v: %s is %v, want %v", given, name, got[name], value)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%v: %d attributes, want %d", given, len(got), len(want))
		}
	}
	for _, name := range cloud.Names() {
		for _, edition := range editions {
			for _, tier := range edition.Tiers {
				users := int(tier.Limits.Users)
				for _, n := range []int{1, users/2 + 1, users} {
					compare(values{"users": n, "cloud": name, "edition": edition.ID}, n, name, edition.ID)
				}
			}
		}
		compare(values{"users": 1000, "cloud": name}, 1000, name)
		compare(values{"users": 1000, "cloud": name, "edition": nil}, 1000, name, nil)
	}
}

func checkFunctionError(t *testing.T, got *tfprotov6.FunctionError, argument int64, text string) {
	t.Helper()
	switch {
	case got == nil:
		t.Error("there is no error")
	case got.Text != text:
		t.Errorf("got %q, want %q", got.Text, text)
	case got.FunctionArgument == nil || *got.FunctionArgument != argument:
		t.Errorf("the error is not bound to argument %d: %v", argument, got.FunctionArgument)
	}
}

func TestSizingErrors(t *testing.T) {
	const counts = " It must be a whole number from 1 to 1000000000"
	tests := map[string]struct {
		arguments []any
		at        int64
		want      string
	}{
		"no users":         {[]any{0, "gcp"}, 0, "users is 0." + counts},
		"fraction":         {[]any{1.5, "gcp"}, 0, "users is 1.5." + counts},
		"null users":       {[]any{nil, "gcp"}, 0, "The number of users is missing. Set users to the people with an account, at least 1"},
		"unknown cloud":    {[]any{1, "gpc"}, 1, `cloud is "gpc". It must be "gcp", "aws" or "azure"`},
		"null cloud":       {[]any{1, nil}, 1, `The cloud is missing. Set cloud to "gcp", "aws" or "azure"`},
		"unknown edition":  {[]any{1, "gcp", "x"}, 2, `edition is "x". It must be ` + quotedEditions(t)},
		"two editions":     {[]any{1, "gcp", "2024-03", "2025-04"}, 3, "2 values are given for edition, which takes one or none: leave out all but the first"},
		"three editions":   {[]any{1, "gcp", "2024-03", nil, nil}, 3, "3 values are given for edition, which takes one or none: leave out all but the first"},
		"users and cloud":  {[]any{0, "gpc"}, 0, "users is 0." + counts + ".\n" + `cloud is "gpc". It must be "gcp", "aws" or "azure"`},
		"users unknown":    {[]any{unknown{}, "gpc"}, 1, `cloud is "gpc". It must be "gcp", "aws" or "azure"`},
		"beyond the tiers": {[]any{10001, "gcp", "2026-01"}, 0, `users is too large: the largest tier of edition 2026-01, 10k, covers 10000. Lower users to at most 10000 or set beyond_range = "extrapolate" in the data source for an answer outside the validated range`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := call(t, "sizing", test.arguments...)
			checkFunctionError(t, err, test.at, test.want)
		})
	}
}

// OpenTofu sends no value at all where an argument is null.
func TestNullWithoutAValue(t *testing.T) {
	users, cloud := dynamic(t, tftypes.NewValue(tftypes.Number, 1000)), dynamic(t, tftypes.NewValue(tftypes.String, "gcp"))
	for name, edition := range map[string]*tfprotov6.DynamicValue{"nil": nil, "empty": {}} {
		t.Run(name, func(t *testing.T) {
			arguments := []*tfprotov6.DynamicValue{users, cloud, edition}
			resp, err := served().CallFunction(context.Background(), &tfprotov6.CallFunctionRequest{Name: "sizing", Arguments: arguments})
			must(t, err)
			if resp.Error != nil {
				t.Fatal(resp.Error.Text)
			}
			want, _ := call(t, "sizing", 1000, "gcp")
			if got := unpack(t, definitionOf(t, "sizing").Return.Type, resp.Result); !reflect.DeepEqual(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			if arguments[2] != edition {
				t.Error("the request was changed")
			}
		})
	}
}

// A packed result goes out past the framework; where there is no server to take
// it on, the same result goes the ordinary way.
func TestSizingByTheFrameworkAlone(t *testing.T) {
	framework := providerserver.NewProtocol6(&refarchProvider{})()
	for _, arguments := range [][]any{{1000, "gcp"}, {unknown{}, "gcp"}} {
		definition := definitionOf(t, "sizing")
		users, cloud := terraformValue(t, tftypes.Number, arguments[0]), terraformValue(t, tftypes.String, arguments[1])
		resp, err := framework.CallFunction(context.Background(), &tfprotov6.CallFunctionRequest{
			Name: "sizing", Arguments: []*tfprotov6.DynamicValue{dynamic(t, users), dynamic(t, cloud)},
		})
		must(t, err)
		if resp.Error != nil {
			t.Fatal(resp.Error.Text)
		}
		want, _ := call(t, "sizing", arguments...)
		if got := unpack(t, definition.Return.Type, resp.Result); !reflect.DeepEqual(got, want) {
			t.Errorf("%v: got %v, want %v", arguments, got, want)
		}
	}
}

// While an argument is unknown, the answer is, and what is known stays.
func TestSizingUnknown(t *testing.T) {
	for _, arguments := range [][]any{{unknown{}, "gcp"}, {1000, unknown{}}, {1000, "gcp", unknown{}}, {unknown{}, unknown{}, unknown{}}} {
		got, err := call(t, "sizing", arguments...)
		if err != nil {
			t.Fatalf("%v: %s", arguments, err.Text)
		}
		if got["summary"] != (unknown{}) || lookup(t, got, "workspace", "node_count") != (unknown{}) || got["zones"] != (unknown{}) {
			t.Errorf("%v is answered: %v", arguments, got)
		}
		if got["workspace_kinds"] != nil || got["api_rps"] != nil {
			t.Errorf("%v: what a function leaves out is answered: %v", arguments, got)
		}
	}
	got, _ := call(t, "sizing", unknown{}, "gcp", "2025-04")
	if got["cloud"] != "gcp" || got["edition"] != "2025-04" || got["users"] != (unknown{}) {
		t.Errorf("got %v", got)
	}
}

func number64(n int64) any { return decimalText(strconv.FormatInt(n, 10)) }

func TestNodePacking(t *testing.T) {
	for _, test := range []struct {
		arguments []any
		maxPods   sizing.Number
	}{
		{[]any{"gcp", "t2d-standard-8", 500, 2048}, sizing.Number{}},
		{[]any{"gcp", "t2d-standard-8", 500, 2048, nil}, sizing.Number{}},
		{[]any{"aws", "t3.2xlarge", 500, 2048, 58}, sizing.Count(58)},
		{[]any{"azure", "Standard_D8s_v3", 500, 2048, 250}, sizing.Count(250)},
		{[]any{"azure", "Standard_D8s_v3", 500, 204800}, sizing.Number{}},
		{[]any{"aws", "g4dn.12xlarge", 500, 2048}, sizing.Number{}},
	} {
		cpu, memory := int64(test.arguments[2].(int)), int64(test.arguments[3].(int))
		packing, faults := sizing.PackNode(sizing.PackingQuestion{
			Cloud: sizing.Known(test.arguments[0].(string)), MachineType: sizing.Known(test.arguments[1].(string)),
			CPUMillicores: sizing.Count(cpu), MemoryMiB: sizing.Count(memory), MaxPods: test.maxPods,
		})
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		want := values{
			"vcpu": number64(packing.VCPU), "memory_mib": number64(packing.MemoryMiB),
			"reserved_cpu_millicores": number64(packing.ReservedCPUMillicores), "reserved_memory_mib": number64(packing.ReservedMemoryMiB),
			"allocatable_cpu_millicores": number64(packing.AllocatableCPUMillicores), "allocatable_memory_mib": number64(packing.AllocatableMemoryMiB),
			"schedulable_cpu_millicores": number64(packing.SchedulableCPUMillicores), "schedulable_memory_mib": number64(packing.SchedulableMemoryMiB),
			"max_pods": number64(packing.MaxPods), "max_volumes": number64(packing.MaxVolumes), "gpus": number64(packing.GPUs),
			"pods": number64(packing.Pods), "limited_by": string(packing.LimitedBy),
		}
		got, err := call(t, "node_packing", test.arguments...)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%v: got %v, %v, want %v", test.arguments, got, err, want)
		}
	}
	got, _ := call(t, "node_packing", "gcp", "t2d-standard-8", 500, 2048)
	if got["pods"] != decimalText("13") || got["limited_by"] != "memory" {
		t.Errorf("got %v", got)
	}
}

// The functions about pods on a node refuse the same in the same words.
func TestPackingErrors(t *testing.T) {
	const counts = " It must be a whole number from 1 to 1000000000"
	tests := map[string]struct {
		arguments []any
		at        int64
		want      string
	}{
		"cloud":          {[]any{"gpc", "t2d-standard-8", 1, 1}, 0, `cloud is "gpc". It must be "gcp", "aws" or "azure"`},
		"null cloud":     {[]any{nil, "t2d-standard-8", 1, 1}, 0, `The cloud is missing. Set cloud to "gcp", "aws" or "azure"`},
		"machine type":   {[]any{"gcp", "t2d-standard-9", 1, 1}, 1, `machine_type is "t2d-standard-9", which the catalogue of machine types does not know. The nearest names are "t2d-standard-1", "t2d-standard-2", "t2d-standard-4"`},
		"of another":     {[]any{"gcp", "t3.large", 1, 1}, 1, `machine_type is "t3.large", a machine type of aws, and cloud is "gcp". Choose a machine type of gcp, such as "e2-standard-2"`},
		"no CPU":         {[]any{"gcp", "t2d-standard-8", 0, 1}, 2, "cpu_millicores is 0." + counts},
		"no memory":      {[]any{"gcp", "t2d-standard-8", 1, 0.5}, 3, "memory_mib is 0.5." + counts},
		"no pods":        {[]any{"gcp", "t2d-standard-8", 1, 1, 0}, 4, "max_pods is 0." + counts},
		"too many":       {[]any{"gcp", "t2d-standard-8", 1, 1, 300}, 4, "max_pods is 300. The pod limit of a node of t2d-standard-8 on GKE can be set from 8 to 256"},
		"two limits":     {[]any{"gcp", "t2d-standard-8", 1, 1, 100, 110}, 5, "2 values are given for max_pods, which takes one or none: leave out all but the first"},
		"beside unknown": {[]any{unknown{}, "t2d-standard-8", 0, unknown{}}, 2, "cpu_millicores is 0." + counts},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, function := range []string{"node_packing", "machine_type_alternatives"} {
				_, err := callAny(t, function, test.arguments...)
				checkFunctionError(t, err, test.at, test.want)
			}
		})
	}
}

func TestNodePackingUnknown(t *testing.T) {
	whole := []any{"gcp", "t2d-standard-8", 500, 2048, 110}
	for i := range whole {
		arguments := append([]any{}, whole...)
		arguments[i] = unknown{}
		got, err := call(t, "node_packing", arguments...)
		if err != nil || got["pods"] != (unknown{}) || got["vcpu"] != (unknown{}) {
			t.Errorf("%v: got %v, %v", arguments, got, err)
		}
		if got, err := callAny(t, "machine_type_alternatives", arguments...); err != nil || got != (unknown{}) {
			t.Errorf("%v: got %v, %v", arguments, got, err)
		}
	}
}

func TestMachineTypeAlternatives(t *testing.T) {
	for _, test := range []struct {
		arguments []any
		has       []any // among others
		lacks     []any
	}{
		{[]any{"aws", "m5.2xlarge", 500, 2048}, []any{"m6i.2xlarge", "m7i.2xlarge"}, []any{"m5.2xlarge", "m6g.2xlarge", "t3.2xlarge", "r5.2xlarge", "c5.2xlarge"}},
		{[]any{"aws", "m5.2xlarge", 500, 2048, nil}, []any{"m6i.2xlarge", "m7i.2xlarge"}, []any{"m5.2xlarge"}},
		{[]any{"aws", "m5.2xlarge", 500, 2048, 58}, []any{"m6i.2xlarge"}, []any{"m5.2xlarge"}},
		{[]any{"aws", "t3.2xlarge", 500, 2048}, []any{"m5.2xlarge"}, []any{"t3.2xlarge", "t4g.2xlarge"}},
		{[]any{"aws", "g4dn.xlarge", 500, 2048}, []any{}, []any{"m5.xlarge", "g4dn.xlarge"}},
		{[]any{"gcp", "n2-standard-8", 500, 2048}, []any{"n2d-standard-8"}, []any{"n2-standard-8", "t2a-standard-8", "n2-highmem-8"}},
		{[]any{"azure", "Standard_D8s_v5", 500, 2048}, []any{"Standard_D8as_v5"}, []any{"Standard_D8s_v5", "Standard_D8ps_v5", "Standard_B8ms"}},
	} {
		got, funcErr := callAny(t, "machine_type_alternatives", test.arguments...)
		if funcErr != nil {
			t.Fatal(funcErr.Text)
		}
		types := got.([]any)
		for _, name := range test.has {
			if !slices.Contains(types, name) {
				t.Errorf("%v: %v lacks %v", test.arguments, types, name)
			}
		}
		for _, name := range test.lacks {
			if slices.Contains(types, name) {
				t.Errorf("%v: %v has %v", test.arguments, types, name)
			}
		}
		own, _ := call(t, "node_packing", test.arguments...)
		for _, name := range types {
			other, _ := call(t, "node_packing", append([]any{test.arguments[0], name}, test.arguments[2:]...)...)
			if count(t, other, "pods") < count(t, own, "pods") || count(t, other, "vcpu") != count(t, own, "vcpu") ||
				count(t, other, "max_volumes") < count(t, own, "max_volumes") || count(t, other, "memory_mib") < count(t, own, "memory_mib") {
				t.Errorf("%v: the counts do not hold on %v: %v, and %v", test.arguments, name, other, own)
			}
		}
	}
	none, funcErr := callAny(t, "machine_type_alternatives", "gcp", "a2-megagpu-16g", 500, 2048)
	if funcErr != nil || !reflect.DeepEqual(none, []any{}) {
		t.Errorf("got %v, %v, want an empty list", none, funcErr)
	}
}
