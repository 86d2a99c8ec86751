// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"fmt"
	"strconv"

	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// What is told where a node takes no pod: what the pod requests, what there is
// room for, and the arguments that help against what ends it.

// tellPodFitsNoNode tells it of coderd, a provisioner or a proxy: on what the
// request gives the role's pods, else on their machine, else on what every node
// runs.
func tellPodFitsNoNode(f *findings, in *asked, n *node) {
	given, role := in.given, n.demand.role
	var argument any = &given.NodeOverhead
	subject := ""
	var remedies []string
	if in.machineTypes.of(role).isKnown() {
		argument = machineTypeArgument(given, role)
		subject = fmt.Sprintf("%s is %q. ", f.name(argument), n.machine.Name)
		larger := "choose a larger machine type"
		if n.limitedBy == LimitPods {
			larger = "choose a machine type that takes more pods"
		}
		if n.demand.anyMachineTakesOne() {
			remedies = append(remedies, larger)
		}
	}
	if n.demand.own != (PodRequest{}) && n.limitedBy != LimitPods {
		argument = podRequestArgument(given, role)
		remedies = append([]string{"lower " + f.name(argument)}, remedies...)
		hasMachine := role != RoleCoderd || f.asksFor("machine_types") // a capacity has none for coderd
		if subject == "" && hasMachine && n.demand.anyMachineTakesOne() {
			remedies = append(remedies, "set "+f.name(machineTypeArgument(given, role))+" to a type that takes one")
		}
	}
	f.tell(argument, "Pod Fits No Node", subject+lack(n)+" "+words.Sentence(words.Or(append(remedies, lessOverhead(f, in, n)...))))
}

// podRequestArgument names what the request gives a role's pods.
func podRequestArgument(r *Request, role Role) *RolePodRequest {
	if role == RoleCoderd {
		return &r.PodRequests.Coderd
	}
	return &r.PodRequests.Provisioner
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
func lack(n *node) string {
	role := n.demand.role
	switch {
	case n.limitedBy == LimitPods:
		return podsUsedUp(n)
	case n.demand.row.PodRequest != nil || n.request.CPUMillicores > 0 && n.request.MemoryMiB > 0:
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
func tellWorkspaceFitsNoNode(f *findings, in *asked, n *node, where string) {
	given := in.given
	remedies := helpWorkspace(f, in, n, &given.WorkspaceRequest, &given.WorkspaceRequest.Volumes, &given.MachineTypes.Workspace, &given.WorkspaceNodeAllocatable)
	f.tell(&given.WorkspaceRequest, "Workspace Fits No Node", workspaceLack(n, "A workspace", where)+" "+words.Sentence(words.Or(remedies)))
}

// tellKindFitsNoNode tells it of a workspace of a kind.
func tellKindFitsNoNode(f *findings, in *asked, kind askedKind, n *node, where string) {
	given, volumes := kind.given, &kind.given.Requests.Volumes
	if volumes.IsLeftOut() {
		volumes = &in.given.WorkspaceRequest.Volumes
	}
	remedies := helpWorkspace(f, in, n, &given.Requests, volumes, &given.MachineType, &given.NodeAllocatable)
	f.tell(&given.Requests, "Workspace Fits No Node",
		workspaceLack(n, fmt.Sprintf("A workspace of the kind %q", kind.name), where)+" "+words.Sentence(words.Or(remedies)))
}

// workspaceLack words why a node takes no workspace.
func workspaceLack(n *node, who, where string) string {
	if n.limitedBy == LimitPods {
		return podsUsedUp(n)
	}
	return fmt.Sprintf("%s requests %s, more than a node of %s has: %s.",
		who, words.And(n.demand.wants()), where, roomBeside(n, append(n.room.describe(), disks(n.room.volumes))))
}

// wants words what one workspace requests.
func (d *demand) wants() []string {
	parts := append(d.request.describe(), disks(d.volumes))
	if d.gpus > 0 {
		parts = append(parts, amount(d.gpus, "GPU"))
	}
	return parts
}

// helpWorkspace lists what helps a workspace that fits no node: to lower what
// it requests, where that can help, another machine type, less beside it, and a
// look at what was measured.
func helpWorkspace(f *findings, in *asked, n *node, request any, volumes *Number, machineType *Arg[string], measured *MeasuredAllocatable) []string {
	var remedies []string
	switch n.limitedBy {
	case LimitPods:
		if n.demand.overhead.Pods < n.demand.cloud.PodLimits(n.machine).Maximum {
			remedies = append(remedies, "raise "+f.name(&in.given.MaxPodsPerNode))
		}
	case LimitVolumes:
		remedies = append(remedies, "lower "+f.name(volumes))
	case LimitMemory, LimitCPU:
		if n.room.millicores > 0 && n.room.mib >= agentMiB {
			remedies = append(remedies, "lower "+f.name(request))
		}
	case LimitGPUs:
	}
	if n.demand.anyMachineTakesOne() {
		remedies = append(remedies, "set "+f.name(machineType)+" to a type that takes one")
	}
	if n.limitedBy != LimitVolumes {
		remedies = append(remedies, lessOverhead(f, in, n)...)
	}
	if n.demand.measured != (measuredNode{}) {
		remedies = append(remedies, "check "+f.name(measured))
	}
	if len(remedies) == 0 { // no machine takes one, and this one not even less
		remedies = append(remedies, "lower "+f.name(request)+" and set "+f.name(machineType)+" to a larger type")
	}
	return remedies
}

// podsUsedUp words that a node has no pod left for the role's.
func podsUsedUp(n *node) string {
	whose := fmt.Sprintf("a %s pod", n.demand.role)
	if n.demand.kind != "" {
		whose = fmt.Sprintf("a workspace of the kind %q", n.demand.kind)
	}
	return fmt.Sprintf("A node of %s takes %d pods, and every node runs %d besides (node_overhead.pods), which leaves none for %s.",
		n.machine.Name, n.maxPods, n.demand.overhead.Pods, whose)
}

// roomBeside words the room of a node.
func roomBeside(n *node, amounts []string) string {
	return fmt.Sprintf("beside what %s keeps and every node runs (node_overhead), there is room for %s", n.demand.cloud.Kubernetes(), words.And(amounts))
}

// lessOverhead is the remedy where the request states what every node runs. The
// cloud's own daemons cannot be lowered.
func lessOverhead(f *findings, in *asked, n *node) []string {
	switch {
	case n.limitedBy != LimitPods && (in.overhead.millicores.isKnown() || in.overhead.mib.isKnown()):
		return []string{"lower " + f.name(&in.given.NodeOverhead)}
	case n.room.pods == 0 && in.overhead.pods.isKnown():
		return []string{"lower " + f.name(&in.given.NodeOverhead.Pods)}
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
