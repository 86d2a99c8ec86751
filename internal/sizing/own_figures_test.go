// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"fmt"
	"strings"
	"testing"
)

// A trial without a licence for more than one coderd: 15 people, of whom 60 %
// are at work, are a node of coderd with its provisioners and one of workspaces.
func TestATrialIsTwoNodes(t *testing.T) {
	for _, cloud := range []string{"gcp", "aws", "azure"} {
		f := mustSize(t, on(cloud, "2026-01", 15, func(r *Request) {
			r.CoderdReplicas, r.ColocateProvisioners = Count(1), Known(true)
		}))
		if f.Totals.NodeCount != 2 || f.Coderd.NodeCount != 1 || f.Workspace.Pods != 9 || f.BuiltInProvisioners != 10 {
			t.Errorf("%s: %s", cloud, fleetLine(f))
		}
		if f.CoderdReplicas != 1 || f.Database.MaxConnections != 100 {
			t.Errorf("%s: %d replicas, %d connections", cloud, f.CoderdReplicas, f.Database.MaxConnections)
		}
		if want := []Shortfall{{"coderd_replicas", 1, 3, UnitPods}}; fmt.Sprint(f.BelowReference) != fmt.Sprint(want) {
			t.Errorf("%s: %v", cloud, f.BelowReference)
		}
	}
}

// coderd_replicas takes the place of the row's three counts, within the range
// and beyond it, whatever high_availability says; connections and the
// provisioners inside coderd follow.
func TestCoderdReplicas(t *testing.T) {
	replicas := func(n int64) func(*Request) { return func(r *Request) { r.CoderdReplicas = Count(n) } }
	for name, test := range map[string]struct {
		request     Request
		coderd      string
		connections int64
	}{
		"a row that leaves a choice": {on("gcp", "2024-03", 1000, replicas(5)), "5 (5 to 5) x n1-standard-2, 1 each, 5 pods", 100},
		"the choice is made by hand": {
			on("gcp", "2024-03", 1000, func(r *Request) { replicas(1)(r); r.HighAvailability = Known(true) }), "1 (1 to 1) x n1-standard-2, 1 each, 1 pods", 100,
		},
		"a row of four": {on("aws", "2025-04", 3000, replicas(9)), "9 (9 to 9) x m5.xlarge, 1 each, 9 pods", 108},
		"beyond the range": {
			on("gcp", "2026-01", 15_000, func(r *Request) { replicas(3)(r); r.BeyondRange = Known("extrapolate") }), "3 (3 to 3) x n4-standard-8, 1 each, 3 pods", 100,
		},
		"as the row": {on("gcp", "2026-01", 10_000, replicas(10)), "10 (10 to 10) x n4-standard-8, 1 each, 10 pods", 120},
	} {
		f := mustSize(t, test.request)
		if got := poolLine(f.Coderd); got != test.coderd || f.Database.MaxConnections != test.connections || f.CoderdReplicas != f.Coderd.Pods {
			t.Errorf("%s: %s, %d connections, %d replicas", name, got, f.Database.MaxConnections, f.CoderdReplicas)
		}
	}
	for replicas, want := range map[int64]int64{1: 10, 3: 4, 4: 3, 11: 1} {
		f := mustSize(t, on("gcp", "2024-03", 100, func(r *Request) { r.CoderdReplicas, r.ColocateProvisioners = Count(replicas), Known(true) }))
		if f.BuiltInProvisioners != want {
			t.Errorf("10 builds in %d coderd are %d each, want %d", replicas, f.BuiltInProvisioners, want)
		}
	}
}

// A part of pod_requests takes the place of that part; the other stays what it
// is without. Provisioners are then counted by what Kubernetes can place.
func TestOwnPodRequests(t *testing.T) {
	coderd := func(p RolePodRequest) func(*Request) { return func(r *Request) { r.PodRequests.Coderd = p } }
	provisioner := func(p RolePodRequest) func(*Request) { return func(r *Request) { r.PodRequests.Provisioner = p } }
	for name, test := range map[string]struct {
		request Request
		role    string
		pool    string
		pod     PodRequest
	}{
		"coderd as the vendor's own": {
			on("gcp", "2026-01", 1000, coderd(RolePodRequest{Decimal("0.5"), Count(2)})), "coderd", "3 (3 to 3) x n4-standard-4, 1 each, 3 pods", PodRequest{500, 2048},
		},
		"coderd's memory alone, of the page": {
			on("gcp", "2026-01", 1000, coderd(RolePodRequest{MemoryGiB: Count(2)})), "coderd", "3 (3 to 3) x n4-standard-4, 1 each, 3 pods", PodRequest{2000, 2048},
		},
		"coderd's CPU alone, of a share": { // 16 x floor(9 x 5,159 / 160) MiB
			on("gcp", "2024-03", 1000, coderd(RolePodRequest{CPU: Decimal("0.2505")})), "coderd", "1 (1 to 2) x n1-standard-2, 1 each, 1 pods", PodRequest{251, 4640},
		},
		"coderd that takes a larger machine": {
			on("gcp", "2026-01", 1000, coderd(RolePodRequest{CPU: Count(4)})), "coderd", "3 (3 to 3) x n4-standard-8, 1 each, 3 pods", PodRequest{4000, 8192},
		},
		"provisioners of half a vCPU": { // 15 by CPU of 7,669m, 27 by memory
			on("gcp", "2026-01", 1000, provisioner(RolePodRequest{CPU: Decimal("0.5")})), "provisioner", "4 (4 to 4) x n4-standard-8, 15 each, 60 pods", PodRequest{500, 1024},
		},
		"provisioners of a share, with memory": { // 230m of a thirtieth; 27,949 MiB are 13 of 2,048
			on("gcp", "2024-03", 1000, provisioner(RolePodRequest{MemoryGiB: Count(2)})), "provisioner", "5 (5 to 5) x t2d-standard-8, 13 each, 60 pods", PodRequest{230, 2048},
		},
		"provisioners beyond what a page gives them": {
			on("gcp", "2024-03", 1000, provisioner(RolePodRequest{Count(2), Count(4)})), "provisioner", "20 (20 to 20) x t2d-standard-8, 3 each, 60 pods", PodRequest{2000, 4096},
		},
	} {
		f := mustSize(t, test.request)
		p := poolOf(f, test.role)
		if got := poolLine(*p); got != test.pool || p.PodRequest != test.pod {
			t.Errorf("%s:\n got %s, %+v\nwant %s, %+v", name, got, p.PodRequest, test.pool, test.pod)
		}
		if *p.PodLimits.MemoryMiB != test.pod.MemoryMiB {
			t.Errorf("%s: the memory limit is %d", name, *p.PodLimits.MemoryMiB)
		}
		if plain := *poolOf(mustSize(t, on(string(f.Cloud), f.Edition, f.Users, nil)), test.role).Published; fmt.Sprint(deref(plain)) != fmt.Sprint(deref(*p.Published)) {
			t.Errorf("%s: published is not the page's: %+v", name, *p.Published)
		}
	}
}

// deref writes a page's cells without their addresses.
func deref(p PublishedPool) []string {
	return []string{fmt.Sprint(p.VCPU, p.MemoryGB), orDash(p.MinNodeCount), orDash(p.MaxNodeCount), orDash(p.PodsPerNode)}
}

// What the request sets below the page's figure is told with both; the older
// pages publish no requests of pods, and a row of one to two nodes has one at
// least.
func TestBelowReference(t *testing.T) {
	own := func(r *Request) {
		r.PodRequests = PodRequests{Coderd: RolePodRequest{Decimal("0.5"), Count(2)}, Provisioner: RolePodRequest{Decimal("0.25"), Decimal("0.5")}}
	}
	for name, test := range map[string]struct {
		request Request
		want    []Shortfall
	}{
		"every figure": {
			on("gcp", "2026-01", 2000, func(r *Request) { own(r); r.CoderdReplicas = Count(2) }), []Shortfall{
				{"coderd_replicas", 2, 3, UnitPods},
				{"pod_requests.coderd.cpu", 500, 4000, UnitMillicores}, {"pod_requests.coderd.memory_gib", 2048, 12_288, UnitMiB},
				{"pod_requests.provisioner.cpu", 250, 1000, UnitMillicores}, {"pod_requests.provisioner.memory_gib", 512, 1024, UnitMiB},
			},
		},
		"as published": {
			on("gcp", "2026-01", 1000, func(r *Request) {
				r.CoderdReplicas = Count(3)
				r.PodRequests = PodRequests{Coderd: RolePodRequest{Count(2), Count(8)}, Provisioner: RolePodRequest{Count(1), Count(1)}}
			}), nil,
		},
		"provisioners inside coderd have no pods": {
			on("gcp", "2026-01", 50, func(r *Request) {
				r.ColocateProvisioners, r.PodRequests.Provisioner = Known(true), RolePodRequest{CPU: Decimal("0.1")}
			}), nil,
		},
		"a page without requests":        {on("gcp", "2025-04", 1000, own), nil},
		"one of one to two":              {on("gcp", "2025-04", 1000, func(r *Request) { r.CoderdReplicas = Count(1) }), nil},
		"three of four":                  {on("gcp", "2025-04", 3000, func(r *Request) { r.CoderdReplicas = Count(3) }), []Shortfall{{"coderd_replicas", 3, 4, UnitPods}}},
		"the row's, beyond the range":    {on("gcp", "2026-01", 15_000, func(r *Request) { r.BeyondRange, r.CoderdReplicas = Known("extrapolate"), Count(10) }), nil},
		"half a millicore less than one": {on("gcp", "2026-01", 1000, func(r *Request) { r.PodRequests.Coderd.CPU = Decimal("1.9995") }), nil},
	} {
		f := mustSize(t, test.request)
		if fmt.Sprint(f.BelowReference) != fmt.Sprint(test.want) {
			t.Errorf("%s:\n got %v\nwant %v", name, f.BelowReference, test.want)
		}
		if got := strings.Contains(warned(f), "below_reference"); got != (len(test.want) > 0) {
			t.Errorf("%s: %s", name, warned(f))
		}
	}
}

// Where provisioners run inside coderd nothing about what they need is a fault
// or a warning: a machine is described, without densities.
func TestColocatedProvisionersAreNoFault(t *testing.T) {
	huge := RolePodRequest{Count(1000), Count(1000)}
	for name, request := range map[string]Request{
		"larger than any node":  on("gcp", "2026-01", 50, func(r *Request) { r.ColocateProvisioners, r.PodRequests.Provisioner = Known(true), huge }),
		"larger than the row's": on("gcp", "2024-03", 50, func(r *Request) { r.ColocateProvisioners, r.PodRequests.Provisioner = Known(true), huge }),
		"larger than the named": on("aws", "2024-03", 50, func(r *Request) {
			r.ColocateProvisioners, r.PodRequests.Provisioner = Known(true), huge
			r.MachineTypes.Provisioner = Known("t3.nano")
		}),
		"nothing left of the named": on("aws", "2024-03", 50, func(r *Request) { r.ColocateProvisioners, r.MachineTypes.Provisioner = Known(true), Known("t3.nano") }),
		"one part, and no other left": on("aws", "2024-03", 50, func(r *Request) {
			r.ColocateProvisioners, r.MachineTypes.Provisioner, r.PodRequests.Provisioner.CPU = Known(true), Known("t3.nano"), Count(1)
		}),
	} {
		p := mustSize(t, request).Provisioner
		if p.NodeCount != 0 || p.MaxNodeCount != 0 || p.Pods != 0 || p.PodsPerNode != 0 || p.SchedulablePodsPerNode != 0 {
			t.Errorf("%s: %+v", name, p)
		}
		if p.Overcommit.CPU != nil || p.Overcommit.Memory != nil {
			t.Errorf("%s: overcommit %v", name, p.Overcommit)
		}
	}
	// Of what is not stated stands the page's request, or nothing where it has none.
	for edition, want := range map[string]PodRequest{"2026-01": {1_000_000, 1024}, "2024-03": {1_000_000, 0}} {
		p := mustSize(t, on("aws", edition, 50, func(r *Request) {
			r.ColocateProvisioners, r.MachineTypes.Provisioner, r.PodRequests.Provisioner.CPU = Known(true), Known("t3.nano"), Count(1000)
		})).Provisioner
		if p.PodRequest != want {
			t.Errorf("%s: a provisioner requests %+v, want %+v", edition, p.PodRequest, want)
		}
	}
	for _, test := range []struct{ cloud, machine string }{{"gcp", "n4-standard-8"}, {"aws", "m8i.2xlarge"}, {"azure", "Standard_D8s_v5"}} {
		p := mustSize(t, on(test.cloud, "2026-01", 50, func(r *Request) { r.ColocateProvisioners, r.PodRequests.Provisioner = Known(true), huge })).Provisioner
		if p.MachineType != test.machine {
			t.Errorf("%s: %s is described", test.cloud, p.MachineType)
		}
	}
}
