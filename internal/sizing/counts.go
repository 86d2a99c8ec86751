// SPDX-License-Identifier: MPL-2.0

package sizing

import "math"

// counted are the nodes of a pool and the pods that they carry; mostPods is for
// workspaces alone.
type counted struct{ nodes, least, most, podsPerNode, pods, mostPods int64 }

// counts are those of every pool; of proxies in one region.
type counts struct {
	coderd, provisioner, workspace, proxy counted
	kinds                                 []counted // as the kinds asked for
}

// countPools counts what there is to run on the machines that are chosen.
func countPools(s *settled) counts {
	in, l, m, zones := &s.asked, &s.load, &s.machines, s.asked.zones.value
	density := workspaceDensity(&m.workspace, publishedDensity(s), in.packing.value)
	c := counts{
		coderd:      countCoderd(&m.coderd, l, s.highAvailability, in.coderdReplicas),
		provisioner: countProvisioners(&m.provisioner, l, in.colocate.value),
		workspace:   countWorkspaces(&m.workspace, l, s.split.rest, density, zones),
		kinds:       make([]counted, len(m.kinds)),
	}
	for i := range m.kinds {
		n := &m.kinds[i]
		c.kinds[i] = countWorkspaces(n, l, s.split.kinds[i], n.schedulable, zones)
	}
	if m.proxy != nil {
		c.proxy = countProxies(m.proxy, l)
	}
	return c
}

// countCoderd runs the row's nodes, one pod each. Where the row leaves a
// choice, high availability takes the larger number. The request may say
// another number.
func countCoderd(n *node, l *load, highAvailability bool, replicas Arg[int64]) counted {
	row := n.demand.row
	if own, ok := replicas.Get(); ok {
		return counted{nodes: own, least: own, most: own, podsPerNode: 1, pods: own}
	}
	if row.Nodes == nil {
		pods := l.scaled(*row.Pods)
		return counted{nodes: pods, least: pods, most: pods, podsPerNode: 1, pods: pods}
	}
	c := counted{least: l.scaled(row.Nodes.Min), most: l.scaled(row.Nodes.Max), podsPerNode: n.podsPerNode}
	c.nodes = c.least
	if highAvailability {
		c.nodes = c.most
	}
	c.pods = c.nodes
	return c
}

// countProvisioners runs one provisioner a build; inside coderd it runs no
// nodes.
func countProvisioners(n *node, l *load, colocated bool) counted {
	if colocated {
		return counted{podsPerNode: n.podsPerNode}
	}
	nodes := ceilDiv(l.builds, n.podsPerNode)
	return counted{nodes: nodes, least: nodes, most: nodes, podsPerNode: n.podsPerNode, pods: l.builds}
}

// countProxies is one region's workspace proxies, one pod a node.
func countProxies(n *node, l *load) counted {
	pods := l.scaled(*n.demand.row.Pods)
	return counted{nodes: pods, least: pods, most: pods, podsPerNode: 1, pods: pods}
}

// countWorkspaces runs the concurrent workspaces of a pool, up to everyone at
// once, and never scales one that runs any to zero.
func countWorkspaces(n *node, l *load, run running, density, zones int64) counted {
	nodes := ceilDiv(places(n, l, run.now), density)
	return counted{
		nodes: nodes, least: min(zones, nodes), most: ceilDiv(places(n, l, run.most), density),
		podsPerNode: density, pods: run.now, mostPods: run.most,
	}
}

// places is how many workspaces the nodes have to hold. A row that publishes
// nodes has some more places than users, 1,024 for 1,000: so many more are
// there for fewer workspaces too, within the tier never beyond the row's own.
func places(n *node, l *load, workspaces int64) int64 {
	row := n.demand.row
	if row == nil {
		return workspaces
	}
	published := row.Nodes.Max * *row.PodsPerNode
	all := ceilMulDiv(workspaces, published, l.tier.Limits.Users)
	if l.beyond == nil {
		all = min(all, published)
	}
	return all
}

// publishedDensity is the most workspaces that the edition's own packing allows
// on a node; there is no such bound where it publishes none. A request counts
// with its CPU only where it states that.
func publishedDensity(s *settled) int64 {
	n, edition := &s.machines.workspace, s.load.edition
	row := n.demand.row
	if row == nil {
		return math.MaxInt64
	}
	density := mulDiv(*row.PodsPerNode*edition.WorkspaceMemoryMiB, n.machine.MemoryMiB, n.request.MemoryMiB*n.demand.rowMachine.MemoryMiB)
	if !s.asked.given.WorkspaceRequest.CPU.IsLeftOut() {
		density = min(density, n.machine.VCPU*1000/n.request.CPUMillicores)
	}
	return max(min(density, *edition.MaxWorkspacesPerNode), 1)
}

// workspaceDensity is how many workspaces a node is counted with: the
// edition's number, or what Kubernetes can place of it.
func workspaceDensity(n *node, byEdition int64, packing Packing) int64 {
	if packing == PackingSchedulable || n.demand.row == nil {
		return min(byEdition, n.schedulable)
	}
	return byEdition
}
