// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/tools/markdown"
)

// movedUsers are the fleets whose move from edition to edition is shown.
var movedUsers = []int64{1000, 2000, 3000}

// effects says what a change of an argument does to what exists, by cloud. It
// follows what forces a replacement in hashicorp/google v7.45.0, hashicorp/aws
// of version 5 and hashicorp/azurerm v5.2.0.
type effects map[cloud.Name]string

var (
	machineChange   = effects{cloud.GCP: "rolls", cloud.AWS: "**replaces**", cloud.Azure: "rotates"}
	databaseRestart = effects{cloud.GCP: "**restarts**", cloud.AWS: "**restarts**", cloud.Azure: "**restarts**"}
	podsRestart     = effects{cloud.GCP: "restarts pods", cloud.AWS: "restarts pods", cloud.Azure: "restarts pods"}
	nothingNew      = effects{}
)

// aspect is something of a fleet that a move may change.
type aspect struct {
	name    string
	of      func(*report.Answer) string
	effects effects
}

func poolAspects(role string, pool func(*report.Answer) *sizing.NodePool) []aspect {
	return []aspect{
		{role + " machine type", func(f *report.Answer) string { return code(pool(f).MachineType) }, machineChange},
		{role + " nodes", func(f *report.Answer) string { return count(pool(f).NodeCount) }, nothingNew},
		{role + " pods on a node", func(f *report.Answer) string { return count(pool(f).PodsPerNode) }, nothingNew},
		{role + " pod limit", func(f *report.Answer) string { return count(pool(f).MaxPodsPerNode) }, nothingNew},
	}
}

func aspects() []aspect {
	request := func(name string, pool func(*report.Answer) *sizing.NodePool) aspect {
		return aspect{name + " pod request", func(f *report.Answer) string {
			r := pool(f).PodRequest
			return fmt.Sprintf("%dm, %d MiB", r.CPUMillicores, r.MemoryMiB)
		}, podsRestart}
	}
	coderd := func(f *report.Answer) *sizing.NodePool { return &f.Coderd }
	provisioner := func(f *report.Answer) *sizing.NodePool { return &f.Provisioner }
	workspace := func(f *report.Answer) *sizing.NodePool { return &f.Workspace }
	all := append(poolAspects("coderd", coderd), request("coderd", coderd))
	all = append(all, poolAspects("provisioner", provisioner)...)
	all = append(all, request("provisioner", provisioner))
	all = append(all, poolAspects("workspace", workspace)...)
	return append(
		all,
		aspect{"workspaces at once", func(f *report.Answer) string { return count(f.ConcurrentWorkspaces) }, nothingNew},
		aspect{"builds at once", func(f *report.Answer) string { return count(f.ConcurrentBuilds) }, nothingNew},
		aspect{"most workspace nodes", func(f *report.Answer) string { return count(f.Workspace.MaxNodeCount) }, nothingNew},
		aspect{"database class", func(f *report.Answer) string { return code(f.Database.SKU) }, databaseRestart},
		aspect{"database nodes", func(f *report.Answer) string { return count(f.Database.NodeCount) }, nothingNew},
		aspect{"database storage, GB", func(f *report.Answer) string { return count(f.Database.StorageGB) }, nothingNew},
		aspect{"high availability", func(f *report.Answer) string { return map[bool]string{true: "on", false: "off"}[f.HighAvailability] }, nothingNew},
		aspect{"nodes in all", func(f *report.Answer) string { return count(f.Totals.NodeCount) }, nothingNew},
		aspect{"vCPU in all", func(f *report.Answer) string { return count(f.Totals.VCPU) }, nothingNew},
	)
}

// moves shows what changes from each edition to each newer one.
func moves() (string, error) {
	editions, err := reference.Editions()
	if err != nil {
		return "", err
	}
	p := &page{}
	for i, from := range editions {
		for _, to := range editions[i+1:] {
			p.line("## From %s to %s\n", from.ID, to.ID)
			p.line("[%[1]s](edition-%[1]s.md) is part of Coder's documentation %[2]s, [%[3]s](edition-%[3]s.md) %[4]s.\n", from.ID, releases(from), to.ID, releases(to))
			for _, users := range movedUsers {
				p.line("### %s users: %s to %s\n", count(users), from.ID, to.ID)
				t, err := moveTable(users, from, to)
				if err != nil {
					return "", err
				}
				p.line("%s", t)
			}
		}
	}
	return p.String(), nil
}

// moveTable has a row for each aspect that changes on at least one cloud.
func moveTable(users int64, from, to *reference.Edition) (string, error) {
	t := markdown.NewTable("what")
	before, after := map[cloud.Name]*report.Answer{}, map[cloud.Name]*report.Answer{}
	for _, c := range cloud.All() {
		t.Column(cloudNames[c.Name()])
		for edition, into := range map[*reference.Edition]map[cloud.Name]*report.Answer{from: before, to: after} {
			fleet, err := size(request(users, c.Name(), edition.ID, sizing.PackingPublished))
			if err != nil {
				return "", err
			}
			into[c.Name()] = fleet
		}
	}
	for _, a := range aspects() {
		row, changed := []string{a.name}, false
		for _, c := range cloud.All() {
			old, next := a.of(before[c.Name()]), a.of(after[c.Name()])
			if old == next {
				row = append(row, "same")
				continue
			}
			changed = true
			cell := old + " → " + next
			if effect := a.effects[c.Name()]; effect != "" {
				cell += ", " + effect
			}
			row = append(row, cell)
		}
		if changed {
			t.Add(row...)
		}
	}
	if t.Len() == 0 {
		return "Nothing changes.\n", nil
	}
	return t.String(), nil
}
