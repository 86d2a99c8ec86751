// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"fmt"
	"testing"
)

// fleetLine is an answer on a line, as the tables of documentation give it.
func fleetLine(f *Fleet) string {
	return fmt.Sprintf("%s | %s | %s | %d x %s, %d GB", poolLine(f.Coderd), poolLine(f.Provisioner), poolLine(f.Workspace), f.Database.NodeCount, f.Database.SKU, f.Database.StorageGB)
}

func poolLine(p NodePool) string {
	return fmt.Sprintf("%d (%d to %d) x %s, %d each, %d pods", p.NodeCount, p.MinNodeCount, p.MaxNodeCount, p.MachineType, p.PodsPerNode, p.Pods)
}

func TestWorkedAnswers(t *testing.T) {
	schedulable := Known(string(PackingSchedulable))
	for name, test := range map[string]struct {
		request Request
		want    string
	}{
		"1000 gcp": {
			Request{Users: Count(1000), Cloud: Known("gcp")},
			"1 (1 to 2) x n1-standard-2, 1 each, 1 pods | 2 (2 to 2) x t2d-standard-8, 30 each, 60 pods | 64 (1 to 64) x t2d-standard-8, 16 each, 1000 pods | 1 x db-custom-2-7680, 512 GB",
		},
		"500 gcp": {
			Request{Users: Count(500), Cloud: Known("gcp")},
			"1 (1 to 2) x n1-standard-2, 1 each, 1 pods | 2 (2 to 2) x t2d-standard-8, 30 each, 60 pods | 32 (1 to 32) x t2d-standard-8, 16 each, 500 pods | 1 x db-custom-2-7680, 512 GB",
		},
		"1 gcp": {
			Request{Users: Count(1), Cloud: Known("gcp")},
			"1 (1 to 2) x n1-standard-2, 1 each, 1 pods | 2 (2 to 2) x t2d-standard-8, 30 each, 60 pods | 1 (1 to 1) x t2d-standard-8, 16 each, 1 pods | 1 x db-custom-2-7680, 512 GB",
		},
		"250 aws": {
			Request{Users: Count(250), Cloud: Known("aws")},
			"1 (1 to 2) x t3.large, 1 each, 1 pods | 2 (2 to 2) x t3.2xlarge, 30 each, 60 pods | 16 (1 to 16) x t3.2xlarge, 16 each, 250 pods | 1 x db.t3.large, 512 GB",
		},
		"2001 aws is the 3k row": {
			Request{Users: Count(2001), Cloud: Known("aws")},
			"4 (4 to 4) x t3.xlarge, 1 each, 4 pods | 8 (8 to 8) x t3.2xlarge, 30 each, 240 pods | 171 (1 to 171) x t3.2xlarge, 12 each, 2001 pods | 2 x db.t3.2xlarge, 1536 GB",
		},
		"2500 azure": {
			Request{Users: Count(2500), Cloud: Known("azure")},
			"4 (4 to 4) x Standard_D4s_v3, 1 each, 4 pods | 8 (8 to 8) x Standard_D8s_v3, 30 each, 240 pods | 214 (1 to 214) x Standard_D8s_v3, 12 each, 2500 pods | 2 x GP_Standard_D8s_v3, 2048 GB",
		},
		"1000 gcp schedulable": {
			Request{Users: Count(1000), Cloud: Known("gcp"), Packing: schedulable},
			"1 (1 to 2) x n1-standard-2, 1 each, 1 pods | 2 (2 to 2) x t2d-standard-8, 30 each, 60 pods | 79 (1 to 79) x t2d-standard-8, 13 each, 1000 pods | 1 x db-custom-2-7680, 512 GB",
		},
		"1000 gcp 2026-01": {
			Request{Users: Count(1000), Cloud: Known("gcp"), Edition: Known("2026-01")},
			"3 (3 to 3) x n4-standard-4, 1 each, 3 pods | 9 (9 to 9) x n4-standard-8, 7 each, 60 pods | 47 (1 to 77) x n4-standard-8, 13 each, 600 pods | 1 x db-custom-8-30720, 512 GB",
		},
		"10000 azure 2026-01 in three zones": {
			Request{Users: Count(10000), Cloud: Known("azure"), Edition: Known("2026-01"), Zones: Count(3)},
			"10 (10 to 10) x Standard_D8s_v5, 1 each, 10 pods | 86 (86 to 86) x Standard_D8s_v5, 7 each, 600 pods | 429 (3 to 715) x Standard_D8s_v5, 14 each, 6000 pods | 1 x GP_Standard_D64ds_v5, 8192 GB",
		},
		"half of the users at work": {
			Request{Users: Count(1000), Cloud: Known("gcp"), ConcurrentWorkspaces: Count(500)},
			"1 (1 to 2) x n1-standard-2, 1 each, 1 pods | 2 (2 to 2) x t2d-standard-8, 30 each, 60 pods | 32 (1 to 64) x t2d-standard-8, 16 each, 500 pods | 1 x db-custom-2-7680, 512 GB",
		},
		"more workspaces than users": {
			Request{Users: Count(10), Cloud: Known("gcp"), ConcurrentWorkspaces: Count(1024)},
			"1 (1 to 2) x n1-standard-2, 1 each, 1 pods | 2 (2 to 2) x t2d-standard-8, 30 each, 60 pods | 64 (1 to 64) x t2d-standard-8, 16 each, 1024 pods | 1 x db-custom-2-7680, 512 GB",
		},
		"31 builds": {
			Request{Users: Count(10), Cloud: Known("gcp"), ConcurrentBuilds: Count(31)},
			"1 (1 to 2) x n1-standard-2, 1 each, 1 pods | 2 (2 to 2) x t2d-standard-8, 30 each, 31 pods | 1 (1 to 1) x t2d-standard-8, 16 each, 10 pods | 1 x db-custom-2-7680, 512 GB",
		},
		"requests take the 2k row": {
			Request{Users: Count(10), Cloud: Known("gcp"), APIRPS: Count(181)},
			"2 (2 to 2) x n1-standard-4, 1 each, 2 pods | 4 (4 to 4) x t2d-standard-8, 30 each, 120 pods | 1 (1 to 1) x t2d-standard-8, 16 each, 10 pods | 1 x db-custom-4-15360, 1024 GB",
		},
		"colocated": {
			Request{Users: Count(100), Cloud: Known("aws"), ColocateProvisioners: Known(true)},
			"1 (1 to 2) x t3.large, 1 each, 1 pods | 0 (0 to 0) x t3.2xlarge, 30 each, 0 pods | 7 (1 to 7) x t3.2xlarge, 16 each, 100 pods | 1 x db.t3.large, 512 GB",
		},
		"other machines": {
			Request{Users: Count(1000), Cloud: Known("aws"), MachineTypes: MachineTypes{
				Coderd: Known("m5.large"), Provisioner: Known("c5.2xlarge"), Workspace: Known("m5.4xlarge"),
			}},
			"1 (1 to 2) x m5.large, 1 each, 1 pods | 4 (4 to 4) x c5.2xlarge, 15 each, 60 pods | 32 (1 to 32) x m5.4xlarge, 32 each, 1000 pods | 1 x db.t3.large, 512 GB",
		},
		"larger workspaces": {
			Request{Users: Count(1000), Cloud: Known("gcp"), WorkspaceRequest: WorkspaceRequest{MemoryGiB: Decimal("5.5"), CPU: Decimal("2")}},
			"1 (1 to 2) x n1-standard-2, 1 each, 1 pods | 2 (2 to 2) x t2d-standard-8, 30 each, 60 pods | 256 (1 to 256) x t2d-standard-8, 4 each, 1000 pods | 1 x db-custom-2-7680, 512 GB",
		},
		"extrapolated": {
			Request{Users: Count(5000), Cloud: Known("gcp"), BeyondRange: Known("extrapolate")},
			"7 (7 to 7) x n1-standard-4, 1 each, 7 pods | 14 (14 to 14) x t2d-standard-8, 30 each, 400 pods | 427 (1 to 427) x t2d-standard-8, 12 each, 5000 pods | 2 x db-custom-14-53760, 2560 GB",
		},
		"extrapolated by builds": {
			Request{Users: Count(10), Cloud: Known("aws"), Edition: Known("2025-04"), ConcurrentBuilds: Count(241), BeyondRange: Known("extrapolate")},
			"5 (5 to 5) x m5.xlarge, 1 each, 5 pods | 9 (9 to 9) x c5.2xlarge, 30 each, 241 pods | 1 (1 to 1) x m5.2xlarge, 12 each, 10 pods | 2 x db.m5.4xlarge, 1543 GB",
		},
		"extrapolated 2026-01": {
			Request{Users: Count(15000), Cloud: Known("azure"), Edition: Known("2026-01"), BeyondRange: Known("extrapolate")},
			"15 (15 to 15) x Standard_D8s_v5, 1 each, 15 pods | 129 (129 to 129) x Standard_D8s_v5, 7 each, 900 pods | 643 (1 to 1072) x Standard_D8s_v5, 14 each, 9000 pods | 1 x GP_Standard_D96ds_v5, 8192 GB",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := fleetLine(mustSize(t, test.request)); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}

// What only Cloud SQL has is null elsewhere.
func TestTotals(t *testing.T) {
	for name, test := range map[string]struct {
		request Request
		want    Totals
	}{
		"1 + 2 + 64 nodes": {on("azure", "2024-03", 1000, nil), Totals{NodeCount: 67, VCPU: 530, MemoryGiB: 2120, MemoryMiB: 2120 * 1024}},
		"10 + 86 + 462 nodes and 10 in each of 2 regions": {
			on("gcp", "2026-01", 10_000, func(r *Request) { r.ProxyRegions = Count(2) }), Totals{NodeCount: 578, VCPU: 4624, MemoryGiB: 18_496, MemoryMiB: 18_496 * 1024},
		},
	} {
		if f, faults := Size(test.request); len(faults) > 0 || f.Totals != test.want {
			t.Errorf("%s: got %+v %v, want %+v", name, f.Totals, faults, test.want)
		}
	}
}

func TestCloudSQLEdition(t *testing.T) {
	for cloud, want := range map[string]string{"gcp": "ENTERPRISE", "aws": "", "azure": ""} {
		edition := mustSize(t, on(cloud, "2024-03", 1000, nil)).Database.CloudSQLEdition
		if (edition != nil) != (want != "") || edition != nil && *edition != want {
			t.Errorf("%s: %v", cloud, edition)
		}
	}
}

// A provisioner requests at most 1000m and 1024 MiB, coderd its share of the
// node, whatever that is.
func TestPodRequests(t *testing.T) {
	for _, test := range []struct {
		provisioner string
		want        PodRequest
	}{
		{"t3.2xlarge", PodRequest{230, 912}}, {"r5.2xlarge", PodRequest{230, 1024}}, {"m8i.96xlarge", PodRequest{1000, 1024}},
	} {
		f := mustSize(t, on("aws", "2024-03", 1000, machineTypes(MachineTypes{Provisioner: Known(test.provisioner)})))
		if f.Provisioner.PodRequest != test.want || f.Coderd.PodRequest != (PodRequest{1570, 6256}) {
			t.Errorf("%s: %+v, coderd %+v", test.provisioner, f.Provisioner.PodRequest, f.Coderd.PodRequest)
		}
	}
}
