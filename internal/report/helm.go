// SPDX-License-Identifier: MPL-2.0

package report

import (
	"fmt"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// The documents are templates, since a YAML library costs more than all the
// rest of an answer: "go test -bench HelmValues ./internal/report" compares
// them. A test reads them with the library, strictly.
const (
	// deploymentYAML is what both charts have: replicas and resources, under the
	// key coder in either.
	deploymentYAML = `coder:
  replicaCount: %d
  resources:
    requests:
      cpu: "%dm"
      memory: "%dMi"
`
	limitsYAML = `    limits:
`
	limitedCPUYAML = `      cpu: "%dm"
`
	limitedMemoryYAML = `      memory: "%dMi"
`
	// coderYAML is what coderd has besides. One of its pods fills a node, so an
	// upgrade must not start a further one beside it: the strategy replaces pods
	// in place. The charts know it since coder/coder#29652; older ones ignore it.
	coderYAML = `  env:
    - name: CODER_PROVISIONER_DAEMONS
      value: "%d"
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 0
      maxUnavailable: 1
`
)

// helmValues are the values of the vendor's charts, coder and
// coder-provisioner, as helm_release.values takes them.
func helmValues(f *sizing.Fleet) HelmValues {
	text := make([]byte, 0, 512) // longer than either
	values := HelmValues{Coder: string(fmt.Appendf(appendDeployment(text, &f.Coderd), coderYAML, f.BuiltInProvisioners))}
	if !f.ColocateProvisioners {
		provisioner := string(appendDeployment(text, &f.Provisioner))
		values.Provisioner = &provisioner
	}
	return values
}

func appendDeployment(text []byte, pool *sizing.NodePool) []byte {
	text = fmt.Appendf(text, deploymentYAML, pool.Pods, pool.PodRequest.CPUMillicores, pool.PodRequest.MemoryMiB)
	limits := pool.PodLimits
	if limits != (sizing.PodLimits{}) {
		text = append(text, limitsYAML...)
	}
	if limits.CPUMillicores != nil {
		text = fmt.Appendf(text, limitedCPUYAML, *limits.CPUMillicores)
	}
	if limits.MemoryMiB != nil {
		text = fmt.Appendf(text, limitedMemoryYAML, *limits.MemoryMiB)
	}
	return text
}
