// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
)

// Eight public fleets, one of them on two clouds.
func TestPublicFleets(t *testing.T) {
	fleets, pools := tableRows(t, "fleets.md", "| fleet | cloud"), tableRows(t, "fleets.md", "| fleet | pool")
	if len(fleets) != 9 || len(pools) != 17 {
		t.Fatalf("there are %d fleets of %d pools", len(fleets), len(pools))
	}
	for _, fleet := range fleets {
		t.Run(fleet["fleet"], func(t *testing.T) {
			daemons, allocatable := podOf(t, fleet["daemons"]), podOf(t, fleet["allocatable"])
			r := Request{
				Users: Count(podCount(t, fleet["users"])), Cloud: Known(fleet["cloud"]), Edition: Known(fleet["edition"]), Packing: Known("schedulable"),
				NodeOverhead:             NodeOverhead{CPUMillicores: daemons.millicores, MemoryMiB: daemons.mib},
				WorkspaceNodeAllocatable: MeasuredAllocatable{allocatable.millicores, allocatable.mib},
				WorkspaceKinds:           Known(map[string]WorkspaceKind{}),
			}
			if limit := fleet["pod limit"]; limit != "" {
				r.MaxPodsPerNode = Count(atoi(t, limit))
			}
			var workspaces int64
			for _, pool := range pools {
				if pool["fleet"] == fleet["fleet"] {
					workspaces += askForPool(t, &r, pool)
				}
			}
			r.ConcurrentWorkspaces = Count(workspaces)
			f := mustSize(t, r)
			for _, pool := range pools {
				if pool["fleet"] != fleet["fleet"] {
					continue
				}
				got := poolOf(f, pool["pool"])
				if kind, ok := f.WorkspacePools[pool["pool"]]; ok {
					got = &kind
				}
				each, limit, _ := strings.Cut(pool["each"], " by ")
				if got.MachineType != pool["machine type"] || got.PodsPerNode != atoi(t, each) || string(got.LimitedBy) != limit || got.NodeCount != atoi(t, pool["nodes"]) {
					t.Errorf("%s: %s, limited by %s", pool["pool"], poolLine(*got), got.LimitedBy)
				}
				if overcommit := orDash(got.Overcommit.CPU) + " " + orDash(got.Overcommit.Memory); overcommit != pool["overcommit"] {
					t.Errorf("%s: overcommit %s", pool["pool"], overcommit)
				}
			}
		})
	}
}

// askForPool adds a row of the pools to a request, and says how many workspaces
// it runs.
func askForPool(t *testing.T, r *Request, row map[string]string) int64 {
	t.Helper()
	machine, pods := Known(row["machine type"]), podCount(t, row["pods"])
	pod, limit := podOf(t, row["request"]), podOf(t, row["limit"])
	switch row["pool"] {
	case "coderd":
		r.MachineTypes.Coderd, r.CoderdReplicas, r.PodRequests.Coderd = machine, Count(pods), RolePodRequest{pod.vcpu, pod.gib}
		return 0
	case "provisioner":
		r.MachineTypes.Provisioner, r.ConcurrentBuilds, r.PodRequests.Provisioner = machine, Count(pods), RolePodRequest{pod.vcpu, pod.gib}
		return 0
	case "workspace":
		r.MachineTypes.Workspace, r.WorkspaceRequest = machine, WorkspaceRequest{pod.vcpu, pod.gib, pod.disks}
		r.WorkspaceLimits = WorkspaceLimits{limit.vcpu, limit.gib}
	default:
		r.WorkspaceKinds.value[row["pool"]] = WorkspaceKind{
			Workspaces: Count(pods), Requests: KindRequests{pod.vcpu, pod.gib, pod.disks, pod.gpus}, Limits: WorkspaceLimits{limit.vcpu, limit.gib}, MachineType: machine,
		}
	}
	return pods
}

// writtenPod is what a pod is given, as a table has it: "3500m 13Gi 1 GPU".
type writtenPod struct{ vcpu, millicores, gib, mib, disks, gpus Number }

func podOf(t *testing.T, text string) writtenPod {
	t.Helper()
	var pod writtenPod
	words := strings.Fields(text)
	for i, word := range words {
		number := strings.TrimRight(word, "mMiG")
		switch {
		case strings.HasSuffix(word, "Gi"):
			pod.gib, pod.mib = Count(atoi(t, number)), Count(atoi(t, number)*1024)
		case strings.HasSuffix(word, "Mi"):
			pod.gib, pod.mib = Known(big.NewFloat(float64(atoi(t, number))/1024)), Count(atoi(t, number))
		case strings.HasSuffix(word, "m"):
			pod.vcpu, pod.millicores = Known(big.NewFloat(float64(atoi(t, number))/1000)), Count(atoi(t, number))
		case word == "disks":
			pod.disks = Count(atoi(t, words[i-1]))
		case word == "GPU":
			pod.gpus = Count(atoi(t, words[i-1]))
		}
	}
	return pod
}

// podCount reads a number that may be marked as ours.
func podCount(t *testing.T, text string) int64 {
	t.Helper()
	return atoi(t, strings.TrimSuffix(text, "*"))
}

// A request and a limit of the vendor's template: a full node may use more than
// twice what it has, and it says so.
func TestOvercommittedStarterTemplate(t *testing.T) {
	f := mustSize(t, on("gcp", "2025-04", 300, func(r *Request) {
		r.Packing = Known("schedulable")
		r.WorkspaceRequest, r.WorkspaceLimits = WorkspaceRequest{CPU: Decimal("0.25"), MemoryGiB: Decimal("0.5")}, WorkspaceLimits{Count(2), Count(2)}
	}))
	if got := warned(f); got != "below_published_memory[workspace] memory_overcommitted[workspace]" {
		t.Errorf("warnings %s", got)
	}
	if quota := fmt.Sprint(f.ResourceQuota); quota != "map[limits.cpu:600000m limits.memory:614400Mi pods:300 requests.cpu:75000m requests.memory:153600Mi]" {
		t.Errorf("quota %s", quota)
	}
}
