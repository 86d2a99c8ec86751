// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// tableRows reads the rows of a Markdown table whose header begins as given.
func tableRows(t *testing.T, file, header string) []map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	cells := func(line string) []string {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.Trim(cells[i], " `")
		}
		return cells
	}
	var rows []map[string]string
	var columns []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, header):
			columns = cells(line)
		case !strings.HasPrefix(line, "|"):
			columns = nil
		case columns != nil && !strings.HasPrefix(line, "| ---"):
			row := map[string]string{}
			for i, cell := range cells(line) {
				row[columns[i]] = cell
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func atoi(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func mustSize(t *testing.T, r Request) *Fleet {
	t.Helper()
	fleet, faults := Size(r)
	if len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	return fleet
}

func poolOf(f *Fleet, role string) *NodePool {
	for _, pool := range f.Pools() {
		if string(pool.Role) == role {
			return pool.NodePool
		}
	}
	return nil
}

func TestPublishedTables(t *testing.T) {
	rows := tableRows(t, "published.md", "| edition | users | role | node capacity")
	if len(rows) != 72 {
		t.Fatalf("there are %d rows, not 72", len(rows))
	}
	for _, row := range rows {
		t.Run(fmt.Sprintf("%s/%s/%s/%s", row["edition"], row["users"], row["cloud"], row["role"]), func(t *testing.T) {
			request := Request{Users: Count(atoi(t, row["users"])), Cloud: Known(row["cloud"]), Edition: Known(row["edition"])}
			f := mustSize(t, request)
			var vcpu, memory int64
			if _, err := fmt.Sscanf(row["node capacity"], "%d vCPU, %d GB memory", &vcpu, &memory); err != nil {
				t.Fatal(err)
			}
			if row["role"] == "database" {
				storage, unit, _ := strings.Cut(row["storage"], " ")
				gb, err := strconv.ParseFloat(storage, 64)
				if err != nil {
					t.Fatal(err)
				}
				if unit == "TB" {
					gb *= 1024
				}
				storageGB := int64(gb)
				got := f.Database
				if got.MachineType != row["machine type"] || got.Published.VCPU != vcpu || got.Published.MemoryGB != memory ||
					got.NodeCount != atoi(t, row["replicas"]) || got.Published.NodeCount != got.NodeCount ||
					*got.Published.StorageGB != storageGB || got.StorageGB < storageGB || got.Basis != BasisPublished {
					t.Errorf("got %+v", got)
				}
				return
			}
			got := poolOf(f, row["role"])
			nodes, each, _ := strings.Cut(row["replicas"], " / ")
			least, most, isRange := strings.Cut(strings.TrimSuffix(nodes, " nodes"), "-")
			if !isRange {
				most = least
			}
			perNode, _, _ := strings.Cut(each, " ")
			want := PublishedPool{VCPU: vcpu, MemoryGB: memory}
			if p := got.Published; p.VCPU != want.VCPU || p.MemoryGB != want.MemoryGB || *p.MinNodeCount != atoi(t, least) ||
				*p.MaxNodeCount != atoi(t, most) || *p.PodsPerNode != atoi(t, perNode) {
				t.Errorf("published: got %+v", *p)
			}
			if got.MachineType != row["machine type"] || got.Basis != BasisPublished || got.PodsPerNode != atoi(t, perNode) {
				t.Errorf("got %+v", got)
			}
			if got.NodeCount != atoi(t, least) || got.MaxNodeCount != atoi(t, most) {
				t.Errorf("node_count %d up to %d, want %s", got.NodeCount, got.MaxNodeCount, nodes)
			}
			request.HighAvailability = Known(true)
			if available := poolOf(mustSize(t, request), row["role"]); available.NodeCount != atoi(t, most) {
				t.Errorf("with high availability: node_count %d, want %s", available.NodeCount, most)
			}
		})
	}
}

func TestPublishedPods(t *testing.T) {
	rows := tableRows(t, "published.md", "| edition | users | role | vCPU")
	if len(rows) != 15 {
		t.Fatalf("there are %d rows, not 15", len(rows))
	}
	for _, row := range rows {
		for _, cloud := range []string{"gcp", "aws", "azure"} {
			t.Run(fmt.Sprintf("%s/%s/%s", row["users"], cloud, row["role"]), func(t *testing.T) {
				request := Request{Users: Count(atoi(t, row["users"])), Cloud: Known(cloud), Edition: Known(row["edition"])}
				if row["role"] == "workspace_proxy" {
					request.ProxyRegions = Count(1)
				}
				f := mustSize(t, request)
				vcpu, replicas := atoi(t, row["vCPU"]), atoi(t, row["replicas"])
				memory := atoi(t, strings.TrimSuffix(row["memory"], " GB"))
				if row["role"] == "database" {
					got := f.Database
					if got.Published != (PublishedDatabase{vcpu, memory, replicas, nil}) || got.VCPU != vcpu || got.NodeCount != replicas ||
						got.MemoryMiB < memory*1024 || got.Basis != BasisDerived || got.StorageGB*1000 < 512*f.Tier.Users {
						t.Errorf("got %+v", got)
					}
					return
				}
				got := poolOf(f, row["role"])
				cpu, mem, _ := strings.Cut(row["Kubernetes request"], " / ")
				request2 := PodRequest{atoi(t, strings.TrimSuffix(cpu, "m")), atoi(t, strings.TrimSuffix(mem, "Gi")) * 1024}
				if got.PodRequest != request2 || got.Pods != replicas || got.Basis != BasisDerived {
					t.Errorf("got %+v", got)
				}
				p := got.Published
				if p.VCPU != vcpu || p.MemoryGB != memory || p.PodsPerNode != nil {
					t.Errorf("published: got %+v", *p)
				}
				if row["role"] == "provisioner" {
					if p.MinNodeCount != nil || p.MaxNodeCount != nil || got.NodeCount != ceilDiv(replicas, got.PodsPerNode) {
						t.Errorf("got %+v, published %+v", got, *p)
					}
				} else if *p.MinNodeCount != replicas || *p.MaxNodeCount != replicas || got.NodeCount != replicas || got.PodsPerNode != 1 {
					t.Errorf("got %+v, published %+v", got, *p)
				}
			})
		}
	}
}
