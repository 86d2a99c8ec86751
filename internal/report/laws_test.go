// SPDX-License-Identifier: MPL-2.0

package report_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// anySubjects draws parts of a fleet, and some that it does not have.
func anySubjects() *rapid.Generator[[]sizing.Subject] {
	role := rapid.SampledFrom([]sizing.Role{
		sizing.RoleCoderd, sizing.RoleProvisioner, sizing.RoleWorkspace, sizing.RoleWorkspaceProxy,
		sizing.RoleDatabase, "nobody",
	})
	return rapid.SliceOfDistinct(rapid.Custom(func(t *rapid.T) sizing.Subject {
		subject := sizing.Subject{Role: role.Draw(t, "role")}
		if subject.Role == sizing.RoleWorkspace {
			subject.Kind = rapid.SampledFrom([]string{"", "large", "gpu", "nobody's"}).Draw(t, "kind")
		}
		return subject
	}), rapid.ID[sizing.Subject])
}

// anyPool draws a pool from likely to impossible: the words must stand
// whatever the figures are.
func anyPool(count *rapid.Generator[int64], name *rapid.Generator[string]) *rapid.Generator[sizing.NodePool] {
	return rapid.Custom(func(t *rapid.T) sizing.NodePool {
		pool := sizing.NodePool{
			MachineType:            name.Draw(t, "machine type"),
			VCPU:                   count.Draw(t, "vCPU"),
			MemoryMiB:              count.Draw(t, "MiB"),
			NodeCount:              count.Draw(t, "nodes"),
			MinNodeCount:           count.Draw(t, "least nodes"),
			MaxNodeCount:           count.Draw(t, "most nodes"),
			NodeCountPerZone:       count.Draw(t, "nodes per zone"),
			PodsPerNode:            count.Draw(t, "pods per node"),
			Pods:                   count.Draw(t, "pods"),
			SchedulablePodsPerNode: count.Draw(t, "schedulable"),
			LimitedBy:              rapid.SampledFrom(sizing.Limits()).Draw(t, "limit"),
			MaxPodsPerNode:         count.Draw(t, "most pods"),
			MaxVolumesPerNode:      count.Draw(t, "most volumes"),
			MaxNodeCountPerZone:    count.Draw(t, "most nodes per zone"),
			SchedulableMemoryMiB:   count.Draw(t, "MiB for pods"),
			GPUs:                   count.Draw(t, "GPUs"),
			PodGPUs:                count.Draw(t, "GPUs of a pod"),
			PodVolumes:             count.Draw(t, "volumes of a pod"),
			PodLimits: sizing.PodLimits{
				CPUMillicores: rapid.Ptr(count, true).Draw(t, "limit of millicores"),
				MemoryMiB:     rapid.Ptr(count, true).Draw(t, "limit of MiB"),
			},
			Overcommit: sizing.Overcommit{Memory: rapid.Ptr(rapid.Float64Min(0), true).Draw(t, "overcommit")},
		}
		pool.PodRequest.CPUMillicores = count.Draw(t, "millicores")
		pool.PodRequest.MemoryMiB = count.Draw(t, "MiB of a pod")
		if rapid.Bool().Draw(t, "is published") {
			pool.Published = &sizing.PublishedPool{VCPU: count.Draw(t, "published vCPU"), MemoryGB: count.Draw(t, "GB")}
		}
		return pool
	})
}

// anyFleet draws a fleet with every warning, in figures that are either those
// of real fleets or anything at all.
func anyFleet() *rapid.Generator[*sizing.Fleet] {
	return rapid.Custom(func(t *rapid.T) *sizing.Fleet {
		count := rapid.SampledFrom([]*rapid.Generator[int64]{
			rapid.Int64Range(0, 1000), rapid.Int64Range(0, 1_000_000_000), rapid.Int64(),
		}).Draw(t, "size")
		name := rapid.SampledFrom([]*rapid.Generator[string]{
			rapid.SampledFrom([]string{"t3.large", "n2-highmem-128", "GP_Standard_D64ds_v5"}),
			rapid.Map(rapid.IntRange(0, 300), func(n int) string { return strings.Repeat("é", n) }),
		}).Draw(t, "names")
		pools := anyPool(count, name)
		f := &sizing.Fleet{
			Used: sizing.Used{
				Edition: name.Draw(t, "edition"), HighAvailability: rapid.Bool().Draw(t, "high availability"),
				Zones: count.Draw(t, "zones"), Packing: rapid.SampledFrom(sizing.Packings()).Draw(t, "packing"),
				ProxyRegions: count.Draw(t, "regions"), ColocateProvisioners: rapid.Bool().Draw(t, "colocated"),
			},
			Users: count.Draw(t, "users"), Cloud: cloud.Name(name.Draw(t, "cloud")),
			Tier:   sizing.Tier{TierRow: sizing.TierRow{Name: name.Draw(t, "tier")}},
			Coderd: pools.Draw(t, "coderd"), Provisioner: pools.Draw(t, "provisioner"),
			Workspace: pools.Draw(t, "workspace"), BuiltInProvisioners: count.Draw(t, "built in"),
			Totals: sizing.Totals{
				NodeCount: count.Draw(t, "all nodes"), VCPU: count.Draw(t, "all vCPU"),
				MemoryMiB: count.Draw(t, "all MiB"),
			},
			WorkspacePools: rapid.MapOf(rapid.SampledFrom([]string{"large", "gpu", "a-kind-of-20-letters"}), pools).Draw(t, "kinds"),
			Addresses:      sizing.Addresses{NodeCount: count.Draw(t, "nodes with addresses")}, BeyondAddresses: rapid.Bool().Draw(t, "beyond addresses"),
			PoolNodeLimit: count.Draw(t, "nodes of a pool"), PoolNodeQuota: name.Draw(t, "quota"),
			PublishedWorkspaceMiB: count.Draw(t, "published MiB"), NewestEdition: name.Draw(t, "newest"),
			Database: sizing.Database{
				SKU: name.Draw(t, "SKU"), VCPU: count.Draw(t, "vCPU"),
				MemoryMiB: count.Draw(t, "MiB"), NodeCount: count.Draw(t, "database nodes"),
				StorageGB: count.Draw(t, "storage"), WantedStorageGB: count.Draw(t, "wanted storage"),
			},
		}
		if rapid.Bool().Draw(t, "has proxies") {
			proxy := pools.Draw(t, "proxy")
			f.WorkspaceProxy = &proxy
		}
		if rapid.Bool().Draw(t, "is beyond") {
			f.Beyond = &sizing.Extrapolation{Quantity: "users", Value: count.Draw(t, "load"), Limit: count.Draw(t, "limit")}
		}
		for _, code := range sizing.WarningCodes() {
			f.Warnings = append(f.Warnings, sizing.Warning{Code: code, Subjects: anySubjects().Draw(t, "subjects")})
		}
		for _, unit := range []sizing.Unit{sizing.UnitPods, sizing.UnitMillicores, sizing.UnitMiB, "nobody's"} {
			f.BelowReference = append(f.BelowReference, sizing.Shortfall{
				Argument: name.Draw(t, "argument"), Used: count.Draw(t, "used"), Published: count.Draw(t, "published"), Unit: unit,
			})
		}
		return f
	})
}

// No line of a summary is wider than 100 columns or ends in blanks, whatever
// the figures; a warning is one line of its own.
func TestSummaryLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fleet := anyFleet().Draw(t, "fleet")
		answer := report.Of(fleet)
		for line := range strings.SplitSeq(answer.Summary, "\n") {
			if width := utf8.RuneCountInString(line); width > 100 {
				t.Fatalf("%d columns: %s", width, line)
			}
			if strings.TrimRight(line, " ") != line {
				t.Fatalf("blanks at the end of %q", line)
			}
		}
		if strings.HasSuffix(answer.Summary, "\n") || strings.Contains(answer.Summary, "\n\n\n") {
			t.Fatalf("empty lines in %q", answer.Summary)
		}
		for _, warning := range answer.Warnings {
			if warning.Message == "" || strings.Contains(warning.Message, "\n") {
				t.Fatalf("%s says %q", warning.Code, warning.Message)
			}
			if !strings.Contains(answer.Summary, "\nwarning "+string(warning.Code)+":") {
				t.Fatalf("the summary does not warn of %s:\n%s", warning.Code, answer.Summary)
			}
		}
	})
}

// The same figures get the same words, and stay as they are.
func TestOfIsDeterministic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fleet := anyFleet().Draw(t, "fleet")
		before := *fleet
		first, again := report.Of(fleet), report.Of(fleet)
		if !reflect.DeepEqual(first, again) {
			t.Fatalf("first\n%+v\nthen\n%+v", first, again)
		}
		if !reflect.DeepEqual(&before, fleet) {
			t.Fatalf("before\n%+v\nthen\n%+v", before, fleet)
		}
	})
}
