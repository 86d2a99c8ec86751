// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"slices"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// overheadOf is what every node runs beside the role's pods: the cloud's own
// daemons, each figure replaced where the request states it.
func overheadOf(in *asked) Arg[cloud.Daemons] {
	millicores := orDaemons(in, in.overhead.millicores, func(own cloud.Daemons) int64 { return own.CPUMillicores })
	mib := orDaemons(in, in.overhead.mib, func(own cloud.Daemons) int64 { return own.MemoryMiB })
	pods := overheadPods(in)
	if !allKnown(millicores.state, mib.state, pods.state) {
		return Unknown[cloud.Daemons]()
	}
	return Known(cloud.Daemons{CPUMillicores: millicores.value, MemoryMiB: mib.value, Pods: pods.value})
}

// overheadPods is known by itself, or by the cloud where it is left out.
func overheadPods(in *asked) Arg[int64] {
	return orDaemons(in, in.overhead.pods, func(own cloud.Daemons) int64 { return own.Pods })
}

// orDaemons is a figure that the request states, or that of the cloud's own
// daemons.
func orDaemons(in *asked, stated Arg[int64], own func(cloud.Daemons) int64) Arg[int64] {
	if stated.IsLeftOut() && in.cloud.isKnown() {
		return Known(own(in.cloud.value.Daemons()))
	}
	return stated.orUnknown()
}

// machines are the nodes of all roles. Where provisioners run inside coderd
// theirs describes the machine not run; proxy is nil where none is asked for.
type machines struct {
	coderd, provisioner, workspace node
	kinds                          []node // as the kinds asked for
	proxy                          *node
}

// chooseMachines finds the machine of each role and judges that it takes its
// pods.
func chooseMachines(f *findings, in *asked, answering Arg[load], named Arg[*cloud.Machine]) Arg[machines] {
	overhead := overheadOf(in)
	workspace := chooseWorkspaceNode(f, in, answering, named, overhead)
	kinds := chooseKindNodes(f, in, named, overhead)
	l, ok := answering.Get()
	if !ok {
		return Unknown[machines]()
	}
	coderd := chooseNode(f, in, &l, overhead, RoleCoderd)
	provisioner := Unknown[node]()
	if in.colocate.isKnown() {
		provisioner = chooseNode(f, in, &l, overhead, RoleProvisioner)
	}
	if !in.proxyRegions.isKnown() {
		return Unknown[machines]()
	}
	var proxies *node
	if in.proxyRegions.value > 0 {
		proxy := chooseNode(f, in, &l, overhead, RoleWorkspaceProxy)
		if !proxy.isKnown() {
			return Unknown[machines]()
		}
		proxies = &proxy.value
	}
	if !allKnown(coderd.state, provisioner.state, workspace.state, kinds.state) {
		return Unknown[machines]()
	}
	return Known(machines{coderd.value, provisioner.value, workspace.value, kinds.value, proxies})
}

// rowMachine is the machine that a row has for a cloud, and whether the page
// names it; nil where the edition fits machines to pods.
func rowMachine(row *reference.Pool, c cloud.Cloud) (_ *cloud.Machine, published bool) {
	if row == nil {
		return nil, false
	}
	name, published := row.MachineType(string(c.Name()))
	m, _ := cloud.FindMachine(c.Name(), name)
	return m, published
}

// namedWorkspaceMachine is the workspaces' machine where the request or the
// page names one; unknown too where neither does.
func namedWorkspaceMachine(in *asked, answering Arg[load]) Arg[*cloud.Machine] {
	named := in.machineTypes.workspace
	if !named.IsLeftOut() || !allKnown(in.cloud.state, answering.state) || answering.value.tier.Workspace == nil {
		return named
	}
	if m, _ := rowMachine(answering.value.tier.Workspace, in.cloud.value); m != nil {
		return Known(m)
	}
	return named
}

// chooseWorkspaceNode finds the machine of workspaces and judges that it takes
// one. It can be judged before the tier is known where the machine type does
// not come from the tier.
func chooseWorkspaceNode(f *findings, in *asked, answering Arg[load], named Arg[*cloud.Machine], overhead Arg[cloud.Daemons]) Arg[node] {
	w := &in.workspace
	if !allKnown(in.cloud.state, in.edition.state, overhead.state, w.request.millicores.state, w.request.mib.state, w.volumes.state,
		in.measured.millicores.state, in.measured.mib.state) || named.IsUnknown() || in.maxPods.IsUnknown() {
		return Unknown[node]()
	}
	d := demand{
		role: RoleWorkspace, cloud: in.cloud.value, overhead: overhead.value,
		request: PodRequest{w.request.millicores.value, w.request.mib.value}, volumes: w.volumes.value, maxPods: in.maxPods,
		measured: measuredNode{in.measured.millicores.value, in.measured.mib.value},
	}
	if answering.isKnown() {
		d.row = rowOf(answering.value.tier, RoleWorkspace)
		d.rowMachine, d.published = rowMachine(d.row, d.cloud)
	}
	chosen, where := d.workspaceNode(named, in.edition.value)
	if chosen.isKnown() && chosen.value.schedulable == 0 {
		tellWorkspaceFitsNoNode(f, in, &chosen.value, where)
		return Unknown[node]()
	}
	return chosen
}

// workspaceNode is the named machine, or the smallest of the edition's family
// that takes a workspace, with words for what was found. While the tier names
// the machine and is not known, neither is the node.
func (d *demand) workspaceNode(named Arg[*cloud.Machine], edition *reference.Edition) (_ Arg[node], where string) {
	switch {
	case named.isKnown():
		return Known(d.on(named.value)), named.value.Name
	case edition.Fit != nil:
		n := d.smallest(candidatesOf(d.cloud, edition.Fit, RoleWorkspace))
		return Known(n), n.machine.Name + ", the largest of the family " + d.cloud.Family(n.machine.Name) + ","
	}
	return Unknown[node](), ""
}

// chooseNode finds the machine of coderd, provisioners or proxies: the type
// that the request gives, else the page's, else the smallest that takes a pod.
func chooseNode(f *findings, in *asked, l *load, overhead Arg[cloud.Daemons], role Role) Arg[node] {
	given := in.machineTypes.of(role)
	if !allKnown(in.cloud.state, overhead.state) || given.IsUnknown() {
		return Unknown[node]()
	}
	row, own := rowOf(l.tier, role), in.podRequests.of(role)
	if own.millicores.IsUnknown() || own.mib.IsUnknown() {
		return Unknown[node]()
	}
	d := demand{
		role: role, cloud: in.cloud.value, overhead: overhead.value, row: row,
		own: PodRequest{own.millicores.value, own.mib.value},
	}
	d.rowMachine, d.published = rowMachine(row, d.cloud)
	notRun := role == RoleProvisioner && in.colocate.value
	var n node
	switch {
	case given.isKnown():
		n = d.on(given.value)
	case d.rowMachine != nil:
		n = d.on(d.rowMachine)
	default:
		candidates := candidatesOf(d.cloud, l.edition.Fit, role)
		n = d.smallest(candidates)
		if n.schedulable == 0 && notRun {
			n = d.on(candidates[0])
		}
	}
	switch {
	case n.schedulable > 0:
		return Known(n)
	case notRun: // described without shares of it
		n.podsPerNode = 0
		if row.PodRequest == nil {
			n.request = d.own
		}
		return Known(n)
	}
	tellPodFitsNoNode(f, in, &n)
	return Unknown[node]()
}

// candidatesOf are the types of an edition's family on a cloud that may be
// derived for a role, from the smallest on.
func candidatesOf(c cloud.Cloud, fit *reference.Fit, role Role) []*cloud.Machine {
	family := cloud.FamilyMachines(c.Name(), fit.Families[string(c.Name())])
	from := slices.IndexFunc(family, func(m *cloud.Machine) bool { return m.VCPU >= leastVCPU(fit, role) })
	return family[from:]
}

// rowOf is a role's row, nil where the page has none.
func rowOf(t *reference.Tier, role Role) *reference.Pool {
	switch role {
	case RoleCoderd:
		return &t.Coderd
	case RoleProvisioner:
		return &t.Provisioner
	case RoleWorkspace:
		return t.Workspace
	case RoleWorkspaceProxy:
		return t.WorkspaceProxy
	case RoleDatabase:
	}
	return nil
}

// leastVCPU is the least size of a machine that is derived for a role.
func leastVCPU(fit *reference.Fit, role Role) int64 {
	switch role {
	case RoleCoderd:
		return fit.MinimumVCPU.Coderd
	case RoleProvisioner:
		return fit.MinimumVCPU.Provisioner
	case RoleWorkspace:
		return fit.MinimumVCPU.Workspace
	case RoleWorkspaceProxy:
		return fit.MinimumVCPU.WorkspaceProxy
	case RoleDatabase:
	}
	return 0
}

// of is the machine that the request names for a role, left out for a role
// that nobody can name one for.
func (t askedTypes) of(role Role) Arg[*cloud.Machine] {
	switch role {
	case RoleCoderd:
		return t.coderd
	case RoleProvisioner:
		return t.provisioner
	case RoleWorkspace:
		return t.workspace
	case RoleWorkspaceProxy, RoleDatabase:
	}
	return Arg[*cloud.Machine]{}
}

// of is what the request gives a pod of a role.
func (r askedPodRequests) of(role Role) askedPod {
	switch role {
	case RoleCoderd:
		return r.coderd
	case RoleProvisioner:
		return r.provisioner
	case RoleWorkspace, RoleWorkspaceProxy, RoleDatabase:
	}
	return askedPod{}
}
