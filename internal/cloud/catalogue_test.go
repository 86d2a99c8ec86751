// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestCatalogueLoads(t *testing.T) {
	want := map[Name]int{GCP: 464, AWS: 1127, Azure: 863}
	for _, c := range All() {
		read, err := loadMachines(files, c)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(read.byName); got != want[c.Name()] {
			t.Errorf("%s has %d machine types, not %d", c.Name(), got, want[c.Name()])
		}
	}
	if got := MachineTypes("oracle"); len(got) > 0 {
		t.Errorf("what is no cloud has %v", got)
	}
}

// Every type but the tiniest leaves something for pods beside what Kubernetes
// keeps, and the more pods a node may run, the more is kept.
func TestEveryMachineLeavesRoom(t *testing.T) {
	for _, c := range All() {
		for _, m := range MachineTypes(c.Name()) {
			limits := c.PodLimits(m)
			node, most := NodeOf(c, m, limits.Default), NodeOf(c, m, limits.Maximum)
			if tiny := m.MemoryMiB <= 1024; node.AllocatableMemoryMiB < 256 && !tiny || node.AllocatableCPUMillicores < 900 {
				t.Errorf("%s leaves %dm and %d MiB", m.Name, node.AllocatableCPUMillicores, node.AllocatableMemoryMiB)
			}
			if most.AllocatableMemoryMiB > node.AllocatableMemoryMiB || limits.Minimum > limits.Default || limits.Default > limits.Maximum {
				t.Errorf("%s: more pods leave more memory, or the limits %v are out of order", m.Name, limits)
			}
		}
	}
}

func TestFamilyMachines(t *testing.T) {
	for family, want := range map[string]string{
		"gcp n4-standard-<n>":      "n4-standard-2 n4-standard-4 n4-standard-8 n4-standard-16 n4-standard-32 n4-standard-48 n4-standard-64 n4-standard-80",
		"aws m8i.<size>":           "m8i.large m8i.xlarge m8i.2xlarge m8i.4xlarge m8i.8xlarge m8i.12xlarge m8i.16xlarge m8i.24xlarge m8i.32xlarge m8i.48xlarge m8i.96xlarge",
		"azure Standard_D<n>s_v5":  "Standard_D2s_v5 Standard_D4s_v5 Standard_D8s_v5 Standard_D16s_v5 Standard_D32s_v5 Standard_D48s_v5 Standard_D64s_v5 Standard_D96s_v5",
		"azure Standard_D<n>ds_v5": "Standard_D2ds_v5 Standard_D4ds_v5 Standard_D8ds_v5 Standard_D16ds_v5 Standard_D32ds_v5 Standard_D48ds_v5 Standard_D64ds_v5 Standard_D96ds_v5",
		"gcp n5-standard-<n>":      "",
	} {
		cloud, name, _ := strings.Cut(family, " ")
		var got []string
		for _, m := range FamilyMachines(Name(cloud), name) {
			got = append(got, m.Name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s", family, strings.Join(got, " "))
		}
	}
}

func TestNearestMachineTypes(t *testing.T) {
	for _, test := range []struct {
		cloud Name
		name  string
		want  string
	}{
		{GCP, "n1-standard-3", "n1-standard-1 n1-standard-2 n1-standard-32"},
		{GCP, "N4-Standard-8", "n4-standard-8 c4-standard-8 n1-standard-8"},
		{AWS, "m5.2xlargee", "m5.2xlarge c5.2xlarge g5.2xlarge"},
		{Azure, "D8s_v5", "Standard_D8s_v5 Standard_E8s_v5 Standard_F1"},
		{"", "m7i.4xlarg", "m7i.4xlarge c7i.4xlarge i7i.4xlarge"},
		{"mars", "m7i.4xlarge", ""},
	} {
		if got := strings.Join(NearestMachineTypes(test.cloud, test.name, 3), " "); got != test.want {
			t.Errorf("nearest to %s of %q: %s", test.name, test.cloud, got)
		}
	}
	if got := NearestMachineTypes(GCP, strings.Repeat("x", 1<<20), 1); len(got) != 1 {
		t.Errorf("a very long name has %v nearest", got)
	}
}

func TestOwnerOf(t *testing.T) {
	for name, want := range map[string]Name{"t3.large": AWS, "n4-standard-8": GCP, "Standard_D8s_v5": Azure, "standard_d8s_v5": "", "": ""} {
		if got, ok := OwnerOf(name); got != want || ok != (want != "") {
			t.Errorf("%s is of %q", name, got)
		}
	}
}

func TestByName(t *testing.T) {
	for _, name := range Names() {
		if c, ok := ByName(name); !ok || string(c.Name()) != name {
			t.Errorf("%s is %v", name, c)
		}
	}
	if c, ok := ByName("GCP"); ok || c != nil {
		t.Errorf("GCP is %v", c)
	}
}

func TestNearestName(t *testing.T) {
	for name, want := range map[string]Name{
		"GCP": GCP, " gcp": GCP, "google": GCP, "Google Cloud": GCP, "google-beta": GCP, "gke": GCP, "gpcp": GCP,
		"AWS": AWS, "amazon": AWS, "Amazon Web Services": AWS, "awscc": AWS, "eks": AWS, "aw": AWS,
		"Azure": Azure, "azurerm": Azure, "AZURE_RM": Azure, "microsoft": Azure, "aks": Azure, "azur": Azure,
		"": "", "x": "", "gpc": "", "hetzner": "", strings.Repeat("aws", 1000): "",
	} {
		if got, ok := NearestName(name); got != want || ok != (want != "") {
			t.Errorf("%q is near %q, want %q", name, got, want)
		}
	}
}

func TestFaultyTables(t *testing.T) {
	const header = "name,vcpu,memory_mib,architecture,burstable,max_volumes,interfaces,addresses,kernel_mib,gpus\n"
	const good = header + "n1-standard-1,1,3840,amd64,false,127,,,,\n"
	for name, test := range map[string]struct{ table, want string }{
		"other columns":   {"name,vcpu\n", `machines/gcp.csv:1: the columns are "name,vcpu,memory_mib,architecture,burstable,max_volumes,interfaces,addresses,kernel_mib,gpus", not "name,vcpu"`},
		"no lines":        {header, "machines/gcp.csv:1: the table is empty"},
		"a missing cell":  {good + "n1-standard-2,,7680,amd64,false,127,,,,\n", "machines/gcp.csv:3: vcpu is missing"},
		"too few cells":   {good + "n1-standard-2,2,7680\n", "machines/gcp.csv:3: wrong number of fields"},
		"no number":       {good + "n1-standard-2,2,7.5,amd64,false,127,,,,\n", `machines/gcp.csv:3: memory_mib "7.5" is not a whole number of at least 1`},
		"zero":            {good + "n1-standard-2,2,7680,amd64,false,0,,,,\n", `machines/gcp.csv:3: max_volumes "0" is not a whole number of at least 1`},
		"architecture":    {good + "n1-standard-2,2,7680,x86,false,127,,,,\n", `machines/gcp.csv:3: architecture "x86" is neither amd64 nor arm64`},
		"no flag":         {good + "n1-standard-2,2,7680,amd64,no,127,,,,\n", `machines/gcp.csv:3: burstable "no" is not true or false`},
		"a name twice":    {good + good[len(header):], "machines/gcp.csv:3: n1-standard-1 stands twice"},
		"nothing at all":  {"", `machines/gcp.csv:1: the columns are "name,vcpu,memory_mib,architecture,burstable,max_volumes,interfaces,addresses,kernel_mib,gpus", not ""`},
		"no name":         {good + ",2,7680,amd64,false,127,,,,\n", "machines/gcp.csv:3: name is missing"},
		"no addresses":    {good + "n1-standard-2,2,7680,amd64,false,127,3,,,\n", "machines/gcp.csv:3: addresses is missing"},
		"an open quote":   {good + "\"n1,2", "machines/gcp.csv:3: extraneous or missing \" in quoted-field"},
		"out of order":    {good + "n0-standard-1,1,3840,amd64,false,127,,,,\n", "machines/gcp.csv:3: n0-standard-1 stands after n1-standard-1: types are sorted by name"},
		"no architecture": {good + "n1-standard-2,2,7680,,false,127,,,,\n", "machines/gcp.csv:3: architecture is missing"},
	} {
		_, err := loadMachines(fstest.MapFS{"machines/gcp.csv": {Data: []byte(test.table)}}, gcp{})
		if err == nil || err.Error() != test.want {
			t.Errorf("%s:\n got %v\nwant %s", name, err, test.want)
		}
	}
	if _, err := loadMachines(fstest.MapFS{}, gcp{}); err == nil || err.Error() != "reading a table: open machines/gcp.csv: file does not exist" {
		t.Errorf("a missing file: %v", err)
	}
}

func BenchmarkCatalogueFirstUse(b *testing.B) {
	for _, c := range All() {
		b.Run(string(c.Name()), func(b *testing.B) {
			for b.Loop() {
				if _, err := loadMachines(files, c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestAlikeMachineType(t *testing.T) {
	for like, want := range map[string]string{
		"t3.large": "e2-standard-2", "Standard_D8s_v5": "e2-standard-8", "Standard_D64s_v5": "n2-standard-64", "r5.xlarge": "n2-highmem-4",
		"m8g.xlarge": "c4a-standard-4", "g5.2xlarge": "g2-standard-8", "x8g.large": "",
	} {
		owner, _ := OwnerOf(like)
		m, _ := FindMachine(owner, like)
		got := ""
		if alike, ok := AlikeMachineType(gcp{}, m); ok {
			got = alike.Name
		}
		if got != want {
			t.Errorf("like %s on gcp: %s, want %q", like, got, want)
		}
	}
}

func TestFamily(t *testing.T) {
	for _, test := range []struct {
		cloud Cloud
		name  string
		want  string
	}{
		{gcp{}, "n4-standard-8", "n4-standard-<n>"}, {gcp{}, "plain", "plain"}, {gcp{}, "e2-micro", "e2-micro"},
		{gcp{}, "c3-standard-8-lssd", "c3-standard-<n>"}, {gcp{}, "z3-highmem-14-standardlssd", "z3-highmem-<n>"}, {gcp{}, "a2-highgpu-1g", "a2-highgpu-<n>"},
		{aws{}, "m8i.2xlarge", "m8i.<size>"}, {aws{}, "db.m5.large", "db.m5.<size>"},
		{azure{}, "Standard_D8s_v5", "Standard_D<n>s_v5"}, {azure{}, "Standard_D90s_v5", "Standard_D<n>s_v5"},
		{azure{}, "Standard_Ds", "Standard_Ds"}, {azure{}, "8cores", "<n>cores"},
	} {
		if got := test.cloud.Family(test.name); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}
