// SPDX-License-Identifier: MPL-2.0

package cloud

import "math/bits"

// NodeGroup is nodes alike that take addresses of a cluster's network.
type NodeGroup struct {
	// Interfaces and Addresses are those of the machine.
	Interfaces, Addresses int64
	Nodes                 int64 // over all zones
	NodesPerZone          int64
	MaxPods               int64 // the pod limit of a node
	Pods                  int64 // of a full node, the daemons' included
}

// Prefixes are the lengths of the smallest blocks that hold a cluster: 24 is a
// /24. One is nil where the cloud has no such block, or none that large.
type Prefixes struct {
	Nodes *int64 // of the nodes' subnet, on aws of one in each zone
	Pods  *int64 // of the pods' range; nil on aws, whose pods take the nodes'
	// Beyond is true where no block is large enough.
	Beyond bool
}

func nodesAndPods(nodes, pods *int64) Prefixes {
	return Prefixes{Nodes: nodes, Pods: pods, Beyond: nodes == nil || pods == nil}
}

// shortestPrefix is that of the largest network of private addresses, 10.0.0.0/8.
const shortestPrefix = 8

// nodesIn counts the nodes of groups, over all zones.
func nodesIn(groups []NodeGroup) int64 {
	var nodes int64
	for _, g := range groups {
		nodes += g.Nodes
	}
	return nodes
}

// prefix is the length of the smallest block of so many addresses: 256 and
// fewer, from 129 on, are a /24. Not longer than the longest one allowed; nil
// where it would be shorter than the shortest.
func prefix(addresses int64, shortest, longest int64) *int64 {
	length := min(32-log2(addresses), longest)
	if length < shortest {
		return nil
	}
	return &length
}

// log2 is the logarithm to the base 2, rounded up: of 129 to 256 it is 8.
func log2(n int64) int64 {
	return int64(bits.Len64(uint64(max(n, 1) - 1)))
}
