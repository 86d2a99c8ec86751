// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"fmt"
	"math/big"
	"reflect"
	"testing"
)

// stated is a request with a value in every part of every argument, without
// fault but for what an edition does not publish.
func stated() Request {
	large := share("20", KindRequests{Count(2), Count(8), Count(1), Count(0)})
	large.Limits, large.MachineType, large.NodeAllocatable = WorkspaceLimits{Count(4), Count(8)}, Known("n9-standard-16"), MeasuredAllocatable{Count(15_000), Count(60_000)}
	gpu := fixed(2, KindRequests{Count(3), Count(12), Count(1), Count(1)})
	gpu.Limits, gpu.MachineType, gpu.NodeAllocatable = WorkspaceLimits{Count(3), Count(12)}, Known("g2-standard-4"), MeasuredAllocatable{Count(3900), Count(13_000)}
	return Request{
		Users: Count(50), Cloud: Known("gcp"), Edition: Known("2024-03"), HighAvailability: Known(true),
		ConcurrentWorkspaces: Count(40), ConcurrentBuilds: Count(10), APIRPS: Count(100), Zones: Count(2),
		WorkspaceRequest: WorkspaceRequest{Decimal("0.5"), Count(2), Count(1)},
		MachineTypes:     MachineTypes{Known("n2-standard-4"), Known("n2-standard-8"), Known("n9-standard-16")},
		Packing:          Known("schedulable"), MaxPodsPerNode: Count(64), NodeOverhead: NodeOverhead{Count(300), Count(500), Count(6)},
		WorkspaceNodeAllocatable: MeasuredAllocatable{Count(15_000), Count(60_000)},
		ColocateProvisioners:     Known(false), ProxyRegions: Count(0), BeyondRange: Known("error"),
		WorkspaceLimits: WorkspaceLimits{Count(1), Count(2)},
		WorkspaceKinds:  Known(map[string]WorkspaceKind{"large": large, "gpu": gpu}),
		MachineSpecs: Known(map[string]MachineSpec{
			"n9-standard-16":   {Count(16), Count(64), Known("amd64"), Known(false), Count(0), Count(110), Count(127)},
			"nothing-names-it": {Count(16), Count(64), Known("amd64"), Known(false), Count(0), Count(110), Count(127)},
		}),
		CoderdReplicas: Count(2), PodRequests: PodRequests{RolePodRequest{Count(1), Count(2)}, RolePodRequest{Count(1), Count(1)}},
		OtherNodes: Count(3),
	}
}

// Each argument by itself, each object as a whole, and each part of an element
// of a map: while it is unknown there is no answer and no fault.
func TestEveryPartMayBeUnknown(t *testing.T) {
	if _, faults := Size(stated()); len(faults) > 0 {
		t.Fatal(faults)
	}
	tried := 0
	try := func(name string, r Request) {
		tried++
		fleet, faults := Size(r)
		if fleet != nil || len(faults) != 1 || faults[0].Title != "Unknown Argument" {
			t.Errorf("%s is unknown: fleet %v, faults %v", name, fleet, faults)
		}
		if faults := Check(r); len(faults) > 0 {
			t.Errorf("%s is unknown: %v", name, faults)
		}
	}
	eachUnknown(stated(), try)
	for key, kind := range stated().WorkspaceKinds.value {
		eachUnknown(kind, func(part string, k WorkspaceKind) {
			r := stated()
			r.WorkspaceKinds.value[key] = k
			try(fmt.Sprintf("workspace_kinds[%q]%s", key, part), r)
		})
	}
	for key, spec := range stated().MachineSpecs.value {
		eachUnknown(spec, func(part string, s MachineSpec) {
			r := stated()
			r.MachineSpecs.value[key] = s
			try(fmt.Sprintf("machine_specs[%q]%s", key, part), r)
		})
	}
	if tried != 89 {
		t.Errorf("%d parts were tried", tried)
	}
}

// eachUnknown makes every argument of an object unknown in turn, then every
// object within, and the whole.
func eachUnknown[T any](object T, try func(part string, changed T)) {
	for _, at := range placesIn(reflect.TypeFor[T]()) {
		changed, name := object, ""
		for i := range at {
			name += "." + reflect.TypeFor[T]().FieldByIndex(at[:i+1]).Tag.Get("tfsdk")
		}
		setUnknown(reflect.ValueOf(&changed).Elem().FieldByIndex(at))
		try(name, changed)
	}
}

// placesIn lists the ways to what a type of arguments holds, the first its own.
func placesIn(object reflect.Type) [][]int {
	places := [][]int{nil}
	if isArg(object) {
		return places
	}
	for i := range object.NumField() {
		for _, place := range placesIn(object.Field(i).Type) {
			places = append(places, append([]int{i}, place...))
		}
	}
	return places
}

// What is known of a request with unknown parts is judged all the same.
func TestTheRestIsJudgedAtOnce(t *testing.T) {
	unknownKind := WorkspaceKind{}
	setUnknown(reflect.ValueOf(&unknownKind).Elem())
	zeroPercent := share("0", plain())
	unknown := Unknown[*big.Float]()
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"one kind is unknown, another at fault": {onGCP(kinds(map[string]WorkspaceKind{"a": unknownKind, "b": zeroPercent})), []string{
			`Invalid Percentage | workspace_kinds["b"].percent: workspace_kinds["b"].percent is 0. It must be above 0 and at most 100; fractions are fine, to six decimals.`,
		}},
		"one kind is unknown, another null": {onGCP(kinds(map[string]WorkspaceKind{"a": unknownKind, "b": {}})), []string{
			`Incomplete Kind of Workspaces | workspace_kinds["b"].requests: workspace_kinds["b"].requests is missing. State what one workspace of this kind requests: cpu in vCPU and memory_gib in GiB.`,
			`Share of a Kind | workspace_kinds["b"]: workspace_kinds["b"] states neither workspaces nor percent. State one of them: how many run at once, or their share of the rest.`,
		}},
		"an unknown kind has a name": {onGCP(kinds(map[string]WorkspaceKind{"system": unknownKind})), []string{
			`Invalid Name of a Kind | workspace_kinds["system"]: workspace_kinds["system"] has the name of a pool that a fleet has anyway. Choose another name.`,
		}},
		"an unknown kind, and more percent than all": {
			onGCP(kinds(map[string]WorkspaceKind{"a": unknownKind, "b": share("60", plain()), "c": share("60", plain())})), nil, // deferred: a sum of parts
		},
		"users are unknown, and a limit is below its request": {onGCP(func(r *Request) {
			r.Users, r.WorkspaceLimits.CPU = unknown, Decimal("0.4")
		}), []string{
			"Limit Below Its Request | workspace_limits.cpu: workspace_limits.cpu comes to 400 millicores, and a workspace requests 500. Set it to what is requested or more, or leave it out.",
		}},
		"users are unknown, and a kind fits no node of its own type": {onGCP(func(r *Request) {
			k := share("20", kindRequests("8", "4"))
			k.MachineType = Known("n2-standard-8")
			r.Users, r.WorkspaceKinds = unknown, Known(map[string]WorkspaceKind{"large": k})
		}), []string{
			`Workspace Fits No Node | workspace_kinds["large"].requests: A workspace of the kind "large" requests 8000 millicores, 4096 MiB and 1 disk, more than a node of n2-standard-8 has: beside what GKE keeps and every node runs (node_overhead), there is room for 7669 millicores, 27949 MiB, 105 pods and 127 disks. Lower workspace_kinds["large"].requests or set workspace_kinds["large"].machine_type to a type that takes one.`,
		}},
		"workspaces of one kind and percent that nobody knows yet": {onGCP(kinds(map[string]WorkspaceKind{
			"a": {Workspaces: Count(1), Percent: unknown, Requests: plain()}, "b": {Workspaces: unknown, Percent: Count(20), Requests: plain()}, "c": {Workspaces: unknown, Requests: plain()},
		})), nil},
		"one stated type is unknown, another at fault": {onGCP(func(r *Request) {
			hidden := MachineSpec{}
			setUnknown(reflect.ValueOf(&hidden).Elem())
			r.MachineSpecs = Known(map[string]MachineSpec{"a": hidden, "b": spec(func(s *MachineSpec) { s.VCPU = Count(0) })})
			r.MachineTypes = MachineTypes{Workspace: Known("a"), Coderd: Known("c")}
		}), []string{
			`Unknown Machine Type | machine_types.coderd: machine_types.coderd is "c", which the catalogue of machine types does not know. The nearest names are "c3-highcpu-4", "c3-highcpu-8", "c3-highmem-4". If it is a type that the cloud sells, state it in machine_specs.`,
			`Invalid Machine Type | machine_specs["b"].vcpu: machine_specs["b"].vcpu is 0. It must be a whole number from 1 to 10000.`,
		}},
		"any type may be stated while machine_specs is unknown": {onGCP(func(r *Request) {
			r.MachineSpecs = Unknown[map[string]MachineSpec]()
			r.MachineTypes.Coderd = Known("n9-standard-8")
		}), nil},
	} {
		t.Run(name, func(t *testing.T) { checkFaults(t, test.request, test.want) })
	}
}
