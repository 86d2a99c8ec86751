package sizing

import (
	"flag"
	"math/big"
	"os"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
)

// The laws hold for 10,000 random cases a run, for as many as -rapid.checks
// asks for, and with -short for a few hundred: a mutation run starts the tests
// hundreds of times.
func TestMain(m *testing.M) {
	flag.Parse()
	cases := "10000"
	if testing.Short() {
		cases = "1000" // rapid itself takes a fifth of them
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

// anyRequest is all of a request but its loads, mostly without fault.
func anyRequest(t *rapid.T) Request {
	name := rapid.SampledFrom(cloud.Names()).Draw(t, "cloud")
	r := Request{
		Cloud:            Known(name),
		Edition:          maybe(t, rapid.SampledFrom([]string{"2024-03", "2025-04", "2026-01"}), "edition"),
		HighAvailability: maybe(t, rapid.Bool(), "high_availability"),
		Zones:            maybeCount(t, 1, 5, "zones"),
		Packing:          maybe(t, rapid.Map(rapid.SampledFrom(Packings()), func(p Packing) string { return string(p) }), "packing"),
		MaxPodsPerNode:   maybeCount(t, 10, 110, "max_pods_per_node"),
		BeyondRange:      maybe(t, rapid.Map(rapid.SampledFrom(BeyondRanges()), func(b BeyondRange) string { return string(b) }), "beyond_range"),
	}
	if rapid.Bool().Draw(t, "with workspace_request") {
		r.WorkspaceRequest = WorkspaceRequest{
			CPU:       Known(big.NewFloat(float64(rapid.IntRange(1, 4000).Draw(t, "millicores")) / 1000)),
			MemoryGiB: Known(big.NewFloat(float64(rapid.IntRange(2048, 16384).Draw(t, "MiB")) / 1024)),
			Volumes:   maybeCount(t, 0, 4, "volumes"),
		}
	}
	if rapid.Bool().Draw(t, "with machine_types") {
		var types []string
		for _, m := range cloud.MachineTypes(cloud.Name(name)) {
			types = append(types, m.Name)
		}
		r.MachineTypes = MachineTypes{
			Coderd:      maybe(t, rapid.SampledFrom(types), "coderd"),
			Provisioner: maybe(t, rapid.SampledFrom(types), "provisioner"),
			Workspace:   maybe(t, rapid.SampledFrom(types), "workspace"),
		}
	}
	if rapid.Bool().Draw(t, "with node_overhead") {
		r.NodeOverhead = NodeOverhead{
			CPUMillicores: maybeCount(t, 0, 1000, "overhead millicores"),
			MemoryMiB:     maybeCount(t, 0, 2048, "overhead MiB"),
			Pods:          maybeCount(t, 0, 9, "overhead pods"),
		}
	}
	return r
}

func anyLoads(t *rapid.T) loads {
	load := func(most int64, name string) int64 { return rapid.Int64Range(0, most).Draw(t, name) }
	return loads{1 + load(12_000, "users"), load(8000, "workspaces"), load(700, "builds"), load(600, "rps")}
}

// checkLaws holds an answer against what is true of every answer.
func checkLaws(fail func(format string, args ...any), f *Fleet) {
	for _, p := range f.Pools() {
		if p.MinNodeCount > p.NodeCount || p.NodeCount > p.MaxNodeCount {
			fail("%s: %d nodes are not from %d to %d", p.Role, p.NodeCount, p.MinNodeCount, p.MaxNodeCount)
		}
		if perZone := p.NodeCountPerZone * f.Zones; perZone < p.NodeCount || perZone >= p.NodeCount+f.Zones {
			fail("%s: %d zones of %d for %d nodes", p.Role, f.Zones, p.NodeCountPerZone, p.NodeCount)
		}
		if p.NodeCount*p.PodsPerNode < p.Pods {
			fail("%s: %d nodes of %d do not carry %d", p.Role, p.NodeCount, p.PodsPerNode, p.Pods)
		}
		if p.NodeCount > 0 && (p.PodsPerNode < 1 || p.SchedulablePodsPerNode < 1 || p.PodRequest.CPUMillicores < 1 || p.PodRequest.MemoryMiB < 1) {
			fail("%s: %+v", p.Role, *p.NodePool)
		}
		if p.Role != RoleWorkspace && p.NodeCount > 0 && p.SchedulablePodsPerNode < p.PodsPerNode {
			fail("%s: %d pods a node and %d are schedulable", p.Role, p.PodsPerNode, p.SchedulablePodsPerNode)
		}
		if !slices.Contains(Limits(), p.LimitedBy) {
			fail("%s is limited by %q", p.Role, p.LimitedBy)
		}
	}
	w := f.Workspace
	if f.Packing == PackingSchedulable && w.PodsPerNode > w.SchedulablePodsPerNode {
		fail("schedulable packing counts %d, and %d are schedulable", w.PodsPerNode, w.SchedulablePodsPerNode)
	}
	pending := w.Pods > w.NodeCount*w.SchedulablePodsPerNode
	var codes []WarningCode
	for _, warning := range f.Warnings {
		codes = append(codes, warning.Code)
	}
	if pending != slices.Contains(codes, WarnUnschedulablePacking) {
		fail("pending is %t, warnings are %v", pending, codes)
	}
	position := -1
	for _, code := range codes {
		next := slices.Index(WarningCodes(), code)
		if next <= position {
			fail("warnings are out of order or twice: %v", codes)
		}
		position = next
	}
	db := f.Database
	c, err := cloud.ByName(string(f.Cloud))
	if err != nil {
		fail("%v", err)
		return
	}
	sold, ok := c.Storage(db.StorageGB)
	ceiling, ceilingOK := c.Storage(db.MaxStorageGB)
	if !ok || sold != db.StorageGB || !ceilingOK || ceiling != db.MaxStorageGB || db.MaxStorageGB < db.StorageGB || db.StorageMB != db.StorageGB*1024 {
		fail("storage %d GB, %d MB, up to %d", db.StorageGB, db.StorageMB, db.MaxStorageGB)
	}
	if class, known := c.Database(db.MachineType); !known || class.SKU != db.SKU || db.MaxConnections < 100 || db.MaxConnections < 12*f.Coderd.Pods {
		fail("database %+v", db)
	}
	if f.InValidatedRange != (f.Beyond == nil) || f.InValidatedRange == slices.Contains(codes, WarnBeyondValidatedRange) {
		fail("in_validated_range is %t, warnings are %v", f.InValidatedRange, codes)
	}
}

func TestLawsOfEveryAnswer(t *testing.T) {
	answered := 0
	rapid.Check(t, func(t *rapid.T) {
		r := anyLoads(t).of(anyRequest(t))
		f, faults := Size(r)
		if (f == nil) != (len(faults) > 0) {
			t.Fatalf("fleet %v, faults %v", f, faults)
		}
		if !reflect.DeepEqual(faults, Check(r)) {
			t.Fatalf("Size finds %v, Check %v", faults, Check(r))
		}
		if f == nil {
			return
		}
		answered++
		checkLaws(t.Fatalf, f)
		if again, _ := Size(r); !reflect.DeepEqual(f, again) {
			t.Fatalf("two answers:\n%+v\n%+v", f, again)
		}
	})
	if answered < 10 {
		t.Errorf("only %d requests were answered", answered)
	}
}

// No count, vCPU, memory or storage shrinks when a load grows, across tiers and
// beyond them.
func TestNothingShrinks(t *testing.T) {
	compared, acrossTiers := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t)
		less := anyLoads(t)
		more := less
		grow := func(value *int64, most int64, name string) {
			if *value > 0 {
				*value += rapid.Int64Range(0, most).Draw(t, "more "+name)
			}
		}
		grow(&more.users, 3000, "users")
		grow(&more.workspaces, 3000, "workspaces")
		grow(&more.builds, 200, "builds")
		grow(&more.rps, 200, "rps")
		small, _ := Size(less.of(r))
		large, _ := Size(more.of(r))
		if small == nil || large == nil {
			return
		}
		compared++
		if small.Tier.Name != large.Tier.Name {
			acrossTiers++
		}
		was, is := quantities(small), quantities(large)
		for name, before := range was {
			if is[name] < before {
				t.Fatalf("%s shrinks from %d to %d between %+v and %+v", name, before, is[name], less, more)
			}
		}
	})
	if compared < 10 || acrossTiers < 2 {
		t.Errorf("%d pairs compared, %d across tiers", compared, acrossTiers)
	}
}

// quantities are all that must not shrink.
func quantities(f *Fleet) map[string]int64 {
	all := map[string]int64{
		"nodes": f.Totals.NodeCount, "vCPU": f.Totals.VCPU, "memory": int64(f.Totals.MemoryGiB * 100),
		"database nodes": f.Database.NodeCount, "database vCPU": f.Database.VCPU, "database memory": f.Database.MemoryMiB,
		"storage": f.Database.StorageGB, "storage ceiling": f.Database.MaxStorageGB, "connections": f.Database.MaxConnections,
		"workspaces": f.ConcurrentWorkspaces, "builds": f.ConcurrentBuilds, "built-in": f.BuiltInProvisioners,
	}
	for _, p := range f.Pools() {
		role := string(p.Role)
		all[role+" nodes"], all[role+" least"], all[role+" most"] = p.NodeCount, p.MinNodeCount, p.MaxNodeCount
		all[role+" per zone"], all[role+" pods"] = p.NodeCountPerZone, p.Pods
		all[role+" vCPU"], all[role+" memory"] = p.NodeCount*p.VCPU, p.NodeCount*p.MemoryMiB
	}
	return all
}

// Whatever is left unknown, Check finds no fault that Size does not find once
// everything is known.
func TestUnknownIsNeverAFault(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyLoads(t).of(anyRequest(t))
		faults := Check(r)
		partly := r
		hide := reflect.ValueOf(&partly).Elem()
		for i := range hide.NumField() {
			if rapid.Bool().Draw(t, hide.Type().Field(i).Name+" is unknown") {
				setUnknown(hide.Field(i))
			}
		}
		for _, fault := range Check(partly) {
			if !slices.ContainsFunc(faults, func(f Fault) bool { return reflect.DeepEqual(f.Path, fault.Path) }) {
				t.Fatalf("%+v is a fault while parts are unknown, and none of %+v", fault, faults)
			}
		}
	})
}

// setUnknown makes an argument unknown, an object with all of its parts.
func setUnknown(arg reflect.Value) {
	switch a := arg.Addr().Interface().(type) {
	case *Number:
		*a = Unknown[*big.Float]()
	case *Arg[string]:
		*a = Unknown[string]()
	case *Arg[bool]:
		*a = Unknown[bool]()
	default:
		for i := range arg.NumField() {
			setUnknown(arg.Field(i))
		}
	}
}
