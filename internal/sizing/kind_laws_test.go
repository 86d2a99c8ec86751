// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// Where an edition publishes no workspace nodes, a kind that is everybody and
// requests what workspaces request anyway is the answer without kinds. Where it
// does, the page's head room, 1,024 places for 1,000, is not a kind's.
func TestAKindOfEverybodyIsNoKind(t *testing.T) {
	for _, edition := range everyEdition(t) {
		if edition.Largest().Workspace != nil {
			continue
		}
		t.Run(edition.ID, func(t *testing.T) {
			answered := 0
			rapid.Check(t, func(t *rapid.T) {
				without := anyLoads(t, edition).of(anyRequest(t, edition))
				if rapid.Bool().Draw(t, "with limits") {
					without.WorkspaceLimits = WorkspaceLimits{Count(8), Count(32)}
				}
				with := without
				everybody := share("100", KindRequests{CPU: without.WorkspaceRequest.CPU, MemoryGiB: without.WorkspaceRequest.MemoryGiB})
				if everybody.Requests.CPU.IsLeftOut() {
					everybody.Requests = kindRequests("0.5", "2")
				}
				everybody.Limits = without.WorkspaceLimits
				with.WorkspaceKinds = Known(map[string]WorkspaceKind{"everybody": everybody})
				plain, faults := Size(without)
				kinds, _ := Size(with)
				if (plain == nil) != (kinds == nil) {
					t.Fatalf("without: %v, with: %+v", faults, kinds)
				}
				if plain == nil {
					return
				}
				answered++
				if got := kinds.WorkspacePools["everybody"]; !reflect.DeepEqual(got, plain.Workspace) {
					t.Fatalf("a kind: %+v\nwithout: %+v", got, plain.Workspace)
				}
				if nothing := kinds.Workspace; nothing.MaxNodeCount != 0 || nothing.MostPods != 0 {
					t.Fatalf("%+v runs besides", nothing)
				}
				for _, same := range [][2]any{
					{kinds.Totals, plain.Totals}, {kinds.Peak, plain.Peak}, {kinds.ResourceQuota, plain.ResourceQuota}, {kinds.Used, plain.Used},
					{kinds.Coderd, plain.Coderd}, {kinds.Provisioner, plain.Provisioner}, {kinds.Database, plain.Database},
					{kinds.ComputeQuotas, plain.ComputeQuotas}, {kinds.Addresses, plain.Addresses},
				} {
					if !reflect.DeepEqual(same[0], same[1]) {
						t.Fatalf("with: %+v\nwithout: %+v", same[0], same[1])
					}
				}
			})
			if answered < 10 {
				t.Errorf("only %d requests were answered", answered)
			}
		})
	}
}

// Two equal kinds in the place of one never need fewer nodes, and leave the
// rest as it is.
func TestSplittingAKindNeedsNoFewerNodes(t *testing.T) {
	for _, edition := range everyEdition(t) {
		t.Run(edition.ID, func(t *testing.T) {
			answered := 0
			rapid.Check(t, func(t *rapid.T) {
				r := anyLoads(t, edition).of(anyRequest(t, edition))
				whole := anyKind(t, "whole", r.Cloud.value)
				half := whole
				if rapid.Bool().Draw(t, "fixed") {
					n := rapid.Int64Range(0, 50).Draw(t, "half of the workspaces")
					whole.Workspaces, half.Workspaces = Count(2*n), Count(n)
				} else {
					n := rapid.Int64Range(1, wholeShare/2).Draw(t, "millionths of half the percent")
					whole.Percent, half.Percent = millionths(2*n), millionths(n)
				}
				one, two := r, r
				one.WorkspaceKinds = Known(map[string]WorkspaceKind{"whole": whole})
				two.WorkspaceKinds = Known(map[string]WorkspaceKind{"half1": half, "half2": half})
				f, _ := Size(one)
				g, faults := Size(two)
				if (f == nil) != (g == nil) {
					t.Fatalf("one kind: %+v, two: %v", f, faults)
				}
				if f == nil {
					return
				}
				answered++
				if g.Totals.NodeCount < f.Totals.NodeCount || g.Peak.NodeCount < f.Peak.NodeCount {
					t.Fatalf("one kind: %+v, two: %+v", f.Totals, g.Totals)
				}
				if !reflect.DeepEqual(f.Workspace, g.Workspace) || !reflect.DeepEqual(g.WorkspacePools["half1"], g.WorkspacePools["half2"]) {
					t.Fatalf("one kind leaves %+v, two %+v", f.Workspace, g.Workspace)
				}
			})
			if answered < 10 {
				t.Errorf("only %d requests were answered", answered)
			}
		})
	}
}

// A limit is told and moves nothing else.
func TestALimitMovesNoCount(t *testing.T) {
	for _, edition := range everyEdition(t) {
		t.Run(edition.ID, func(t *testing.T) {
			answered := 0
			rapid.Check(t, func(t *rapid.T) {
				limited := anyKinds(t, anyLoads(t, edition).of(anyRequest(t, edition)))
				limited.WorkspaceLimits = WorkspaceLimits{maybeCount(t, 4, 1_000_000_000, "limit"), maybeCount(t, 16, 1_000_000_000, "limit GiB")}
				unlimited := limited
				unlimited.WorkspaceLimits = WorkspaceLimits{}
				if of, ok := limited.WorkspaceKinds.Get(); ok {
					bare := map[string]WorkspaceKind{}
					for name, kind := range of {
						kind.Limits = WorkspaceLimits{}
						bare[name] = kind
					}
					unlimited.WorkspaceKinds = Known(bare)
				}
				f, _ := Size(limited)
				g, faults := Size(unlimited)
				if (f == nil) != (g == nil) {
					t.Fatalf("with limits %+v, without %v", f, faults)
				}
				if f == nil {
					return
				}
				answered++
				if f, g := withoutLimits(f), withoutLimits(g); !reflect.DeepEqual(f, g) {
					t.Fatalf("with limits %+v\nwithout %+v", f, g)
				}
			})
			if answered < 10 {
				t.Errorf("only %d requests were answered", answered)
			}
		})
	}
}

// withoutLimits is an answer without all that limits of workspaces tell.
func withoutLimits(f *Fleet) Fleet {
	bare := *f
	bare.Workspace.PodLimits, bare.Workspace.Overcommit = PodLimits{}, Overcommit{}
	bare.WorkspacePools = map[string]NodePool{}
	for name, pool := range f.WorkspacePools {
		pool.PodLimits, pool.Overcommit = PodLimits{}, Overcommit{}
		bare.WorkspacePools[name] = pool
	}
	bare.ResourceQuota = map[string]string{}
	for name, amount := range f.ResourceQuota {
		if name != "limits.cpu" && name != "limits.memory" {
			bare.ResourceQuota[name] = amount
		}
	}
	bare.Warnings = nil
	for _, warning := range f.Warnings {
		if warning.Code != WarnMemoryOvercommitted {
			bare.Warnings = append(bare.Warnings, warning)
		}
	}
	return bare
}
