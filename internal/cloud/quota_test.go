// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestQuotaOf(t *testing.T) {
	for _, test := range []struct {
		cloud Name
		name  string
		want  Quota // empty: nobody knows
	}{
		{AWS, "m5.xlarge", Quota{Name: "L-1216C47A", Unit: QuotaVCPU}}, {AWS, "m5.1000xlarge", Quota{Name: "L-1216C47A", Unit: QuotaVCPU}},
		{AWS, "g5.xlarge", Quota{Name: "L-DB2E81BA", Unit: QuotaVCPU}}, {AWS, "gr6.4xlarge", Quota{}}, {AWS, "m5", Quota{}},
		{Azure, "Standard_D8s_v5", Quota{Name: "standardDSv5Family", Unit: QuotaVCPU}}, {Azure, "Standard_D9s_v5", Quota{}},
		{GCP, "n1-standard-2", Quota{Name: "CPUS", Unit: QuotaVCPU}}, {GCP, "t2d-standard-8", Quota{Name: "T2D_CPUS", Unit: QuotaVCPU}},
		{GCP, "a2-highgpu-1g", Quota{Name: "NVIDIA_A100_GPUS", Unit: QuotaGPU}}, {GCP, "a2-ultragpu-1g", Quota{Name: "NVIDIA_A100_80GB_GPUS", Unit: QuotaGPU}},
		{GCP, "c4d-standard-8", Quota{}}, {GCP, "", Quota{}}, {"oracle", "m5.xlarge", Quota{}},
	} {
		got, ok := QuotaOf(&Machine{Cloud: test.cloud, Name: test.name})
		if got != test.want || ok != (test.want != Quota{}) {
			t.Errorf("%s of %s counts against %+v %t, not %+v", test.name, test.cloud, got, ok, test.want)
		}
	}
	for cloud, want := range map[Name]Quota{GCP: {"CPUS_ALL_REGIONS", QuotaVCPU, true}, Azure: {"cores", QuotaVCPU, false}, AWS: {}, "oracle": {}} {
		if got, ok := TotalQuota(cloud); got != want || ok != (want != Quota{}) {
			t.Errorf("the total of %s is %+v", cloud, got)
		}
	}
}

func TestQuotaCounts(t *testing.T) {
	for name, want := range map[string]int64{"m5.xlarge": 4, "a2-highgpu-4g": 4, "g2-standard-96": 8, "Standard_NC64as_T4_v3": 64} {
		owner, _ := OwnerOf(name)
		m, _ := FindMachine(owner, name)
		q, _ := QuotaOf(m)
		if got := q.Of(m); got != want {
			t.Errorf("a machine of %s takes %d of %s, not %d", name, got, q.Name, want)
		}
	}
}

// Every line is of a type in the catalogue, and what is counted in GPUs has
// some.
func TestQuotasAreOfTheCatalogue(t *testing.T) {
	for _, c := range All() {
		known := 0
		for _, m := range MachineTypes(c.Name()) {
			q, ok := QuotaOf(m)
			if !ok {
				continue
			}
			known++
			if q.Of(m) < 1 {
				t.Errorf("%s takes nothing of %s", m.Name, q.Name)
			}
		}
		if want := map[Name]int{GCP: 337, AWS: 1125, Azure: 863}[c.Name()]; known != want {
			t.Errorf("the quota of %d types of %s is known, not of %d", known, c.Name(), want)
		}
		for name := range quotasOf(c.Name()).at {
			if _, ok := FindMachine(c.Name(), name); !ok && !strings.HasSuffix(name, "*") {
				t.Errorf("%s sells no %s", c.Name(), name)
			}
		}
	}
}

func TestFaultyQuotas(t *testing.T) {
	for table, want := range map[string]string{
		"machine_type,quota,unit\nn1-*,CPUS,cores\n":            `quotas/gcp.csv:2: unit "cores" is neither vCPU nor GPU`,
		"machine_type,quota,unit\nn1-*,,vCPU\n":                 "quotas/gcp.csv:2: quota is missing",
		"machine_type,quota,unit\nn1-*,A,vCPU\nn*,B,vCPU\n":     `quotas/gcp.csv:3: machine_type "n*" ends within a word`,
		"machine_type,quota,unit\nn1-*,A,vCPU\nn1-*,B,vCPU\n":   "quotas/gcp.csv:3: n1-* stands twice",
		"machine_type,quota\nn1-*,CPUS\n":                       `quotas/gcp.csv:1: the columns are "machine_type,quota,unit", not "machine_type,quota"`,
		"machine_type,quota,unit\nn1-*,CPUS,vCPU\n,CPUS,vCPU\n": "quotas/gcp.csv:3: machine_type is missing",
	} {
		_, err := loadQuotas(fstest.MapFS{"quotas/gcp.csv": {Data: []byte(table)}}, gcp{})
		if err == nil || err.Error() != want {
			t.Errorf("\n got %v\nwant %s", err, want)
		}
	}
}

func TestPoolNames(t *testing.T) {
	for _, test := range []struct {
		cloud Cloud
		name  string
		want  bool
	}{
		{gcp{}, "large", true}, {gcp{}, "l", true}, {gcp{}, "a0", true}, {gcp{}, "z9z", true}, {gcp{}, "data-science-2", true}, {gcp{}, "abcdefghijklmnopqrst", true},
		{gcp{}, "abcdefghijklmnopqrstu", false}, {gcp{}, "", false}, {gcp{}, "2large", false}, {gcp{}, "-large", false}, {gcp{}, "large-", false},
		{gcp{}, "Large", false}, {gcp{}, "lärge", false}, {gcp{}, "la_rge", false},
		{aws{}, "data-science", true}, {azure{}, "data-science", false}, {azure{}, "abcdefghijkl", true}, {azure{}, "abcdefghijklm", false},
	} {
		if got := test.cloud.PoolNames().Allow(test.name); got != test.want {
			t.Errorf("%s may name a pool %q: %t", test.cloud.Name(), test.name, got)
		}
	}
}
