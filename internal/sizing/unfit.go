package sizing

import (
	"fmt"
	"slices"
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
)

// What is told where a node takes no pod: what the pod requests, what there is
// room for, and the arguments that help against what ends it.

// podFitsNoNode tells it of coderd, a provisioner or a proxy.
func (s *sizer) podFitsNoNode(c cloud.Cloud, p *machinePool, typeGiven bool, on func(cloud.Machine) machinePool) {
	path, subject := []string{"node_overhead"}, ""
	var remedies []string
	if typeGiven {
		path = []string{"machine_types", string(p.role)}
		subject = fmt.Sprintf("%s is %q. ", strings.Join(path, "."), p.machine.Name)
		larger := "choose a larger machine type"
		if p.limitedBy == LimitPods {
			larger = "choose a machine type that takes more pods"
		}
		if anyTakesOne(c, on) {
			remedies = append(remedies, larger)
		}
	}
	s.faultf("Pod Fits No Node", path, "%s%s %s", subject, s.lack(c, p), remedy(append(remedies, s.lessOverhead(p.limitedBy)...)))
}

// lack words why a node takes no pod of coderd, provisioners or proxies.
func (s *sizer) lack(c cloud.Cloud, p *machinePool) string {
	switch {
	case p.limitedBy == LimitPods:
		return s.podsUsedUp(p)
	case p.row.PodRequest != nil:
		return fmt.Sprintf("A %s pod needs %s, more than a node of %s has: %s.",
			p.role, words(p.request.describe()...), p.machine.Name, roomBeside(c, p.room.describe()))
	}
	pods := fmt.Sprintf("a %s pod", p.role)
	if p.podsPerNode > 1 {
		pods = fmt.Sprintf("each of its %d %s pods", p.podsPerNode, p.role)
	}
	return fmt.Sprintf("Nine tenths of a node's room have to leave %s at least 10 millicores and 16 MiB, and of a node of %s they do not: %s.",
		pods, p.machine.Name, roomBeside(c, p.room.describe()))
}

// workspaceFitsNoNode tells it of a workspace. Where describes the machine that
// was found, leastMiB is the least memory that may be requested.
func (s *sizer) workspaceFitsNoNode(c cloud.Cloud, p *machinePool, volumes, leastMiB int64, where string, on func(cloud.Machine) machinePool) {
	lack := fmt.Sprintf("A workspace requests %s, more than a node of %s has: %s.",
		words(append(p.request.describe(), amountOf(volumes, "disks"))...), where,
		roomBeside(c, append(p.room.describe(), amountOf(p.room.volumes, "disks"))))
	var remedies []string
	switch p.limitedBy {
	case LimitPods:
		lack = s.podsUsedUp(p)
		if others, _ := s.overheadPods(); others < c.PodLimits(p.machine).Maximum {
			remedies = append(remedies, "raise max_pods_per_node")
		}
	case LimitVolumes:
		remedies = append(remedies, "lower workspace_request.volumes")
	case LimitMemory, LimitCPU:
		if p.room.millicores > 0 && p.room.mib >= leastMiB {
			remedies = append(remedies, "lower workspace_request")
		}
	}
	if anyTakesOne(c, on) {
		remedies = append(remedies, "set machine_types.workspace to a type that takes one")
	}
	if p.limitedBy != LimitVolumes {
		remedies = append(remedies, s.lessOverhead(p.limitedBy)...)
	}
	if measured, _ := s.measured(); measured != (measuredNode{}) {
		remedies = append(remedies, "check workspace_node_allocatable")
	}
	s.faultf("Workspace Fits No Node", []string{"workspace_request"}, "%s %s", lack, remedy(remedies))
}

// podsUsedUp words that a node has no pod left for the role's.
func (s *sizer) podsUsedUp(p *machinePool) string {
	others, _ := s.overheadPods()
	return fmt.Sprintf("A node of %s takes %d pods, and every node runs %d besides (node_overhead.pods), which leaves none for a %s pod.",
		p.machine.Name, p.maxPods, others, p.role)
}

// roomBeside words the room of a node.
func roomBeside(c cloud.Cloud, amounts []string) string {
	return fmt.Sprintf("beside what %s keeps and every node runs (node_overhead), there is room for %s", c.Kubernetes(), words(amounts...))
}

// lessOverhead is the remedy where the request states what every node runs. The
// cloud's own daemons cannot be lowered.
func (s *sizer) lessOverhead(limit Limit) []string {
	_, millicoresStated := s.in.overheadMillicores.Get()
	_, mibStated := s.in.overheadMiB.Get()
	_, podsStated := s.in.overheadPods.Get()
	switch {
	case limit == LimitPods && podsStated:
		return []string{"lower node_overhead.pods"}
	case limit != LimitPods && (millicoresStated || mibStated):
		return []string{"lower node_overhead"}
	}
	return nil
}

// anyTakesOne reports whether the cloud sells a machine that takes a pod.
func anyTakesOne(c cloud.Cloud, on func(cloud.Machine) machinePool) bool {
	return slices.ContainsFunc(cloud.MachineTypes(c.Name()), func(m cloud.Machine) bool { return on(m).schedulable > 0 })
}
