// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
)

// checkLaws holds an answer against what is true of every answer.
func checkLaws(fail func(format string, args ...any), f *Fleet) {
	for _, p := range f.Pools() {
		if p.MinNodeCount > p.NodeCount || p.NodeCount > p.MaxNodeCount {
			fail("%s: %d nodes are not from %d to %d", p.Role, p.NodeCount, p.MinNodeCount, p.MaxNodeCount)
		}
		for _, count := range [][2]int64{{p.NodeCountPerZone, p.NodeCount}, {p.MinNodeCountPerZone, p.MinNodeCount}, {p.MaxNodeCountPerZone, p.MaxNodeCount}} {
			perZone, nodes := count[0], count[1]
			if perZone*f.Zones < nodes || perZone*f.Zones >= nodes+f.Zones {
				fail("%s: %d zones of %d for %d nodes", p.Role, f.Zones, perZone, nodes)
			}
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
	checkLawsOfWorkspaces(fail, f)
	checkLawsOfSurroundings(fail, f)
	if f.Peak.NodeCount < f.Totals.NodeCount || f.Peak.VCPU < f.Totals.VCPU || f.Peak.MemoryMiB < f.Totals.MemoryMiB {
		fail("peak %+v is below %+v", f.Peak, f.Totals)
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
	c, ok := cloud.ByName(string(f.Cloud))
	if !ok {
		fail("%s is no cloud", f.Cloud)
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

// checkLawsOfWorkspaces holds the pools of workspaces against each other.
func checkLawsOfWorkspaces(fail func(format string, args ...any), f *Fleet) {
	var now, most int64
	for _, p := range f.Pools() {
		if p.Role != RoleWorkspace {
			continue
		}
		now, most = now+p.Pods, most+p.MostPods
		if p.Pods > p.MostPods || p.MaxNodeCount*p.PodsPerNode < p.MostPods {
			fail("%s: %d nodes of %d for at most %d, %d now", p.Kind, p.MaxNodeCount, p.PodsPerNode, p.MostPods, p.Pods)
		}
		if (p.Pods == 0) != (p.NodeCount == 0) || (p.NodeCount == 0) != (p.MinNodeCount == 0) {
			fail("%s: %d pods on %d nodes, at least %d", p.Kind, p.Pods, p.NodeCount, p.MinNodeCount)
		}
		limits := p.PodLimits
		if (limits.CPUMillicores == nil) != (p.Overcommit.CPU == nil) || (limits.MemoryMiB == nil) != (p.Overcommit.Memory == nil) {
			fail("%s: overcommit %+v of limits %+v", p.Kind, p.Overcommit, limits)
		}
		if p.Kind == "" {
			continue
		}
		if p.Basis != BasisDerived || p.Published != nil || p.PodsPerNode != p.SchedulablePodsPerNode {
			fail("%s: %+v", p.Kind, *p.NodePool)
		}
		if each := p.PodsPerNode; each*p.PodRequest.CPUMillicores > p.SchedulableCPUMillicores || each*p.PodRequest.MemoryMiB > p.SchedulableMemoryMiB ||
			each*p.PodGPUs > p.GPUs || each*p.PodVolumes > p.MaxVolumesPerNode || each > p.MaxPodsPerNode {
			fail("%s: %d do not fit %+v", p.Kind, each, *p.NodePool)
		}
	}
	if now < f.ConcurrentWorkspaces || most < max(f.Users, f.ConcurrentWorkspaces) {
		fail("the kinds are %d now and %d at most, of %d and %d users", now, most, f.ConcurrentWorkspaces, f.Users)
	}
	if got := f.ResourceQuota["pods"]; got != strconv.FormatInt(most, 10) {
		fail("the quota has %s pods of %d", got, most)
	}
}

// checkLawsOfSurroundings holds quotas and addresses against the pools:
// the families of one region are its vCPU, and a block holds the nodes where one
// half as large does not.
func checkLawsOfSurroundings(fail func(format string, args ...any), f *Fleet) {
	nodes, vcpu := f.Totals.NodeCount, f.Totals.VCPU
	if f.WorkspaceProxy != nil {
		nodes -= f.ProxyRegions * f.WorkspaceProxy.NodeCount
		vcpu -= f.ProxyRegions * f.WorkspaceProxy.NodeCount * f.WorkspaceProxy.VCPU
	}
	total, hasTotal := cloud.TotalQuota(f.Cloud)
	var families, gpus int64
	for name, q := range f.ComputeQuotas {
		switch {
		case q.Peak < q.Needed:
			fail("%s: %+v", name, q)
		case hasTotal && name == total.Name:
			if want := map[bool]int64{true: f.Totals.VCPU, false: vcpu}[total.AllRegions]; q.Needed != want {
				fail("%s needs %d of %d", name, q.Needed, want)
			}
		case q.Unit == cloud.QuotaGPU:
			gpus += q.Needed
		default:
			families += q.Needed
		}
	}
	unknown := slices.ContainsFunc(f.Warnings, func(w Warning) bool { return w.Code == WarnQuotaUnknown })
	if families > vcpu || families < vcpu && gpus == 0 && !unknown {
		fail("the families need %d of %d vCPU: %v", families, vcpu, f.ComputeQuotas)
	}
	if f.Addresses.NodeCount < nodes {
		fail("addresses are for %d nodes of %d", f.Addresses.NodeCount, nodes)
	}
	if length := f.Addresses.NodePrefixLength; length != nil && f.Cloud != cloud.AWS {
		kept := map[cloud.Name]int64{cloud.GCP: 4, cloud.Azure: 5}[f.Cloud]
		block := int64(1) << (32 - *length)
		if need := f.Addresses.NodeCount + kept; need > block || *length < 29 && need <= block/2 {
			fail("a /%d for %d nodes", *length, f.Addresses.NodeCount)
		}
	}
}

func TestLawsOfEveryAnswer(t *testing.T) {
	for _, edition := range everyEdition(t) {
		t.Run(edition.ID, func(t *testing.T) {
			answered, withKinds := 0, 0
			rapid.Check(t, func(t *rapid.T) {
				r := anyKinds(t, anyLoads(t, edition).of(anyRequest(t, edition)))
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
				if len(f.WorkspacePools) > 0 {
					withKinds++
				}
				checkLaws(t.Fatalf, f)
				if again, _ := Size(r); !reflect.DeepEqual(f, again) {
					t.Fatalf("two answers:\n%+v\n%+v", f, again)
				}
			})
			if answered < 10 || withKinds < 2 {
				t.Errorf("only %d requests were answered, %d with kinds", answered, withKinds)
			}
		})
	}
}

// No count, vCPU, memory or storage shrinks when a load grows, across tiers and
// beyond them, of kinds too.
func TestNothingShrinks(t *testing.T) {
	for _, edition := range everyEdition(t) {
		t.Run(edition.ID, func(t *testing.T) {
			compared, acrossTiers := 0, 0
			rapid.Check(t, func(t *rapid.T) {
				r := anyKinds(t, anyRequest(t, edition))
				less := anyLoads(t, edition)
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
		})
	}
}

// quantities are all that must not shrink.
func quantities(f *Fleet) map[string]int64 {
	all := map[string]int64{
		"nodes": f.Totals.NodeCount, "vCPU": f.Totals.VCPU, "memory": f.Totals.MemoryMiB,
		"peak nodes": f.Peak.NodeCount, "peak vCPU": f.Peak.VCPU, "peak memory": f.Peak.MemoryMiB,
		"database nodes": f.Database.NodeCount, "database vCPU": f.Database.VCPU, "database memory": f.Database.MemoryMiB,
		"storage": f.Database.StorageGB, "storage ceiling": f.Database.MaxStorageGB, "connections": f.Database.MaxConnections,
		"workspaces": f.ConcurrentWorkspaces, "builds": f.ConcurrentBuilds, "built-in": f.BuiltInProvisioners,
	}
	for name, q := range f.ComputeQuotas {
		all["quota "+name], all["quota peak "+name] = q.Needed, q.Peak
	}
	all["addresses"] = f.Addresses.NodeCount
	if f.Cloud != cloud.AWS { // there a node's addresses follow its density, which differs between tiers
		all["node block"], all["pod block"] = -prefixOr(f.Addresses.NodePrefixLength), -prefixOr(f.Addresses.PodPrefixLength)
	}
	for _, p := range f.Pools() {
		name := cmp.Or(p.Kind, string(p.Role))
		all[name+" nodes"], all[name+" least"], all[name+" most"] = p.NodeCount, p.MinNodeCount, p.MaxNodeCount
		all[name+" per zone"], all[name+" least per zone"], all[name+" most per zone"] = p.NodeCountPerZone, p.MinNodeCountPerZone, p.MaxNodeCountPerZone
		all[name+" pods"], all[name+" most pods"] = p.Pods, p.MostPods
		all[name+" vCPU"], all[name+" memory"] = p.NodeCount*p.VCPU, p.NodeCount*p.MemoryMiB
	}
	return all
}

// prefixOr is a length, 0 where no network is large enough.
func prefixOr(length *int64) int64 {
	if length == nil {
		return 0
	}
	return *length
}

// Whatever is left unknown, Check finds no fault that Size does not find once
// everything is known.
func TestUnknownIsNeverAFault(t *testing.T) {
	for _, edition := range everyEdition(t) {
		t.Run(edition.ID, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				r := anyKinds(t, anyLoads(t, edition).of(anyRequest(t, edition)))
				faults := Check(r)
				for _, fault := range faults {
					if !strings.HasSuffix(fault.Detail, ".") {
						t.Fatalf("%q says not what to do", fault.Detail)
					}
				}
				partly := r
				hide := reflect.ValueOf(&partly).Elem()
				for i := range hide.NumField() {
					if rapid.IntRange(0, 3).Draw(t, hide.Type().Field(i).Name+" is unknown") == 0 {
						setUnknown(hide.Field(i))
					}
				}
				for _, fault := range Check(partly) {
					if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Title == fault.Title && reflect.DeepEqual(f.Path, fault.Path) }) {
						t.Fatalf("%+v is a fault while parts are unknown, and none of %+v", fault, faults)
					}
				}
			})
		})
	}
}

// setUnknown makes an argument unknown, an object with all of its parts.
func setUnknown(arg reflect.Value) {
	if a, ok := arg.Addr().Interface().(interface{ SetUnknown() }); ok {
		a.SetUnknown()
		return
	}
	for i := range arg.NumField() {
		setUnknown(arg.Field(i))
	}
}
