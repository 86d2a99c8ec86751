package sizing

import (
	"fmt"
	"strconv"

	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// What is told where a node takes no pod: what the pod requests, what there is
// room for, and the arguments that help against what ends it.

// tellPodFitsNoNode tells it of coderd, a provisioner or a proxy.
func tellPodFitsNoNode(f *findings, in asked, n node) {
	given := in.given
	var argument any = &given.NodeOverhead
	subject := ""
	var remedies []string
	if in.machineTypes.of(n.demand.role).isKnown() {
		argument = machineTypeArgument(given, n.demand.role)
		subject = fmt.Sprintf("%s is %q. ", f.name(argument), n.machine.Name)
		larger := "choose a larger machine type"
		if n.limitedBy == LimitPods {
			larger = "choose a machine type that takes more pods"
		}
		if n.demand.anyMachineTakesOne() {
			remedies = append(remedies, larger)
		}
	}
	f.tell(argument, "Pod Fits No Node", subject+lack(n)+" "+words.Sentence(words.Or(append(remedies, lessOverhead(in, n.limitedBy)...))))
}

// machineTypeArgument names a role's machine type.
func machineTypeArgument(r *Request, role Role) *Arg[string] {
	switch role {
	case RoleCoderd:
		return &r.MachineTypes.Coderd
	case RoleProvisioner:
		return &r.MachineTypes.Provisioner
	case RoleWorkspace:
		return &r.MachineTypes.Workspace
	case RoleWorkspaceProxy, RoleDatabase:
	}
	return nil
}

// lack words why a node takes no pod of coderd, provisioners or proxies.
func lack(n node) string {
	role := n.demand.role
	switch {
	case n.limitedBy == LimitPods:
		return podsUsedUp(n)
	case n.demand.row.PodRequest != nil:
		return fmt.Sprintf("A %s pod needs %s, more than a node of %s has: %s.",
			role, words.And(n.request.describe()), n.machine.Name, roomBeside(n, n.room.describe()))
	}
	pods := fmt.Sprintf("a %s pod", role)
	if n.podsPerNode > 1 {
		pods = fmt.Sprintf("each of its %d %s pods", n.podsPerNode, role)
	}
	return fmt.Sprintf("Nine tenths of a node's room have to leave %s at least 10 millicores and 16 MiB, and of a node of %s they do not: %s.",
		pods, n.machine.Name, roomBeside(n, n.room.describe()))
}

// tellWorkspaceFitsNoNode tells it of a workspace. Where describes the machine
// that was found.
func tellWorkspaceFitsNoNode(f *findings, in asked, n node, where string) {
	request := fmt.Sprintf("A workspace requests %s, more than a node of %s has: %s.",
		words.And(append(n.request.describe(), disks(n.demand.volumes))), where,
		roomBeside(n, append(n.room.describe(), disks(n.room.volumes))))
	var remedies []string
	switch n.limitedBy {
	case LimitPods:
		request = podsUsedUp(n)
		if n.demand.overhead.Pods < n.demand.cloud.PodLimits(n.machine).Maximum {
			remedies = append(remedies, "raise max_pods_per_node")
		}
	case LimitVolumes:
		remedies = append(remedies, "lower workspace_request.volumes")
	case LimitMemory, LimitCPU:
		if n.room.millicores > 0 && n.room.mib >= in.edition.value.WorkspaceMemoryMiB {
			remedies = append(remedies, "lower workspace_request")
		}
	}
	if n.demand.anyMachineTakesOne() {
		remedies = append(remedies, "set machine_types.workspace to a type that takes one")
	}
	if n.limitedBy != LimitVolumes {
		remedies = append(remedies, lessOverhead(in, n.limitedBy)...)
	}
	if n.demand.measured != (measuredNode{}) {
		remedies = append(remedies, "check workspace_node_allocatable")
	}
	f.tell(&in.given.WorkspaceRequest, "Workspace Fits No Node", request+" "+words.Sentence(words.Or(remedies)))
}

// podsUsedUp words that a node has no pod left for the role's.
func podsUsedUp(n node) string {
	return fmt.Sprintf("A node of %s takes %d pods, and every node runs %d besides (node_overhead.pods), which leaves none for a %s pod.",
		n.machine.Name, n.maxPods, n.demand.overhead.Pods, n.demand.role)
}

// roomBeside words the room of a node.
func roomBeside(n node, amounts []string) string {
	return fmt.Sprintf("beside what %s keeps and every node runs (node_overhead), there is room for %s", n.demand.cloud.Kubernetes(), words.And(amounts))
}

// lessOverhead is the remedy where the request states what every node runs. The
// cloud's own daemons cannot be lowered.
func lessOverhead(in asked, limit Limit) []string {
	switch {
	case limit == LimitPods && in.overhead.pods.isKnown():
		return []string{"lower node_overhead.pods"}
	case limit != LimitPods && (in.overhead.millicores.isKnown() || in.overhead.mib.isKnown()):
		return []string{"lower node_overhead"}
	}
	return nil
}

// describe words what a workspace or another pod requests.
func (r PodRequest) describe() []string {
	return []string{millicores(r.CPUMillicores), mebibytes(r.MemoryMiB)}
}

// describe words what a node has room for.
func (r room) describe() []string {
	return []string{millicores(r.millicores), mebibytes(r.mib), amount(r.pods, "pod")}
}

func millicores(n int64) string { return amount(n, "millicore") }
func mebibytes(n int64) string  { return strconv.FormatInt(n, 10) + " MiB" }
func disks(n int64) string      { return amount(n, "disk") }

// amount is a number as a configuration has it, with its noun.
func amount(n int64, noun string) string {
	return strconv.FormatInt(n, 10) + " " + words.Plural(n, noun)
}
