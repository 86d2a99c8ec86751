// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"fmt"
	"testing"
)

func (p Prefixes) String() string {
	text := func(length *int64) string {
		if length == nil {
			return "none"
		}
		return fmt.Sprintf("/%d", *length)
	}
	lengths := text(p.Nodes) + ", " + text(p.Pods)
	if p.Beyond {
		return "beyond " + lengths
	}
	return lengths
}

// What the clouds' pages, their programs and people who ran out of addresses
// printed, as far as no comment says otherwise.
func TestPublishedPrefixes(t *testing.T) {
	group := func(nodes, maxPods int64) []NodeGroup {
		return []NodeGroup{{Nodes: nodes, NodesPerZone: nodes, MaxPods: maxPods}}
	}
	for _, test := range []struct {
		source string
		cloud  Cloud
		pools  []NodeGroup
		want   string
	}{
		{"GKE, alias-ips", gcp{}, group(4, 110), "/29, /22"},
		{"GKE, alias-ips", gcp{}, group(12, 110), "/28, /20"},
		{"GKE, alias-ips", gcp{}, group(124, 110), "/25, /17"},
		{"GKE, alias-ips", gcp{}, group(252, 110), "/24, /16"},
		{"GKE, alias-ips", gcp{}, group(508, 110), "/23, /15"},
		{"GKE, alias-ips", gcp{}, group(1020, 110), "/22, /14"},
		{"elcarro-oracle-operator#277: a /16 ends at 256 nodes", gcp{}, group(256, 110), "/23, /16"},
		{"one more", gcp{}, group(257, 110), "/23, /15"},
		{"the smallest", gcp{}, group(1, 8), "/29, /24"},
		{"two pools: 267 nodes of 110 pods and 1 of 256", gcp{}, append(group(267, 110), group(1, 256)...), "/23, /15"},
		{"AKS, azure-cni-overlay: a /24 has 251", azure{}, group(251, 110), "/24, /16"},
		{"one more", azure{}, group(252, 110), "/23, /16"},
		{"AKS-Construction#701: 4 nodes are 1,024 addresses", azure{}, group(4, 30), "/28, /22"},
		{"AKS-Construction#701: 5 nodes are 1,280", azure{}, group(5, 30), "/28, /21"},
		{"AKS#4467: a /17 ends at 128 nodes", azure{}, group(128, 250), "/24, /17"},
		{"one more", azure{}, group(129, 250), "/24, /16"},
		{"AKS#4367: a /16 ends at 256 nodes", azure{}, group(256, 110), "/23, /16"},
	} {
		if got := test.cloud.Prefixes(test.pools, NodeGroup{}).String(); got != test.want {
			t.Errorf("%s: %s, want %s", test.source, got, test.want)
		}
	}
}

// A node's block is the next power of two of twice its pod limit: GKE's API
// description, its clusters, and karpenter-provider-gcp's own test.
func TestPodBlockOfGKE(t *testing.T) {
	for maxPods, want := range map[int64]int64{8: 28, 9: 27, 16: 27, 30: 26, 32: 26, 64: 25, 65: 24, 110: 24, 128: 24, 129: 23, 256: 23} {
		if got := 32 - log2(gkePodBlock(maxPods)); got != want {
			t.Errorf("%d pods take a /%d, not a /%d", maxPods, got, want)
		}
	}
}

func TestAddressesOfEKS(t *testing.T) {
	for _, test := range []struct {
		machine       string
		pods, maxPods int64
		want          int64
	}{
		{"m5.8xlarge", 10, 234, 60}, {"m5.16xlarge", 10, 737, 100}, // awslabs, ai-on-eks
		{"t3.small", 0, 11, 4}, {"t3.small", 5, 11, 12}, {"t3.small", 9, 11, 12}, // amazon-vpc-cni-k8s, eni-and-ip-target
		{"m5.16xlarge", 0, 737, 50}, {"m5.16xlarge", 3, 737, 100}, {"m5.16xlarge", 95, 737, 150},
		{"t3.2xlarge", 17, 58, 45}, {"t3.2xlarge", 56, 58, 60}, // all 4 interfaces of 15
		{"t3.2xlarge", 57, 110, 16*5 + 1}, // more than they carry: 5 blocks of 16
		{"t3.small", 58, 110, 16*5 + 2},   // 3 blocks on an interface
		{"t3.small", 95, 250, 16*7 + 3},
		{"t3.small", 110, 110, 16*7 + 3},
		{"of next year", 14, 58, 74},
	} {
		group := NodeGroup{Pods: test.pods, MaxPods: test.maxPods}
		if m, ok := FindMachine(AWS, test.machine); ok {
			group.Interfaces, group.Addresses = m.Interfaces, m.Addresses
		}
		if got := eksAddresses(group); got != test.want {
			t.Errorf("a node of %s with %d pods of %d keeps %d addresses, not %d", test.machine, test.pods, test.maxPods, got, test.want)
		}
	}
}

// Other nodes take addresses too: on gcp a pod block of 256, on aws as nodes of
// the workspaces do.
func TestPrefixesWithOtherNodes(t *testing.T) {
	// Of a node of 4 interfaces of 15 addresses 44 pods and more keep all.
	for _, test := range []struct {
		name   string
		cloud  Cloud
		pool   NodeGroup
		others NodeGroup
		want   string
	}{
		{"a block of 256 each", gcp{}, NodeGroup{Nodes: 128, MaxPods: 256}, NodeGroup{Nodes: 1, MaxPods: 256}, "/24, /15"},
		{"as many as fit", gcp{}, NodeGroup{Nodes: 127, MaxPods: 256}, NodeGroup{Nodes: 2, MaxPods: 256}, "/24, /16"},
		{"252 nodes in all", gcp{}, NodeGroup{Nodes: 240, MaxPods: 8}, NodeGroup{Nodes: 12}, "/24, /19"},
		{"253 nodes in all", gcp{}, NodeGroup{Nodes: 241, MaxPods: 8}, NodeGroup{Nodes: 12}, "/23, /19"},
		{"a node more", azure{}, NodeGroup{Nodes: 128}, NodeGroup{Nodes: 1}, "/24, /16"},
		{"21 addresses of the cloud's own", aws{}, NodeGroup{}, NodeGroup{}, "/27, none"},
		{"3 x 60 and 21", aws{}, NodeGroup{Interfaces: 4, Addresses: 15, NodesPerZone: 3, Pods: 55, MaxPods: 58}, NodeGroup{}, "/24, none"},
		{"4 x 60 and 21", aws{}, NodeGroup{Interfaces: 4, Addresses: 15, NodesPerZone: 3, Pods: 55, MaxPods: 58}, NodeGroup{Interfaces: 4, Addresses: 15, NodesPerZone: 1, Pods: 55, MaxPods: 58}, "/23, none"},
	} {
		if got := test.cloud.Prefixes([]NodeGroup{test.pool}, test.others).String(); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestPrefixesEnd(t *testing.T) {
	for _, test := range []struct {
		cloud Cloud
		nodes int64
		want  string
	}{
		{gcp{}, 65_536, "/15, /8"}, {gcp{}, 65_537, "beyond /15, none"}, {gcp{}, 1<<24 - 4, "beyond /8, none"}, {gcp{}, 1<<24 - 3, "beyond none, none"},
		{azure{}, 65_536, "/15, /8"}, {azure{}, 65_537, "beyond /15, none"}, {azure{}, 1_000_000_000, "beyond none, none"},
		{aws{}, 519, "/16, none"}, {aws{}, 520, "beyond none, none"}, // 126 addresses each, and 21
	} {
		if got := test.cloud.Prefixes([]NodeGroup{{Nodes: test.nodes, NodesPerZone: test.nodes, MaxPods: 110}}, NodeGroup{}).String(); got != test.want {
			t.Errorf("%d nodes on %s: %s, want %s", test.nodes, test.cloud.Name(), got, test.want)
		}
	}
}

// A block holds its nodes, the next smaller one does not; more nodes never take
// a smaller block.
func TestPrefixesHoldTheNodes(t *testing.T) {
	for _, c := range All() {
		before := Prefixes{}
		for nodes := int64(1); nodes < 2180; nodes += 7 {
			got := c.Prefixes([]NodeGroup{{Nodes: nodes, NodesPerZone: nodes, MaxPods: 14}}, NodeGroup{})
			if got.Nodes == nil || (c.Name() == AWS) != (got.Pods == nil) {
				t.Fatalf("%d nodes on %s: %s", nodes, c.Name(), got)
			}
			kept := map[Name]int64{GCP: nodes + 4, Azure: nodes + 5, AWS: 30*nodes + 21}[c.Name()]
			if size := int64(1) << (32 - *got.Nodes); size < kept || *got.Nodes < 28 && size/2 >= kept {
				t.Errorf("%s: %d addresses are a /%d", c.Name(), kept, *got.Nodes)
			}
			if before.Nodes != nil && *got.Nodes > *before.Nodes {
				t.Errorf("%s: %d nodes take a smaller block, %s, than fewer, %s", c.Name(), nodes, got, before)
			}
			before = got
		}
	}
}
