// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/internal/words"
	"github.com/refarch/terraform-provider-refarch/tools/markdown"
)

// tierSection is a tier as published, and our answers for all of its users.
func tierSection(p *page, e *reference.Edition, tier *reference.Tier, answers *answered) error {
	p.line("\n## Tier %s: up to %s users\n", tier.Name, count(tier.Limits.Users))
	p.line("As published:\n")
	p.WriteString(publishedTable(e, tier).String())
	p.line("\nWhat this provider answers for %s users:\n", count(tier.Limits.Users))
	t := markdown.NewTable("role")
	for _, c := range cloud.All() {
		t.Column(cloudNames[c.Name()])
	}
	var published, schedulable []*report.Answer
	for _, c := range cloud.All() {
		fleet, err := tierFleet(e, tier, c.Name(), sizing.PackingPublished)
		if err != nil {
			return err
		}
		packed, err := tierFleet(e, tier, c.Name(), sizing.PackingSchedulable)
		if err != nil {
			return err
		}
		published, schedulable = append(published, fleet), append(schedulable, packed)
		answers.add(c, tier, fleet)
	}
	add := func(name string, fleets []*report.Answer, cell func(*report.Answer) string) {
		cells := []string{name}
		for _, f := range fleets {
			cells = append(cells, cell(f))
		}
		t.Add(cells...)
	}
	add("coderd", published, func(f *report.Answer) string { return poolCell(&f.Coderd) })
	add("provisioner", published, func(f *report.Answer) string { return poolCell(&f.Provisioner) })
	workspaces := func(f *report.Answer) string { return poolCell(&f.Workspace) }
	totals := func(f *report.Answer) string {
		nodes, vcpu := f.Totals.NodeCount, f.Totals.VCPU
		if proxy := f.WorkspaceProxy; proxy != nil {
			nodes, vcpu = nodes-proxy.NodeCount, vcpu-proxy.NodeCount*proxy.VCPU
		}
		return count(nodes) + " nodes, " + count(vcpu) + " vCPU"
	}
	all := "node pools"
	if tier.WorkspaceProxy != nil {
		all += " without proxies"
	}
	if tier.Workspace != nil {
		add("workspace, `packing` published", published, workspaces)
		add("workspace, schedulable", schedulable, workspaces)
	} else {
		add("workspace", published, workspaces)
	}
	add("database", published, func(f *report.Answer) string {
		return fmt.Sprintf("%d × %s, %s GB", f.Database.NodeCount, code(f.Database.SKU), count(f.Database.StorageGB))
	})
	if tier.WorkspaceProxy != nil {
		add("workspace proxy, each region", published, func(f *report.Answer) string { return poolCell(f.WorkspaceProxy) })
	}
	if tier.Workspace != nil {
		add(all+", published", published, totals)
		add(all+", schedulable", schedulable, totals)
	} else {
		add(all, published, totals)
	}
	add("warnings", published, func(f *report.Answer) string {
		var codes []string
		for _, w := range f.Warnings {
			codes = append(codes, code(string(w.Code)))
		}
		if len(codes) == 0 {
			return "none"
		}
		return strings.Join(codes, "<br>")
	})
	p.WriteString(t.String())
	p.line("\nNotes, from the page in our words:\n")
	for _, note := range tier.Notes {
		p.line("- %s", note)
	}
	return nil
}

// tierFleet answers for all users of a tier, with the proxies of one region
// where it has some.
func tierFleet(e *reference.Edition, tier *reference.Tier, c cloud.Name, packing sizing.Packing) (*report.Answer, error) {
	r := request(tier.Limits.Users, c, e.ID, packing)
	if tier.WorkspaceProxy != nil {
		r.ProxyRegions = sizing.Count(1)
	}
	answer, err := size(r)
	if err != nil {
		return nil, fmt.Errorf("edition %s, tier %s on %s: %w", e.ID, tier.Name, c, err)
	}
	return answer, nil
}

// publishedTable is a tier's rows as they stand on its page.
func publishedTable(e *reference.Edition, tier *reference.Tier) *markdown.Table {
	head := []string{"role", "vCPU>", "memory, GB>", "replicas>"}
	if e.Fit == nil {
		head = append(head, "each>")
	} else {
		head = append(head, "request of a pod")
	}
	head = append(head, "storage, GB>")
	if e.Fit == nil {
		for _, c := range cloud.All() {
			head = append(head, cloudNames[c.Name()])
		}
	}
	t := markdown.NewTable(head...)
	types := func(cells []string, names map[string]string) {
		if e.Fit == nil {
			for _, c := range cloud.All() {
				cells = append(cells, code(names[string(c.Name())]))
			}
		}
		t.Add(cells...)
	}
	pool := func(role sizing.Role, row *reference.Pool) {
		if row == nil {
			return
		}
		cells := []string{words.Name(role), count(row.VCPU), count(row.MemoryGB)}
		if row.Nodes != nil {
			replicas := count(row.Nodes.Max)
			if row.Nodes.Min != row.Nodes.Max {
				replicas = count(row.Nodes.Min) + "-" + replicas
			}
			cells = append(cells, replicas, orDash(row.PodsPerNode))
		} else {
			cells = append(cells, orDash(row.Pods), fmt.Sprintf("%dm, %d MiB", row.PodRequest.CPUMillicores, row.PodRequest.MemoryMiB))
		}
		types(append(cells, "–"), row.MachineTypes)
	}
	pool(sizing.RoleCoderd, &tier.Coderd)
	pool(sizing.RoleWorkspaceProxy, tier.WorkspaceProxy)
	pool(sizing.RoleProvisioner, &tier.Provisioner)
	pool(sizing.RoleWorkspace, tier.Workspace)
	db := tier.Database
	types([]string{"database", count(db.VCPU), count(db.MemoryGB), count(db.Nodes), "–", orDash(db.StorageGB)}, db.MachineTypes)
	return t
}

// poolCell is a node pool in a cell: "64 × `t2d-standard-8`, 16 each".
func poolCell(pool *sizing.NodePool) string {
	nodes := count(pool.NodeCount)
	if pool.MinNodeCount != pool.MaxNodeCount && pool.PodsPerNode == 1 {
		nodes += fmt.Sprintf(" (%s to %s)", count(pool.MinNodeCount), count(pool.MaxNodeCount))
	}
	return fmt.Sprintf("%s × %s, %s each", nodes, code(pool.MachineType), count(pool.PodsPerNode))
}
