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
	// key coder in either. Memory is limited to what is requested, as the pages
	// advise against promising more of it than there is.
	deploymentYAML = `coder:
  replicaCount: %d
  resources:
    requests:
      cpu: "%dm"
      memory: "%dMi"
    limits:%s
      memory: "%[3]dMi"
`
	// limitedCPUYAML is for the limits of editions that limit CPU.
	limitedCPUYAML = `
      cpu: "%dm"`
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
	values := HelmValues{Coder: deployment(&f.Coderd, f.LimitPodCPU) + fmt.Sprintf(coderYAML, f.BuiltInProvisioners)}
	if !f.Colocated {
		provisioner := deployment(&f.Provisioner, f.LimitPodCPU)
		values.Provisioner = &provisioner
	}
	return values
}

func deployment(pool *sizing.NodePool, limitCPU bool) string {
	request, limitedCPU := pool.PodRequest, ""
	if limitCPU {
		limitedCPU = fmt.Sprintf(limitedCPUYAML, request.CPUMillicores)
	}
	return fmt.Sprintf(deploymentYAML, pool.Pods, request.CPUMillicores, request.MemoryMiB, limitedCPU)
}
