// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"io/fs"
	"strings"
)

// aws is Amazon Web Services: EKS on Amazon Linux, and RDS for PostgreSQL.
type aws struct{}

func (aws) Name() Name         { return AWS }
func (aws) Kubernetes() string { return "EKS" }

func (aws) OtherNames() []string {
	return []string{"amazon", "amazonaws", "amazonwebservices", "awscc", "ec2", "eks"}
}

func (aws) Family(machineType string) string {
	i := strings.LastIndexByte(machineType, '.')
	return machineType[:i+1] + "<size>"
}

func (aws) CommonFamilies() []string { return []string{"m5.<size>", "r5.<size>", "c5.<size>"} }

// PodLimits: a managed node group runs as many pods as the machine's network
// interfaces have addresses for, at most 110 below 30 vCPU and 250 from there;
// with prefix delegation it can be set up to that cap.
// Source: docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html.
func (aws) PodLimits(m *Machine) PodLimits {
	limit := eksMaxPods(m.VCPU)
	return PodLimits{Default: min(m.InterfacePods, limit), Minimum: 1, Maximum: limit}
}

func eksMaxPods(vcpu int64) int64 {
	if vcpu < 30 {
		return 110
	}
	return 250
}

// Stated takes the pods as those by network interfaces, which the memory kept
// follows. What interfaces it has is known if the catalogue has the name.
func (aws) Stated(spec Spec) *Machine {
	m := spec.machine(AWS, 25)
	m.InterfacePods = orElse(spec.MaxPods, eksMaxPods(spec.VCPU))
	if known, ok := FindMachine(AWS, spec.Name); ok {
		m.Interfaces, m.Addresses = known.Interfaces, known.Addresses
	}
	return m
}

// StatedPods end with those of 15 interfaces of 50 addresses, 15 x 49 + 2.
func (aws) StatedPods() (minimum, maximum int64) { return 1, 737 }

// PoolNames leaves room for what modules put around the name of a group, which
// may have 63 characters.
// Source: hashicorp/terraform-provider-aws 012e0a32, internal/service/eks/node_group.go.
func (aws) PoolNames() PoolNames { return PoolNames{MaxLength: 20, Hyphens: true} }

// MaxNodesPerPool is the quota "Nodes per managed node group".
// Source: docs.aws.amazon.com/general/latest/gr/eks.html.
func (aws) MaxNodesPerPool() (nodes int64, quota string) { return 450, "L-BD136A63" }

// KernelMiB is measured where somebody published a node of the type. For every
// other type it is a line above all nodes known, within 1.4 % or 0.6 GiB of
// them; the drivers of GPUs take a little more. Newest nodes that show it:
// m8i.xlarge and r8gd.xlarge, 2026.
func (aws) KernelMiB(m *Machine) int64 {
	if m.MeasuredKernelMiB > 0 {
		return m.MeasuredKernelMiB
	}
	base := int64(310)
	if m.GPUs > 0 {
		base = 410
	}
	return base + ceilDiv(375*m.MemoryMiB, 10_000)
}

// Reserved counts the pods that the network interfaces have addresses for,
// also where another pod limit is set (Amazon Linux 2 and 2023).
// Source: awslabs/amazon-eks-ami 81fec2e8, nodeadm/internal/kubelet/config.go.
// Newest node that shows it: r5.2xlarge and r7i.xlarge, July 2026.
func (aws) Reserved(m *Machine, _ int64) Reserved {
	return Reserved{
		CPUMillicores: commonCPUReserved(m.VCPU),
		MemoryMiB:     255 + 11*m.InterfacePods,
		EvictionMiB:   100,
	}
}

// Daemons of a default cluster: aws-node 50m, kube-proxy 100m, the EBS driver
// 30m and 120 MiB in three containers, 104 from its chart 2.57.1 on.
func (aws) Daemons() Daemons { return Daemons{CPUMillicores: 180, MemoryMiB: 120, Pods: 3} }

// CountsAllRegions of none: an account's quotas are those of a region.
func (aws) CountsAllRegions(string) bool { return false }

// Prefixes are of one subnet for each zone, which holds nodes, pods, 16
// addresses for the control plane's interfaces and 5 that the cloud keeps.
// Source: docs.aws.amazon.com/eks/latest/userguide/network-reqs.html.
func (aws) Prefixes(pools []NodeGroup, others NodeGroup) Prefixes {
	need := 16 + 5 + others.NodesPerZone*eksAddresses(others)
	for _, g := range pools {
		need += g.NodesPerZone * eksAddresses(g)
	}
	nodes := prefix(need, 16, 28)
	return Prefixes{Nodes: nodes, Beyond: nodes == nil}
}

// eksAddresses are what a full node keeps of its subnet, its own included: whole
// interfaces, those that its pods fill and one to spare. Where the interfaces
// carry fewer pods it is set up for prefix delegation: blocks of 16 instead of
// addresses. A node of m5.8xlarge (8 interfaces of 30) with 10 pods keeps 60
// addresses, one of t3.large (3 of 12) with 58 keeps 81.
// Source: aws/amazon-vpc-cni-k8s b5218838, docs/eni-and-ip-target.md and
// docs/prefix-and-ip-target.md.
func eksAddresses(g NodeGroup) int64 {
	if g.Interfaces == 0 {
		return g.MaxPods + 16
	}
	each := g.Addresses - 1 // the first one is the interface's own
	if g.Pods > g.Interfaces*each {
		blocks := max(1, min(ceilDiv(g.Pods, 16)+1, ceilDiv(g.MaxPods, 16)))
		return 16*blocks + ceilDiv(blocks, each)
	}
	interfaces := max(1, min(g.Interfaces, ceilDiv(g.Pods, each)+1, ceilDiv(g.MaxPods, each)))
	return g.Addresses * interfaces
}

// rdsClasses are called alike by the vendor's page and by Terraform.
var rdsClasses = builtIn(func(folder fs.FS) (*databaseClasses, error) {
	return loadDatabases(folder, aws{}, func(machineType string) string { return machineType })
})

func (aws) Database(machineType string) (Database, bool) {
	db, ok := rdsClasses().byName[machineType]
	return db, ok
}

func (a aws) LargerDatabase(like Database, vcpu int64) (Database, bool) {
	return rdsClasses().larger(a.Family(like.MachineType), vcpu)
}

func (a aws) LargestDatabase(like Database) Database {
	return rdsClasses().largest(a.Family(like.MachineType))
}

// rds bounds the storage of an instance, in GiB.
// Source: docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html.
const (
	rdsMinStorageGB = 20
	rdsMaxStorageGB = 65_536
)

func (aws) Storage(gb int64) (int64, bool) {
	return max(gb, rdsMinStorageGB), gb <= rdsMaxStorageGB
}

func (aws) LargestStorageGB() int64 { return rdsMaxStorageGB }
