// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/tools/markdown"
)

// worked is a node of the guide, of 8 vCPU and 32 GiB, that the editions pack
// with 16 workspaces.
type worked struct {
	cloud       cloud.Cloud
	machine     *cloud.Machine
	maxPods     int64
	kernel      int64
	reserved    cloud.Reserved
	daemons     cloud.Daemons
	node        cloud.Node
	workspaces  int64
	limitedBy   string
	unused      int64 // memory that no whole workspace fits into
	workspaceOf sizing.PodRequest
	editionSays int64
}

// workedTypes are the workspace nodes of the editions that name machine types,
// each once, by cloud.
var workedTypes = []struct {
	cloud   cloud.Name
	machine string
}{
	{cloud.GCP, "t2d-standard-8"},
	{cloud.AWS, "t3.2xlarge"},
	{cloud.AWS, "m5.2xlarge"},
	{cloud.Azure, "Standard_D8s_v3"},
}

// workedNode counts a node by the provider's own rules: of the default
// workspace, with the cloud's default pod limit.
func workedNode(name cloud.Name, machineType string) (worked, error) {
	fleet, faults := sizing.Size(sizing.Request{
		Users: sizing.Count(1000), Cloud: sizing.Known(string(name)),
		MachineTypes: sizing.MachineTypes{Workspace: sizing.Known(machineType)},
	})
	if len(faults) > 0 {
		return worked{}, faults[0]
	}
	c, ok := cloud.ByName(string(name))
	if !ok {
		return worked{}, fmt.Errorf("%q is no cloud", name)
	}
	m, _ := cloud.FindMachine(name, machineType)
	pool := fleet.Workspace
	w := worked{
		cloud: c, machine: m, maxPods: pool.MaxPodsPerNode, kernel: c.KernelMiB(m),
		reserved: c.Reserved(m, pool.MaxPodsPerNode), daemons: c.Daemons(), node: cloud.NodeOf(c, m, pool.MaxPodsPerNode),
		workspaces: pool.SchedulablePodsPerNode, limitedBy: string(pool.LimitedBy), workspaceOf: pool.PodRequest,
		editionSays: *pool.Published.PodsPerNode,
	}
	w.unused = w.node.AllocatableMemoryMiB - w.daemons.MemoryMiB - w.workspaces*w.workspaceOf.MemoryMiB
	return w, nil
}

func allWorked() ([]worked, error) {
	var all []worked
	for _, t := range workedTypes {
		w, err := workedNode(t.cloud, t.machine)
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, nil
}

// workedNodes is the arithmetic of the worked nodes as a table, in MiB.
func workedNodes() (string, error) {
	all, err := allWorked()
	if err != nil {
		return "", err
	}
	head := []string{"MiB"}
	for _, w := range all {
		head = append(head, fmt.Sprintf("%s, %s>", w.cloud.Kubernetes(), code(w.machine.Name)))
	}
	t := markdown.NewTable(head...)
	row := func(name string, figure func(worked) string) {
		cells := []string{name}
		for _, w := range all {
			cells = append(cells, figure(w))
		}
		t.Add(cells...)
	}
	less := func(n int64) string { return count(-n) }
	row("memory by the cloud's specification", func(w worked) string { return count(w.machine.MemoryMiB) })
	row("the kernel does not show", func(w worked) string { return less(w.kernel) })
	row("reserved for kubelet and system", func(w worked) string { return less(w.reserved.MemoryMiB) })
	row("eviction threshold", func(w worked) string { return less(w.reserved.EvictionMiB) })
	row("**allocatable**", func(w worked) string { return "**" + count(w.node.AllocatableMemoryMiB) + "**" })
	row("daemons of every node", func(w worked) string { return less(w.daemons.MemoryMiB) })
	row("**for workspaces**", func(w worked) string {
		return "**" + count(w.node.AllocatableMemoryMiB-w.daemons.MemoryMiB) + "**"
	})
	row(fmt.Sprintf("over %s MiB each: workspaces", count(all[0].workspaceOf.MemoryMiB)), func(w worked) string {
		return count((w.node.AllocatableMemoryMiB - w.daemons.MemoryMiB) / w.workspaceOf.MemoryMiB)
	})
	row(fmt.Sprintf("by CPU, over %sm each", count(all[0].workspaceOf.CPUMillicores)), func(w worked) string {
		return count((w.node.AllocatableCPUMillicores - w.daemons.CPUMillicores) / w.workspaceOf.CPUMillicores)
	})
	row("by the pod limit", func(w worked) string { return count(w.maxPods - w.daemons.Pods) })
	row("by disks, one a workspace", func(w worked) string { return count(w.machine.MaxVolumes) })
	row("**workspaces on a node**", func(w worked) string { return "**" + count(w.workspaces) + "**" })
	row("the editions say", func(w worked) string { return count(w.editionSays) })
	return t.String(), nil
}

// podLimits is one node with several pod limits: CLOUD MACHINE_TYPE LIMIT...
func podLimits(arguments []string) (string, error) {
	if len(arguments) < 3 {
		return "", fmt.Errorf("takes a cloud, a machine type and pod limits, not %q", arguments)
	}
	w, err := workedNode(cloud.Name(arguments[0]), arguments[1])
	if err != nil {
		return "", err
	}
	t := markdown.NewTable("pod limit>", "reserved and eviction, MiB>", "allocatable, MiB>", "for pods, MiB>", "workspaces>", "limited by")
	for _, limit := range arguments[2:] {
		packing, faults := sizing.PackNode(sizing.PackingQuestion{
			Cloud: sizing.Known(arguments[0]), MachineType: sizing.Known(arguments[1]),
			CPUMillicores: sizing.Count(w.workspaceOf.CPUMillicores), MemoryMiB: sizing.Count(w.workspaceOf.MemoryMiB), MaxPods: sizing.Decimal(limit),
		})
		if len(faults) > 0 {
			return "", faults[0]
		}
		t.Add(count(packing.MaxPods), count(packing.ReservedMemoryMiB), count(packing.AllocatableMemoryMiB),
			count(packing.SchedulableMemoryMiB), count(packing.Pods), string(packing.LimitedBy))
	}
	return t.String(), nil
}

// daemonsTable is what every node of a default cluster runs.
func daemonsTable() string {
	t := markdown.NewTable("cluster", "CPU, millicores>", "memory, MiB>", "pods>")
	for _, c := range cloud.All() {
		d := c.Daemons()
		t.Add(c.Kubernetes(), count(d.CPUMillicores), count(d.MemoryMiB), count(d.Pods))
	}
	return t.String()
}

// poolLimits is how many nodes the clouds take in one node pool.
func poolLimits() string {
	t := markdown.NewTable("cluster", "nodes of one pool>", "counted", "raised by")
	for _, c := range cloud.All() {
		nodes, quota := c.MaxNodesPerPool()
		counted, raised := "in all its zones", "nothing"
		if c.Name() == cloud.GCP {
			counted = "in each zone"
		}
		if quota != "" {
			raised = "the quota " + code(quota)
		}
		t.Add(c.Kubernetes(), count(nodes), counted, raised)
	}
	return t.String()
}

// capture is a real node as Kubernetes reported it.
type capture struct {
	Cluster       string `yaml:"cluster"`
	Machine       string `yaml:"machine"`
	VCPU          int64  `yaml:"vcpu"` // that the node shows
	AllocatableKi int64  `yaml:"allocatable_memory_ki"`
	Pods          int64  `yaml:"pods"`
	Kubernetes    string `yaml:"kubernetes"`
	Source        string `yaml:"source"`
}

func readCaptures(name string) ([]capture, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading the captured nodes: %w", err)
	}
	var all []capture
	if err := yaml.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("reading the captured nodes: %w", err)
	}
	return all, nil
}

// covered finds the machine of a captured node; false where today's rules or
// the catalogue do not cover it.
func (c capture) covered() (cloud.Cloud, *cloud.Machine, bool) {
	for _, of := range cloud.All() {
		if c.Cluster == strings.ToLower(of.Kubernetes()) {
			m, ok := cloud.FindMachine(of.Name(), c.Machine)
			return of, m, ok
		}
	}
	return nil, nil, false
}

// capturedTable holds the rules against real nodes, in MiB.
func capturedTable(all []capture) string {
	type line struct {
		order []string
		size  int64
		cells []string
	}
	var lines []line
	for _, c := range all {
		of, m, ok := c.covered()
		if !ok {
			continue
		}
		machine := code(m.Name)
		if c.VCPU*2 == m.VCPU {
			machine += ", one thread a core"
		}
		actual, ours := c.AllocatableKi/1024, cloud.NodeOf(of, m, c.Pods).AllocatableMemoryMiB
		lines = append(lines, line{
			order: []string{of.Kubernetes(), of.Family(m.Name)}, size: m.MemoryMiB,
			cells: []string{
				of.Kubernetes(), machine, release(c.Kubernetes), count(c.Pods),
				count(actual), count(ours), count(ours - actual), sourceLink(c.Source),
			},
		})
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		return cmp.Or(slices.Compare(a.order, b.order), cmp.Compare(a.size, b.size), slices.Compare(a.cells, b.cells))
	})
	t := markdown.NewTable("cluster", "machine", "Kubernetes", "pod limit>", "real>", "ours>", "difference>", "source")
	for _, l := range lines {
		t.Add(l.cells...)
	}
	return t.String() + fmt.Sprintf("\nThe tests compare %d nodes; the %d that are missing here are of types outside the catalogue, or of AKS before 1.29.\n"+
		"A node that runs one thread a core shows half of its machine's vCPU, which the rules do not cover: give its\n"+
		"`workspace_node_allocatable`.\n", len(all), len(all)-len(lines))
}

var minorRelease = regexp.MustCompile(`\d+\.\d+`)

// release shortens a node's version, such as v1.27.3-gke.100, to 1.27.
func release(version string) string { return cmp.Or(minorRelease.FindString(version), "not stated") }

// sourceLink links "owner/name @commit path"; other sources have no address.
func sourceLink(source string) string {
	fields := strings.SplitN(source, " ", 3)
	if len(fields) < 3 || !strings.HasPrefix(fields[1], "@") || strings.Count(fields[0], "/") != 1 {
		return "public posting"
	}
	path := (&url.URL{Path: fields[2]}).EscapedPath()
	return "[" + fields[0] + "](https://github.com/" + fields[0] + "/blob/" + fields[1][1:] + "/" + path + ")"
}
