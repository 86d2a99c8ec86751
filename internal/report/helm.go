package report

import (
	"strconv"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// helmValues are the values of the vendor's charts, coder and
// coder-provisioner, as helm_release.values takes them.
//
// One coderd pod fills a node, so an upgrade must not start a further one
// beside it: the strategy replaces pods in place. The charts know it since
// coder/coder#29652; older ones ignore it.
func helmValues(f *sizing.Fleet) HelmValues {
	b := make([]byte, 0, 512)
	b = appendDeployment(b, &f.Coderd, f.LimitPodCPU)
	b = append(b, "  env:\n    - name: CODER_PROVISIONER_DAEMONS\n      value: \""...)
	b = strconv.AppendInt(b, f.BuiltInProvisioners, 10)
	b = append(b, "\"\n"+
		"  strategy:\n"+
		"    type: RollingUpdate\n"+
		"    rollingUpdate:\n"+
		"      maxSurge: 0\n"+
		"      maxUnavailable: 1\n"...)
	values := HelmValues{Coder: string(b)}
	if !f.Colocated {
		provisioner := string(appendDeployment(b[:0], &f.Provisioner, f.LimitPodCPU))
		values.Provisioner = &provisioner
	}
	return values
}

// appendDeployment appends what both charts have: replicas and resources, under
// the key coder in either. Memory is limited to what is requested, as the pages
// advise against promising more of it than there is. CPU is limited only where
// the edition asks for it.
func appendDeployment(b []byte, pool *sizing.NodePool, limitCPU bool) []byte {
	b = append(b, "coder:\n  replicaCount: "...)
	b = strconv.AppendInt(b, pool.Pods, 10)
	b = append(b, "\n  resources:\n    requests:\n"...)
	b = appendCPU(b, pool.PodRequest.CPUMillicores)
	b = appendMemory(b, pool.PodRequest.MemoryMiB)
	b = append(b, "    limits:\n"...)
	if limitCPU {
		b = appendCPU(b, pool.PodRequest.CPUMillicores)
	}
	return appendMemory(b, pool.PodRequest.MemoryMiB)
}

func appendCPU(b []byte, millicores int64) []byte {
	b = append(b, "      cpu: \""...)
	b = strconv.AppendInt(b, millicores, 10)
	return append(b, "m\"\n"...)
}

func appendMemory(b []byte, memoryMiB int64) []byte {
	b = append(b, "      memory: \""...)
	b = strconv.AppendInt(b, memoryMiB, 10)
	return append(b, "Mi\"\n"...)
}
