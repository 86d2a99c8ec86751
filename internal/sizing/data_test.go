// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"bytes"
	"io/fs"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// The editions' columns and the clouds do not know each other: here they meet.
func TestEditionsNameWhatTheCloudsSell(t *testing.T) {
	editions, err := reference.Editions()
	if err != nil {
		t.Fatal(err)
	}
	names := slices.Sorted(slices.Values(cloud.Names()))
	for _, e := range editions {
		for _, tier := range e.Tiers {
			columns := func(published, derived map[string]string) {
				if got := slices.Sorted(maps.Keys(both(published, derived))); !slices.Equal(got, names) {
					t.Errorf("%s %s: the clouds are %v, not %v", e.ID, tier.Name, got, names)
				}
			}
			columns(tier.Database.MachineTypes, tier.Database.DerivedMachineTypes)
			for _, pool := range []*reference.Pool{&tier.Coderd, &tier.Provisioner, tier.Workspace, tier.WorkspaceProxy} {
				if pool == nil || e.Fit != nil {
					continue
				}
				columns(pool.MachineTypes, pool.DerivedMachineTypes)
				for c, machineType := range both(pool.MachineTypes, pool.DerivedMachineTypes) {
					if _, ok := cloud.FindMachine(cloud.Name(c), machineType); !ok {
						t.Errorf("%s %s: %s sells no %s", e.ID, tier.Name, c, machineType)
					}
				}
			}
			for _, c := range cloud.All() {
				machineType, _ := tier.Database.MachineType(string(c.Name()))
				db, ok := c.Database(machineType)
				if !ok || db.VCPU != tier.Database.VCPU {
					t.Errorf("%s %s: %s sells no %s of %d vCPU", e.ID, tier.Name, c.Name(), machineType, tier.Database.VCPU)
				}
				if _, ok := c.Storage(storageGB(e, tier)); !ok {
					t.Errorf("%s %s: %s sells no storage of %d GB", e.ID, tier.Name, c.Name(), storageGB(e, tier))
				}
			}
		}
		if e.Fit != nil {
			checkFit(t, e.ID, e.Fit)
		}
	}
}

// both are the names that a page gives a row and those derived beside them.
func both(published, derived map[string]string) map[string]string {
	all := map[string]string{}
	maps.Copy(all, published)
	maps.Copy(all, derived)
	return all
}

// checkFit finds machines of the family of each cloud, for each role at least
// one of its least size.
func checkFit(t *testing.T, edition string, fit *reference.Fit) {
	t.Helper()
	for _, c := range cloud.All() {
		family := cloud.FamilyMachines(c.Name(), fit.Families[string(c.Name())])
		if len(family) < 3 {
			t.Errorf("%s: %s has no family %q", edition, c.Name(), fit.Families[string(c.Name())])
			continue
		}
		largest := family[len(family)-1].VCPU
		for _, role := range []Role{RoleCoderd, RoleProvisioner, RoleWorkspace, RoleWorkspaceProxy} {
			if least := leastVCPU(fit, role); largest < least {
				t.Errorf("%s: %s sells %s up to %d vCPU, and a %s has at least %d", edition, c.Name(), c.Family(family[0].Name), largest, role, least)
			}
		}
	}
}

// editionFile is an edition as it stands in its file.
func editionFile(t *testing.T, id string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "reference", "editions", id+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func sizeBy(editions []*reference.Edition, r Request) (*Fleet, []Fault) {
	f := newFindings(&r)
	settled := settleBy(f, editions, &r)
	if len(f.faults) > 0 {
		return nil, f.sorted()
	}
	return assemble(&settled.value), nil
}

// A new edition is a new file: what distinguishes it is data.
func TestANewEditionIsAFile(t *testing.T) {
	last := editionFile(t, "2026-01")
	edit := func(text []byte, old, with string) []byte {
		if !bytes.Contains(text, []byte(old)) {
			t.Fatalf("the edition does not contain %q", old)
		}
		return bytes.ReplaceAll(text, []byte(old), []byte(with))
	}
	releases := func(text []byte, of string) []byte {
		return regexp.MustCompile(`(?m)^releases: \{.*?\}`).ReplaceAll(text, []byte("releases: {"+of+"}"))
	}
	next := releases(edit(last, `id: "2026-01"`, `id: "2027-05"`), "first: v2.40.0")
	next = edit(next, "running_workspaces_percent: 60", "running_workspaces_percent: 50")
	next = edit(next, "m8i.<size>", "m7a.<size>")
	next = edit(next, "provisioner: 8, workspace: 8", "provisioner: 16, workspace: 16")
	next = edit(next, "gb_per_1000_users: 512", "gb_per_1000_users: 1000")
	next = edit(next, "users: 10000, concurrent_workspaces: 6000", "users: 20000, concurrent_workspaces: 6000")
	folder := fstest.MapFS{
		"2024-03.yaml": {Data: editionFile(t, "2024-03")},
		"2026-01.yaml": {Data: releases(last, "first: v2.30.0, last: v2.39.0")},
		"2027-05.yaml": {Data: next},
	}
	editions, err := reference.Load(fs.FS(folder))
	if err != nil {
		t.Fatal(err)
	}
	f, faults := sizeBy(editions, on("aws", "2027-05", 1000, nil))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	want := "3 (3 to 3) x m7a.xlarge, 1 each, 3 pods | 4 (4 to 4) x m7a.4xlarge, 15 each, 60 pods | 18 (1 to 35) x m7a.4xlarge, 29 each, 500 pods | 1 x db.m8g.2xlarge, 1000 GB"
	if got := fleetLine(f); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	_, faults = sizeBy(editions, on("aws", "2024-03", 12_000, nil))
	if len(faults) != 1 || !strings.Contains(faults[0].Detail, `set edition = "2027-05" (its largest tier covers this load).`) {
		t.Errorf("got %v", faults)
	}
	f, _ = sizeBy(editions, Request{Users: Count(10), Cloud: Known("gcp")})
	if f.Edition != reference.DefaultEdition || f.NewestEdition != "2027-05" {
		t.Errorf("%s is the default, %s the newest", f.Edition, f.NewestEdition)
	}
	_, faults = sizeBy(editions, on("gcp", "2025-04", 10, nil))
	if len(faults) != 1 || faults[0].Detail != `edition is "2025-04". It must be "2024-03", "2026-01" or "2027-05".` {
		t.Errorf("got %v", faults)
	}
}

// No code names an edition but the default.
func TestNoCodeNamesAnEdition(t *testing.T) {
	ids, err := reference.IDs()
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	err = filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		read++
		for line := range strings.Lines(string(text)) {
			code, _, _ := strings.Cut(line, "//")
			for _, id := range ids {
				if strings.Contains(code, `"`+id+`"`) && !strings.Contains(code, "DefaultEdition = ") {
					t.Errorf("%s names the edition %s: %s", path, id, strings.TrimSpace(line))
				}
			}
		}
		return nil
	})
	if err != nil || read < 20 {
		t.Errorf("%d files read, %v", read, err)
	}
}

// Every fault is told at once, the pod limit's beside those of the request.
func TestPackNodeTellsEveryFault(t *testing.T) {
	_, faults := PackNode(PackingQuestion{Known("aws"), Known("t3.2xlarge"), Count(0), Count(0), Count(9999)})
	var at []string
	for _, fault := range faults {
		at = append(at, fault.Path.String())
	}
	if got := strings.Join(at, " "); got != "cpu_millicores memory_mib max_pods" {
		t.Errorf("got %s", got)
	}
	if packing, faults := PackNode(PackingQuestion{Known("aws"), Known("t3.2xlarge"), Unknown[*big.Float](), Count(1), Count(110)}); packing != nil || len(faults) > 0 {
		t.Errorf("an unknown request is answered %v, %v", packing, faults)
	}
}

func TestPackNode(t *testing.T) {
	for _, test := range []struct {
		cloud, machine string
		cpu, mib       int64
		maxPods        Number
		want           NodePacking
	}{
		{"gcp", "t2d-standard-8", 500, 2048, Number{}, NodePacking{8, 32768, 90, 3706, 7910, 28388, 7669, 27949, 110, 127, 0, 13, "memory"}},
		{"aws", "t3.2xlarge", 500, 2048, Number{}, NodePacking{8, 32768, 90, 993, 7910, 30768, 7730, 30648, 58, 24, 0, 14, "memory"}},
		{"aws", "m5.2xlarge", 500, 2048, Number{}, NodePacking{8, 32768, 90, 993, 7910, 30322, 7730, 30202, 58, 24, 0, 14, "memory"}},
		{"azure", "Standard_D8s_v3", 500, 2048, Count(30), NodePacking{8, 32768, 180, 750, 7820, 31339, 7470, 30869, 30, 16, 0, 14, "cpu"}},
		{"azure", "Standard_D8s_v3", 500, 2048, Number{}, NodePacking{8, 32768, 180, 2350, 7820, 29739, 7470, 29269, 110, 16, 0, 14, "memory"}},
		{"azure", "Standard_D8s_v3", 500, 2048, Count(250), NodePacking{8, 32768, 180, 5150, 7820, 26939, 7470, 26469, 250, 16, 0, 12, "memory"}},
		{"gcp", "t2d-standard-8", 10, 16, Number{}, NodePacking{8, 32768, 90, 3706, 7910, 28388, 7669, 27949, 110, 127, 0, 105, "pods"}},
		{"gcp", "t2d-standard-8", 1, 1, Number{}, NodePacking{8, 32768, 90, 3706, 7910, 28388, 7669, 27949, 110, 127, 0, 105, "pods"}},
		{"gcp", "t2d-standard-8", 8000, 16, Number{}, NodePacking{8, 32768, 90, 3706, 7910, 28388, 7669, 27949, 110, 127, 0, 0, "cpu"}},
		{"azure", "Standard_D8s_v3", 500, 8192, Count(10), NodePacking{8, 32768, 180, 350, 7820, 31739, 7470, 31269, 10, 16, 0, 3, "memory"}},
		{"aws", "c6g.medium", 100, 100, Count(3), NodePacking{1, 2048, 60, 443, 940, 1218, 760, 1098, 3, 24, 0, 0, "pods"}},
		{"aws", "t3.nano", 100, 100, Number{}, NodePacking{2, 512, 70, 399, 1930, 0, 1750, 0, 4, 24, 0, 0, "memory"}},
	} {
		got, faults := PackNode(PackingQuestion{Known(test.cloud), Known(test.machine), Count(test.cpu), Count(test.mib), test.maxPods})
		if len(faults) > 0 || *got != test.want {
			t.Errorf("%s: %v\n got %+v\nwant %+v", test.machine, faults, got, test.want)
		}
	}
	for name, test := range map[string]struct {
		cloud, machine    string
		cpu, mib, maxPods Number
		want              string
	}{
		"all at once": {"gpc", "t2d-standard-9", Decimal("0.5"), Count(0), Number{}, `cloud: cloud is "gpc". It must be "gcp", "aws" or "azure".
machine_type: machine_type is "t2d-standard-9", which the catalogue of machine types does not know. The nearest names are "t2d-standard-1", "t2d-standard-2", "t2d-standard-4".
cpu_millicores: cpu_millicores is 0.5. It must be a whole number from 1 to 1000000000.
memory_mib: memory_mib is 0. It must be a whole number from 1 to 1000000000.`},
		"another cloud": {"aws", "Standard_D8s_v3", Count(1), Count(1), Number{}, `machine_type: machine_type is "Standard_D8s_v3", a machine type of azure, and cloud is "aws". Choose a machine type of aws, such as "m5.2xlarge".`},
		"few pods":      {"azure", "Standard_D8s_v3", Count(1), Count(1), Count(9), "max_pods: max_pods is 9. The pod limit of a node of Standard_D8s_v3 on AKS can be set from 10 to 250."},
		"pod limit":     {"aws", "t3.large", Count(1), Count(1), Count(111), "max_pods: max_pods is 111. The pod limit of a node of t3.large on EKS can be set from 1 to 110."},
	} {
		_, faults := PackNode(PackingQuestion{Known(test.cloud), Known(test.machine), test.cpu, test.mib, test.maxPods})
		var got []string
		for _, f := range faults {
			got = append(got, f.Error())
		}
		if strings.Join(got, "\n") != test.want {
			t.Errorf("%s:\n got %s\nwant %s", name, strings.Join(got, "\n"), test.want)
		}
	}
}

func BenchmarkSize(b *testing.B) {
	request := Request{Users: Count(1000), Cloud: Known("gcp")}
	b.ReportAllocs()
	for b.Loop() {
		if _, faults := Size(request); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}

func BenchmarkPackNode(b *testing.B) {
	c, m, cpu, mib := Known("gcp"), Known("t2d-standard-8"), Count(500), Count(2048)
	b.ReportAllocs()
	for b.Loop() {
		if _, faults := PackNode(PackingQuestion{c, m, cpu, mib, Number{}}); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}
