// SPDX-License-Identifier: MPL-2.0

package cloud

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// ratio is what a name promises of the memory: so many MiB for so many vCPU,
// to the nearest MiB. The first pattern that fits a name holds: exceptions stand
// before their family, and a family before its class.
type ratio struct {
	name      string
	mib, vcpu int64
}

var memoryByName = map[Name][]ratio{
	GCP: {
		{"^n2-highmem-128$", 6912, 1},
		{"^c4-standard-2$|^c4d-standard-2$", 3584, 1}, {"^c4-highmem-2$|^c4d-highmem-2$", 7680, 1},
		{"^c4d-standard-4$", 3840, 1}, {"^c4d-highmem-4$", 7936, 1}, {"^c4d-highcpu-2$", 1536, 1}, {"^c4d-highcpu-4$", 1792, 1},
		{"^c3d-highcpu-(30|60|90|180|360)$", 59 * 1024, 30},
		{"^n1-standard-", 3840, 1}, {"^n1-highmem-", 6656, 1}, {"^n1-highcpu-", 9216, 10}, {"^(e2|n2|n2d)-highcpu-", 1024, 1},
		{"^(c4|h4d|g4)-standard-", 3840, 1}, {"^(c4|h4d)-highmem-", 7936, 1},
		{"^c4d-standard-", 3968, 1}, {"^c4d-highmem-", 8064, 1}, {"^c4d-highcpu-", 1920, 1},
		{"^m3-megamem-", 15_616, 1}, {"^m3-ultramem-", 31_232, 1},
		{"^a2-highgpu-", 85 * 1024, 12}, {"^a2-(mega|ultra)gpu-", 170 * 1024, 12}, {"^a3-ultragpu-", 2952 * 1024, 224}, {"^a3-", 9216, 1},
		{"-standard-", 4096, 1}, {"-highmem-", 8192, 1}, {"-highcpu-", 2048, 1},
	},
	AWS: {
		{"^c4.8xlarge$", 60 * 1024, 36}, {"^c5n.(9|18)xlarge$", 8192, 3}, {"^p5.4xlarge$", 16_384, 1}, {"^g7e.(12|24|48)xlarge$", 32 * 1024, 3},
		{"^t2.nano$", 512, 1}, {"^t2.micro$", 1024, 1}, {"^t2.small$", 2048, 1},
		{"^t.*.nano$", 512, 2}, {"^t.*.micro$", 1024, 2}, {"^t.*.small$", 2048, 2}, {"^t[^r]*.medium$", 4096, 2}, {"^t(2|3|3a|4g)\\.", 4096, 1},
		{"^c4", 1920, 1}, {"^c5n", 2688, 1}, {"^(i3|r4)\\.", 7808, 1}, {"^is4gen", 6144, 1}, {"^(im4gn|d3en|inf2|trn1)\\.", 4096, 1}, {"^(d3|gr6|g6e|g7e|z1d)\\.", 8192, 1},
		{"^(g5g|inf1)\\.", 2048, 1}, {"^p4d", 12_288, 1}, {"^p6-b300", 64 * 1024, 3}, {"^(p5|p6|trn2)", 32 * 1024, 3}, {"^x8aedz", 32_768, 1},
		{"^[ac]", 2048, 1}, {"^[gm]", 4096, 1}, {"^[ri]", 8192, 1}, {"^x", 16_384, 1},
	},
	Azure: {
		{"_B1ms$|_B2s$", 2048, 1}, {"_B1s$", 1024, 1},
		{"_DS?1_v2$", 3072, 1}, // the vendor's page says 3.5 GiB, the autoscaler's list 3
		{"_DS?1[1-5]_v2$", 7168, 1}, {"_DS?[2-5]_v2$", 3584, 1},
		{"_D64pd?s_v5$", 208 * 1024, 64}, {"_E32pd?s_v5$", 208 * 1024, 32}, {"_EC32ad?s_v5$", 192 * 1024, 32},
		{"_E64s?_v3$", 432 * 1024, 64}, {"_E64d?s?_v4$", 504 * 1024, 64}, {"_E96a?b?p?d?s?_v[45]$|_E96[ap]d?s_v6$|_EC96ad?s_v[56]$", 672 * 1024, 96},
		{"_FX96md?s_v2$", 1832 * 1024, 96}, {"_FX", 21 * 1024, 1},
		{"_NC.*_A100_v4$|_NV(6|12)ads_A10_v5$", 110 * 1024, 12}, {"_NV.*_A10_v5$", 110 * 1024, 9}, {"_NC.*_A10_v4$", 12_800, 1},
		{"_NC.*_H100_v5$", 8192, 1}, {"_NC[48]as_T4_v3$", 7168, 1}, {"_NC(16|64)as_T4_v3$", 7040, 1}, {"_NC.*s_v3$", 56 * 1024, 3},
		{"_NV.*as_v4$", 3584, 1}, {"_NV.*s_v3$", 28 * 1024, 3},
		{"_[BDF]\\d+[a-z]*l", 2048, 1}, {"_B\\d+[a-z]*t", 512, 1}, {"_F\\d+am", 8192, 1}, {"_F\\d+ad?s_v[67]$", 4096, 1}, {"_F", 2048, 1},
		{"_A\\d+m_", 8192, 1}, {"_A", 2048, 1}, {"_DC\\d+d?s_v3$", 8192, 1}, {"_(B|D|DC)\\d", 4096, 1}, {"_(E|EC|L)\\d", 8192, 1},
	},
}

func TestMemoryIsAsNamesPromise(t *testing.T) {
	for cloud, ratios := range memoryByName {
		used := make([]bool, len(ratios))
		patterns := make([]*regexp.Regexp, len(ratios))
		for i, r := range ratios {
			patterns[i] = regexp.MustCompile(r.name)
		}
		for _, m := range MachineTypes(cloud) {
			i := 0
			for i < len(patterns) && !patterns[i].MatchString(m.Name) {
				i++
			}
			if i == len(patterns) {
				t.Errorf("%s is of no family", m.Name)
				continue
			}
			used[i] = true
			if want := (2*m.VCPU*ratios[i].mib/ratios[i].vcpu + 1) / 2; m.MemoryMiB != want {
				t.Errorf("%s has %d MiB for %d vCPU, not %d", m.Name, m.MemoryMiB, m.VCPU, want)
			}
		}
		for i, r := range ratios {
			if !used[i] {
				t.Errorf("nothing of %s is called %s", cloud, r.name)
			}
		}
	}
}

var (
	gcpName   = regexp.MustCompile(`^(\w+)-\w+-(\d+)(g?)(?:-\w+)?$`)
	awsName   = regexp.MustCompile(`^([a-z]+)\d+([a-z]*)(?:-\w+)?\.(\d*)(nano|micro|small|medium|large|xlarge)$`)
	azureName = regexp.MustCompile(`^Standard_([A-Z]+)(\d+)([a-z]*)(_[A-Z]+\d+)?(_v\d+)?$`)
)

// The number of gcp's names is the vCPU, or with a g the GPUs.
func TestNamesOfGCP(t *testing.T) {
	for _, m := range MachineTypes(GCP) {
		parts := gcpName.FindStringSubmatch(m.Name)
		if parts == nil {
			t.Errorf("%s is no name of gcp", m.Name)
			continue
		}
		promised := m.VCPU
		if parts[3] == "g" {
			promised = m.GPUs
		}
		if parts[2] != strconv.FormatInt(promised, 10) {
			t.Errorf("%s has %d vCPU and %d GPUs", m.Name, m.VCPU, m.GPUs)
		}
		arm := parts[1] == "t2a" || parts[1] == "c4a" || parts[1] == "n4a"
		checkKind(t, m, arm, false, parts[1][0] == 'g' || parts[1][0] == 'a')
	}
}

// An xlarge of aws has 4 vCPU, smaller sizes 1 or 2; a g after the generation
// is Graviton, as are all of a1.
func TestNamesOfAWS(t *testing.T) {
	odd := map[string]int64{"c4.8xlarge": 36, "t2.nano": 1, "t2.micro": 1, "t2.small": 1}
	for _, m := range MachineTypes(AWS) {
		parts := awsName.FindStringSubmatch(m.Name)
		if parts == nil {
			t.Errorf("%s is no name of aws", m.Name)
			continue
		}
		class, size := parts[1], parts[4]
		want := int64(2)
		switch {
		case odd[m.Name] > 0:
			want = odd[m.Name]
		case size == "xlarge":
			times, _ := strconv.ParseInt("0"+parts[3], 10, 64)
			want = 4 * max(times, 1)
		case size == "medium" && class != "t":
			want = 1
		}
		if m.VCPU != want {
			t.Errorf("%s has %d vCPU, not %d", m.Name, m.VCPU, want)
		}
		amd := class == "g" && parts[2] == "ad" // GPUs of AMD, which are not counted
		checkKind(t, m, strings.Contains(parts[2], "g") || class == "a", class == "t", !amd && (class[0] == 'g' || class == "p"))
		if m.InterfacePods < 4 {
			t.Errorf("%s takes %d pods by its interfaces", m.Name, m.InterfacePods)
		}
	}
}

// The number of azure's names is the vCPU, but for D and DS of the second
// version, which are numbered through; a p is Arm, B is burstable.
func TestNamesOfAzure(t *testing.T) {
	numbered := map[string]string{"1": "1", "2": "2", "3": "4", "4": "8", "5": "16", "11": "2", "12": "4", "13": "8", "14": "16", "15": "20"}
	for _, m := range MachineTypes(Azure) {
		parts := azureName.FindStringSubmatch(m.Name)
		if parts == nil {
			t.Errorf("%s is no name of azure", m.Name)
			continue
		}
		class, size, version := parts[1], parts[2], parts[5]
		if (class == "D" || class == "DS") && parts[3] == "" && version == "_v2" {
			size = numbered[size]
		}
		if size != strconv.FormatInt(m.VCPU, 10) {
			t.Errorf("%s has %d vCPU", m.Name, m.VCPU)
		}
		amd := class == "NV" && version == "_v4" // parts of a GPU of AMD
		checkKind(t, m, strings.Contains(parts[3], "p"), class == "B", class[0] == 'N' && !amd)
		if m.InterfacePods != 0 {
			t.Errorf("%s has pods by network interfaces", m.Name)
		}
	}
}

func checkKind(t *testing.T, m *Machine, arm, burstable, gpus bool) {
	t.Helper()
	if arm != (m.Architecture == ARM64) {
		t.Errorf("%s is %s", m.Name, m.Architecture)
	}
	if burstable != m.Burstable {
		t.Errorf("%s: burstable is %t", m.Name, m.Burstable)
	}
	if gpus != (m.GPUs > 0) {
		t.Errorf("%s has %d GPUs", m.Name, m.GPUs)
	}
}
