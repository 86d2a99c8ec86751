// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"slices"
	"strconv"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
)

// What is around the pools: sums of them, quotas and addresses.

// nodesAtMost is what an autoscaler may reach of a pool in one region: its
// largest in every zone.
func nodesAtMost(p *NodePool, zones int64) int64 { return p.MaxNodeCountPerZone * zones }

// addUp is the sum of all pools, each in its regions, with so many nodes.
func addUp(pools []Pool, nodes func(*NodePool) int64) Totals {
	var t Totals
	for _, pool := range pools {
		n := times(pool.Regions, nodes(pool.NodePool))
		t.NodeCount = plus(t.NodeCount, n)
		t.VCPU = plus(t.VCPU, times(n, pool.VCPU))
		t.MemoryMiB = plus(t.MemoryMiB, times(n, pool.MemoryMiB))
	}
	t.MemoryGiB = gib(t.MemoryMiB)
	return t
}

// countQuotas adds up what the pools count against, by the cloud's own name of
// the quota. Proxies run in other regions, whose quotas are their own: they
// count where a quota is that of all regions. Unknown are the pools with nodes of
// a type whose quota nobody knows.
func countQuotas(pools []Pool, c cloud.Name, zones int64) (quotas map[string]ComputeQuota, unknown []Subject) {
	sums := make([]quotaSum, 0, 4) // a map is slower for so few
	add := func(q cloud.Quota, m *cloud.Machine, needed, peak int64) {
		if peak == 0 {
			return
		}
		i := slices.IndexFunc(sums, func(sum quotaSum) bool { return sum.name == q.Name })
		if i < 0 {
			i, sums = len(sums), append(sums, quotaSum{q.Name, ComputeQuota{Unit: q.Unit}})
		}
		sum := &sums[i]
		sum.Needed = plus(sum.Needed, times(needed, q.Of(m)))
		sum.Peak = plus(sum.Peak, times(peak, q.Of(m)))
	}
	total, hasTotal := cloud.TotalQuota(c)
	for _, pool := range pools {
		needed, peak, own := pool.NodeCount, nodesAtMost(pool.NodePool, zones), pool.Role != RoleWorkspaceProxy
		if own {
			q, known := cloud.QuotaOf(pool.machine)
			switch {
			case known && q.Of(pool.machine) > 0:
				add(q, pool.machine, needed, peak)
			case !known && needed > 0:
				unknown = append(unknown, pool.Subject)
			}
		}
		if hasTotal && (own || total.AllRegions) {
			add(total, pool.machine, times(pool.Regions, needed), times(pool.Regions, peak))
		}
	}
	quotas = make(map[string]ComputeQuota, len(sums))
	for _, sum := range sums {
		quotas[sum.name] = sum.ComputeQuota
	}
	return quotas, unknown
}

type quotaSum struct {
	name string
	ComputeQuota
}

// addressesOf is what the network of the fleet's region has to hold; beyond
// where none can.
func addressesOf(f *Fleet, pools []Pool, s *settled) (_ Addresses, beyond bool) {
	groups := make([]cloud.NodeGroup, 0, len(pools))
	daemons := s.machines.workspace.demand.overhead.Pods
	a := Addresses{NodeCount: f.OtherNodes}
	for _, pool := range pools {
		if pool.Role == RoleWorkspaceProxy {
			continue
		}
		nodes := nodesAtMost(pool.NodePool, f.Zones)
		a.NodeCount += nodes
		groups = append(groups, cloud.NodeGroup{
			Interfaces: pool.machine.Interfaces, Addresses: pool.machine.Addresses,
			Nodes: nodes, NodesPerZone: pool.MaxNodeCountPerZone, MaxPods: pool.MaxPodsPerNode, Pods: pool.PodsPerNode + daemons,
		})
	}
	others := cloud.NodeGroup{
		Interfaces: f.Workspace.machine.Interfaces, Addresses: f.Workspace.machine.Addresses,
		Nodes: f.OtherNodes, NodesPerZone: ceilDiv(f.OtherNodes, f.Zones), MaxPods: f.MaxPodsPerNode, Pods: f.Workspace.PodsPerNode + daemons,
	}
	prefixes := s.asked.cloud.value.Prefixes(groups, others)
	a.NodePrefixLength, a.PodPrefixLength = prefixes.Nodes, prefixes.Pods
	return a, prefixes.Beyond
}

// limitWorkspaces is hard of a ResourceQuota for all workspaces, everybody at
// work. A limit stands in it only where every workspace that may run has one:
// with it Kubernetes refuses those that have none.
func limitWorkspaces(pools []Pool) map[string]string {
	var pods, gpus, limitedCPU, limitedMemory int64
	var requests, limits PodRequest
	for _, pool := range pools {
		if pool.Role != RoleWorkspace || pool.MostPods == 0 {
			continue
		}
		n := pool.MostPods
		pods = plus(pods, n)
		gpus = plus(gpus, times(n, pool.PodGPUs))
		requests.CPUMillicores = plus(requests.CPUMillicores, times(n, pool.PodRequest.CPUMillicores))
		requests.MemoryMiB = plus(requests.MemoryMiB, times(n, pool.PodRequest.MemoryMiB))
		if limit := pool.PodLimits.CPUMillicores; limit != nil {
			limitedCPU, limits.CPUMillicores = limitedCPU+n, plus(limits.CPUMillicores, times(n, *limit))
		}
		if limit := pool.PodLimits.MemoryMiB; limit != nil {
			limitedMemory, limits.MemoryMiB = limitedMemory+n, plus(limits.MemoryMiB, times(n, *limit))
		}
	}
	hard := map[string]string{
		"pods":            strconv.FormatInt(pods, 10),
		"requests.cpu":    inUnit(requests.CPUMillicores, "m"),
		"requests.memory": inUnit(requests.MemoryMiB, "Mi"),
	}
	if limitedCPU == pods {
		hard["limits.cpu"] = inUnit(limits.CPUMillicores, "m")
	}
	if limitedMemory == pods {
		hard["limits.memory"] = inUnit(limits.MemoryMiB, "Mi")
	}
	if gpus > 0 {
		hard["requests.nvidia.com/gpu"] = strconv.FormatInt(gpus, 10)
	}
	return hard
}

// inUnit is a quantity as Kubernetes writes it, such as 500m.
func inUnit(n int64, unit string) string {
	text := make([]byte, 0, 24)
	return string(append(strconv.AppendInt(text, n, 10), unit...))
}
