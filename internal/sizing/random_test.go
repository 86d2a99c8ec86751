// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"flag"
	"math/big"
	"os"
	"strconv"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// The laws hold for 4,000 random cases of each edition a run, for as many as
// -rapid.checks asks for, and with -short for a few hundred: a mutation run
// starts the tests hundreds of times.
func TestMain(m *testing.M) {
	flag.Parse()
	cases := "4000"
	if testing.Short() {
		cases = "500" // rapid itself takes a fifth of them
	}
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue {
		if err := checks.Value.Set(cases); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// loads are the arguments that make a fleet grow.
type loads struct{ users, workspaces, builds, rps int64 } // 0: left out

func (l loads) of(r Request) Request {
	r.Users = Count(l.users)
	for _, field := range []struct {
		argument *Number
		value    int64
	}{{&r.ConcurrentWorkspaces, l.workspaces}, {&r.ConcurrentBuilds, l.builds}, {&r.APIRPS, l.rps}} {
		if field.value > 0 {
			*field.argument = Count(field.value)
		}
	}
	return r
}

func maybe[T any](t *rapid.T, g *rapid.Generator[T], name string) Arg[T] {
	if rapid.Bool().Draw(t, "with "+name) {
		return Known(g.Draw(t, name))
	}
	return Arg[T]{}
}

func maybeCount(t *rapid.T, least, most int64, name string) Number {
	if n, ok := maybe(t, rapid.Int64Range(least, most), name).Get(); ok {
		return Count(n)
	}
	return Number{}
}

// everyEdition is all editions that there are: a law runs for each.
func everyEdition(t *testing.T) []*reference.Edition {
	t.Helper()
	editions, err := reference.Editions()
	if err != nil {
		t.Fatal(err)
	}
	return editions
}

// typesOf are the names of a cloud's machine types, and of those with GPUs.
var typesOf = sync.OnceValue(func() map[string]struct{ all, withGPUs []string } {
	types := map[string]struct{ all, withGPUs []string }{}
	for _, c := range cloud.Names() {
		of := types[c]
		for _, m := range cloud.MachineTypes(cloud.Name(c)) {
			of.all = append(of.all, m.Name)
			if m.GPUs > 0 {
				of.withGPUs = append(of.withGPUs, m.Name)
			}
		}
		types[c] = of
	}
	return types
})

// anyRequest is all of a request but its loads and kinds, mostly without fault.
func anyRequest(t *rapid.T, edition *reference.Edition) Request {
	name := rapid.SampledFrom(cloud.Names()).Draw(t, "cloud")
	r := Request{
		Cloud:            Known(name),
		Edition:          Known(edition.ID),
		HighAvailability: maybe(t, rapid.Bool(), "high_availability"),
		Zones:            maybeCount(t, 1, 5, "zones"),
		Packing:          maybe(t, rapid.Map(rapid.SampledFrom(Packings()), func(p Packing) string { return string(p) }), "packing"),
		MaxPodsPerNode:   maybeCount(t, 10, 110, "max_pods_per_node"),
		BeyondRange:      maybe(t, rapid.Map(rapid.SampledFrom(BeyondRanges()), func(b BeyondRange) string { return string(b) }), "beyond_range"),
		CoderdReplicas:   maybeCount(t, 1, 12, "coderd_replicas"),
		OtherNodes:       maybeCount(t, 0, 12, "other_nodes"),
	}
	if edition.Largest().WorkspaceProxy != nil && rapid.IntRange(0, 3).Draw(t, "with proxies") == 0 {
		r.ProxyRegions = Count(rapid.Int64Range(1, 3).Draw(t, "proxy_regions"))
	}
	if rapid.Bool().Draw(t, "with workspace_request") {
		pod := anyPod(t, "workspace")
		r.WorkspaceRequest = WorkspaceRequest{CPU: pod.CPU, MemoryGiB: pod.MemoryGiB, Volumes: maybeCount(t, 0, 4, "volumes")}
	}
	if rapid.Bool().Draw(t, "with machine_types") {
		types := rapid.SampledFrom(typesOf()[name].all)
		r.MachineTypes = MachineTypes{maybe(t, types, "coderd"), maybe(t, types, "provisioner"), maybe(t, types, "workspace")}
	}
	if rapid.Bool().Draw(t, "with node_overhead") {
		r.NodeOverhead = NodeOverhead{
			CPUMillicores: maybeCount(t, 0, 1000, "overhead millicores"),
			MemoryMiB:     maybeCount(t, 0, 2048, "overhead MiB"),
			Pods:          maybeCount(t, 0, 9, "overhead pods"),
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "with pod_requests") == 0 {
		r.PodRequests = PodRequests{anyPod(t, "coderd"), anyPod(t, "provisioner")}
	}
	return r
}

// anyPod is what one pod requests.
func anyPod(t *rapid.T, name string) RolePodRequest {
	return RolePodRequest{
		CPU:       Known(big.NewFloat(float64(rapid.IntRange(1, 4000).Draw(t, name+" millicores")) / 1000)),
		MemoryGiB: Known(big.NewFloat(float64(rapid.IntRange(agentMiB, 16384).Draw(t, name+" MiB")) / 1024)),
	}
}

// anyKinds adds kinds of workspaces to a request, mostly without fault.
func anyKinds(t *rapid.T, r Request) Request {
	count := rapid.IntRange(0, 4).Draw(t, "kinds")
	if count == 0 {
		return r
	}
	of, left := map[string]WorkspaceKind{}, int64(wholeShare)
	for i := range count {
		name := "kind" + strconv.Itoa(i)
		k := anyKind(t, name, r.Cloud.value)
		if rapid.Bool().Draw(t, name+" is fixed") {
			k.Workspaces = Count(rapid.Int64Range(0, 40).Draw(t, name+" workspaces"))
		} else {
			part := rapid.Int64Range(1, max(left, 1)).Draw(t, name+" millionths of a percent")
			k.Percent, left = millionths(part), left-part
		}
		of[name] = k
	}
	r.WorkspaceKinds = Known(of)
	return r
}

// anyKind is a kind but for how many run.
func anyKind(t *rapid.T, name, cloudName string) WorkspaceKind {
	pod := anyPod(t, name)
	k := WorkspaceKind{
		Requests:    KindRequests{CPU: pod.CPU, MemoryGiB: pod.MemoryGiB, Volumes: maybeCount(t, 0, 3, name+" volumes")},
		MachineType: maybe(t, rapid.SampledFrom(typesOf()[cloudName].all), name+" machine_type"),
	}
	if rapid.IntRange(0, 3).Draw(t, name+" with GPUs") == 0 {
		k.Requests.GPUs, k.MachineType = Count(1), Known(rapid.SampledFrom(typesOf()[cloudName].withGPUs).Draw(t, name+" machine_type"))
	}
	if rapid.Bool().Draw(t, name+" with limits") {
		k.Limits = WorkspaceLimits{CPU: Count(rapid.Int64Range(4, 64).Draw(t, name+" limit")), MemoryGiB: maybeCount(t, 16, 64, name+" GiB")}
	}
	return k
}

// millionths is a percentage of so many millionths.
func millionths(n int64) Number { return Decimal(new(big.Rat).SetFrac64(n, 1_000_000).FloatString(6)) }

// anyLoads are loads of an edition's tiers, a few of them beyond the largest.
func anyLoads(t *rapid.T, edition *reference.Edition) loads {
	largest := edition.Largest()
	load := func(most int64, name string) int64 { return rapid.Int64Range(0, most+most/10).Draw(t, name) }
	l := loads{
		users: 1 + load(largest.Limits.Users, "users"), workspaces: load(largest.ConcurrentWorkspaces(), "workspaces"),
		builds: load(largest.ConcurrentBuilds(), "builds"),
	}
	if edition.PublishesAPIRPS() {
		l.rps = load(*largest.Limits.APIRPS, "rps")
	}
	return l
}
