// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/internal/words"
	"github.com/refarch/terraform-provider-refarch/tools/markdown"
)

// answered collects what the answers of an edition's tiers name and warn of.
type answered struct {
	fleets []tierAnswer
}

type tierAnswer struct {
	cloud cloud.Cloud
	tier  string
	fleet *report.Answer
}

func (a *answered) add(c cloud.Cloud, tier *reference.Tier, f *report.Answer) {
	a.fleets = append(a.fleets, tierAnswer{c, tier.Name, f})
}

// warningsSection lists what the answers warn of, a text once.
func (a *answered) warningsSection(p *page) {
	type warned struct {
		code    sizing.WarningCode
		message string
		where   []string
	}
	var all []*warned
	for _, answer := range a.fleets {
		for _, w := range answer.fleet.Warnings {
			i := slices.IndexFunc(all, func(seen *warned) bool { return seen.code == w.Code && seen.message == w.Message })
			if i < 0 {
				i, all = len(all), append(all, &warned{code: w.Code, message: w.Message})
			}
			all[i].where = append(all[i].where, answer.tier+" on "+cloudNames[answer.cloud.Name()])
		}
	}
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b *warned) int {
		return slices.Index(sizing.WarningCodes(), a.code) - slices.Index(sizing.WarningCodes(), b.code)
	})
	p.line("\n## What these answers warn of\n")
	p.line("Where the published figures disagree with the clouds or Kubernetes and the answer depends on it:\n")
	for _, w := range all {
		p.line("- `%s`, %s: %s", w.code, joined(w.where), w.message)
	}
}

// machines are the machine types of the answers, by cloud and size.
func (a *answered) machines() *markdown.Table {
	t := markdown.NewTable("cloud", "machine type", "roles", "vCPU>", "memory, GiB>", "architecture", "burstable", "allocatable CPU>", "allocatable MiB>", "pods>", "disks>")
	type named struct {
		cloud cloud.Cloud
		name  string
		roles []string
	}
	var all []*named
	for _, c := range cloud.All() {
		for _, answer := range a.fleets {
			if answer.cloud != c {
				continue
			}
			for _, pool := range answer.fleet.Pools() {
				i := slices.IndexFunc(all, func(n *named) bool { return n.cloud == c && n.name == pool.MachineType })
				if i < 0 {
					i, all = len(all), append(all, &named{cloud: c, name: pool.MachineType})
				}
				if role := words.Name(pool.Role); !slices.Contains(all[i].roles, role) {
					all[i].roles = append(all[i].roles, role)
				}
			}
		}
	}
	for _, n := range all {
		m, _ := cloud.FindMachine(n.cloud.Name(), n.name)
		node := cloud.NodeOf(n.cloud, m, n.cloud.PodLimits(m).Default)
		burstable := "no"
		if m.Burstable {
			burstable = "yes"
		}
		t.Add(cloudNames[n.cloud.Name()], code(n.name), strings.Join(n.roles, ", "), count(m.VCPU), gib(m.MemoryMiB), string(m.Architecture),
			burstable, count(node.AllocatableCPUMillicores)+"m", count(node.AllocatableMemoryMiB), count(node.MaxPods), count(m.MaxVolumes))
	}
	return t
}

// databases are the database classes of the answers.
func (a *answered) databases() *markdown.Table {
	t := markdown.NewTable("cloud", "tiers", "machine type", "as the resource takes it", "vCPU>", "memory, GiB>", "published>", "storage, GB>", "grows to, GB>", "max_connections>")
	for _, c := range cloud.All() {
		for _, answer := range a.fleets {
			if answer.cloud != c {
				continue
			}
			db := answer.fleet.Database
			t.Add(cloudNames[c.Name()], answer.tier, code(db.MachineType), code(db.SKU), count(db.VCPU), gib(db.MemoryMiB),
				fmt.Sprintf("%d vCPU, %d GB", db.Published.VCPU, db.Published.MemoryGB), count(db.StorageGB), count(db.MaxStorageGB), count(db.MaxConnections))
		}
	}
	return t
}
