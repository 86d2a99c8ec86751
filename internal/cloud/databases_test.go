// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"regexp"
	"testing"
)

func TestDatabase(t *testing.T) {
	for _, test := range []struct {
		cloud   Cloud
		name    string
		sku     string
		vcpu    int64
		mib     int64
		arch    Architecture
		burst   bool
		edition string
	}{
		{gcp{}, "db-custom-2-7680", "db-custom-2-7680", 2, 7680, AMD64, false, "ENTERPRISE"},
		{gcp{}, "db-custom-1-3840", "db-custom-1-3840", 1, 3840, AMD64, false, "ENTERPRISE"},
		{gcp{}, "db-custom-96-368640", "db-custom-96-368640", 96, 368640, AMD64, false, "ENTERPRISE"},
		// The least and the most memory a vCPU, 0.9 and 6.5 GB.
		{gcp{}, "db-custom-10-9216", "db-custom-10-9216", 10, 9216, AMD64, false, "ENTERPRISE"},
		{gcp{}, "db-custom-2-13312", "db-custom-2-13312", 2, 13312, AMD64, false, "ENTERPRISE"},
		{aws{}, "db.t3.large", "db.t3.large", 2, 8192, AMD64, true, ""},
		{aws{}, "db.m8g.16xlarge", "db.m8g.16xlarge", 64, 262144, ARM64, false, ""},
		{azure{}, "Standard_D2s_v3", "GP_Standard_D2s_v3", 2, 8192, AMD64, false, ""},
		{azure{}, "Standard_E20ds_v5", "MO_Standard_E20ds_v5", 20, 163840, AMD64, false, ""},
	} {
		got, ok := test.cloud.Database(test.name)
		want := Database{test.name, test.sku, test.arch, test.burst, test.vcpu, test.mib, test.edition}
		if !ok || got != want {
			t.Errorf("%s: got %+v, want %+v", test.name, got, want)
		}
	}
	for _, refused := range []struct {
		cloud Cloud
		name  string
	}{
		{gcp{}, "db-custom-3-11520"}, {gcp{}, "db-custom-98-376320"}, {gcp{}, "db-custom-2-7681"}, {gcp{}, "db-custom-2-3584"},
		{gcp{}, "db-custom-8-7168"}, {gcp{}, "db-custom-10-8960"}, {gcp{}, "db-custom-2-13568"}, {gcp{}, "db-custom-02-7680"}, {gcp{}, "db-standard-2"},
		{gcp{}, "db-custom-0-3840"}, {gcp{}, "db-custom-2-7680x"}, {aws{}, "db.m8i.large"}, {azure{}, "Standard_D2s_v5"}, {azure{}, "Standard_E2s_v5"},
		{azure{}, "Standard_E20s_v3"}, {azure{}, "Standard_E6ds_v4"}, // accepted by azurerm, sold by nobody
	} {
		if got, ok := refused.cloud.Database(refused.name); ok {
			t.Errorf("%s is taken for %+v", refused.name, got)
		}
	}
}

func TestLargerDatabase(t *testing.T) {
	for _, test := range []struct {
		cloud Cloud
		like  string
		vcpu  int64
		want  string // empty: there is none
	}{
		{gcp{}, "db-custom-8-30720", 9, "db-custom-10-38400"},
		{gcp{}, "db-custom-8-30720", 10, "db-custom-10-38400"},
		{gcp{}, "db-custom-8-30720", 95, "db-custom-96-368640"},
		{gcp{}, "db-custom-8-30720", 97, ""},
		{gcp{}, "db-custom-6-5632", 8, "db-custom-8-7680"}, // 7509.3 MB, in steps of 256
		{aws{}, "db.t3.2xlarge", 8, "db.t3.2xlarge"},
		{aws{}, "db.t3.2xlarge", 9, ""},
		{aws{}, "db.m5.2xlarge", 17, "db.m5.8xlarge"},
		{aws{}, "db.m5.2xlarge", 96, "db.m5.24xlarge"},
		{aws{}, "db.m6i.2xlarge", 33, "db.m6i.12xlarge"}, {aws{}, "db.m6i.2xlarge", 97, "db.m6i.32xlarge"},
		{azure{}, "Standard_D8s_v3", 33, "Standard_D48s_v3"},
		{azure{}, "Standard_D8s_v3", 65, ""},
		{azure{}, "Standard_D64ds_v5", 65, "Standard_D96ds_v5"},
	} {
		like, known := test.cloud.Database(test.like)
		if !known {
			like = cloudSQL(6, 5632)
		}
		got, ok := test.cloud.LargerDatabase(like, test.vcpu)
		if got.MachineType != test.want || ok != (test.want != "") {
			t.Errorf("%d vCPU like %s: %s %t, want %q", test.vcpu, test.like, got.MachineType, ok, test.want)
		}
	}
	for like, want := range map[string]string{
		"db-custom-8-30720": "db-custom-96-368640", "db.t3.large": "db.t3.2xlarge", "db.m8g.large": "db.m8g.16xlarge",
		"Standard_D8s_v3": "Standard_D64s_v3", "Standard_D8ds_v5": "Standard_D96ds_v5",
	} {
		for _, c := range All() {
			if db, ok := c.Database(like); ok {
				if got := c.LargestDatabase(db).MachineType; got != want {
					t.Errorf("the largest like %s is %s, not %s", like, got, want)
				}
			}
		}
	}
	if got := (aws{}).LargestDatabase(Database{MachineType: "db.x1.large"}); got != (Database{}) {
		t.Errorf("the largest of no family is %+v", got)
	}
}

// azurermSKU is what azurerm v5.2.0 accepts as sku_name, as far as the listed
// families go (internal/services/postgres/validate/flexible_server_sku_name.go).
var azurermSKU = regexp.MustCompile(`^(GP_Standard_D((2|4|8|16|32|48|64)(s_v3|ds_v4)|(2|4|8|16|32|48|64|96)(ds_v5|ds_v6|ads_v5))|` +
	`MO_Standard_E((2|4|8|16|20|32|48|64)s_v3|(2|4|6|8|16|20|32|48|64)ds_v4|(2|4|8|16|20|32|48|64|96)ds_v5))$`)

// memoryOfTheLargest are sizes that have less memory than 8 GiB a vCPU.
var memoryOfTheLargest = map[string]int64{
	"Standard_E64s_v3": 432 * 1024, "Standard_E64ds_v4": 432 * 1024, "Standard_E96ds_v5": 672 * 1024,
}

func TestSKUsAreAccepted(t *testing.T) {
	for name, db := range flexibleServerSizes().byName {
		if !azurermSKU.MatchString(db.SKU) {
			t.Errorf("azurerm refuses %s", db.SKU)
		}
		want := db.VCPU * map[string]int64{"GP": 4096, "MO": 8192}[db.SKU[:2]]
		if less, ok := memoryOfTheLargest[name]; ok {
			want = less
		}
		if db.MemoryMiB != want {
			t.Errorf("%s has %d MiB, not %d", name, db.MemoryMiB, want)
		}
	}
	for name, db := range rdsClasses().byName {
		if db.MemoryMiB != db.VCPU*4096 || db.Burstable != (name[:5] == "db.t3") || (db.Architecture == ARM64) != (name[:6] == "db.m8g") {
			t.Errorf("%+v", db)
		}
	}
	if a, b := len(flexibleServerSizes().byName), len(rdsClasses().byName); a != 62 || b != 26 {
		t.Errorf("%d sizes and %d classes, not 62 and 26", a, b)
	}
}

func TestStorage(t *testing.T) {
	for _, test := range []struct {
		cloud Cloud
		gb    int64
		want  int64 // 0: nothing that large is sold
	}{
		{gcp{}, 1, 10}, {gcp{}, 1536, 1536}, {gcp{}, 65536, 65536}, {gcp{}, 65537, 0},
		{aws{}, 1, 20}, {aws{}, 1536, 1536}, {aws{}, 65536, 65536}, {aws{}, 65537, 0},
		{azure{}, 1, 32}, {azure{}, 512, 512}, {azure{}, 513, 1024}, {azure{}, 1536, 2048},
		{azure{}, 16385, 32767}, {azure{}, 32767, 32767}, {azure{}, 32768, 0},
	} {
		got, ok := test.cloud.Storage(test.gb)
		if ok != (test.want > 0) || ok && got != test.want {
			t.Errorf("%s: %d GB are sold as %d %t, want %d", test.cloud.Name(), test.gb, got, ok, test.want)
		}
	}
	for cloud, want := range map[Cloud]int64{gcp{}: 65536, aws{}: 65536, azure{}: 32767} {
		if got := cloud.LargestStorageGB(); got != want {
			t.Errorf("%s sells up to %d", cloud.Name(), got)
		}
	}
}
