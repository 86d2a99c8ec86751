// SPDX-License-Identifier: MPL-2.0

package cloud

import "testing"

// The figures that the documentation works out by hand.
func TestNodeOf(t *testing.T) {
	for _, test := range []struct {
		cloud       Cloud
		machine     string
		maxPods     int64
		reservedCPU int64
		reservedMiB int64
		cpu, mib    int64
	}{
		{gcp{}, "t2d-standard-8", 110, 90, 3706, 7910, 28388},
		{gcp{}, "n1-highcpu-2", 110, 70, 560, 1930, 1843 - 560 - (28 + 16 + 4 + 24 + 8)},
		{aws{}, "t3.2xlarge", 58, 90, 993, 7910, 30768},
		{aws{}, "m5.2xlarge", 58, 90, 993, 7910, 30322},
		{aws{}, "m5.2xlarge", 110, 90, 993, 7910, 30322}, // an override does not change what is kept
		{aws{}, "m8i.2xlarge", 110, 90, 1653, 7910, 32768 - 1653 - 1539},
		{aws{}, "g5.12xlarge", 110, 190, 8462, 47_810, 196_608 - 8462 - 410 - 7373},
		{gcp{}, "c4a-standard-4", 110, 80, 2723, 3920, 16_384 - 2723 - (256 + 16 + 29 + 24 + 48 + 64)},
		{azure{}, "Standard_D8s_v3", 30, 180, 750, 7820, 31339},
		{azure{}, "Standard_D8s_v3", 110, 180, 2350, 7820, 29739},
		{azure{}, "Standard_D8s_v3", 250, 180, 5150, 7820, 26939},
		{azure{}, "Standard_B1s", 110, 60, 356, 940, 1024 - 356 - 146}, // a quarter of the memory at most
	} {
		m, ok := FindMachine(test.cloud.Name(), test.machine)
		if !ok {
			t.Fatalf("%s is not in the catalogue", test.machine)
		}
		want := Node{*m, test.reservedCPU, test.reservedMiB, test.cpu, test.mib, test.maxPods}
		if got := NodeOf(test.cloud, m, test.maxPods); got != want {
			t.Errorf("%s with %d pods:\n got %+v\nwant %+v", test.machine, test.maxPods, got, want)
		}
	}
}

// The published steps of what is kept, as the sources beside the rules state them.
func TestReservedSteps(t *testing.T) {
	for vcpu, want := range map[int64]int64{1: 60, 2: 70, 4: 80, 8: 90, 16: 110, 32: 150, 64: 230, 5: 83} {
		if got := (gcp{}).Reserved(&Machine{VCPU: vcpu}, 0).CPUMillicores; got != want {
			t.Errorf("GKE keeps %dm of %d vCPU, not %dm", got, vcpu, want)
		}
		if got := (aws{}).Reserved(&Machine{VCPU: vcpu}, 0).CPUMillicores; got != want {
			t.Errorf("EKS keeps %dm of %d vCPU, not %dm", got, vcpu, want)
		}
	}
	for vcpu, want := range map[int64]int64{1: 60, 2: 100, 4: 140, 8: 180, 16: 260, 32: 420, 64: 740} {
		if got := (azure{}).Reserved(&Machine{VCPU: vcpu}, 0).CPUMillicores; got != want {
			t.Errorf("AKS keeps %dm of %d vCPU, not %dm", got, vcpu, want)
		}
	}
	for mib, want := range map[int64]int64{
		614: 255, 1023: 255, 1024: 256, 3840: 960, 4096: 1019, 7680: 1736, 8192: 1819, 15360: 2536, 16384: 2623, 32768: 3606, 65536: 5572, 131072: 9381,
	} {
		if got := (gcp{}).Reserved(&Machine{MemoryMiB: mib}, 0).MemoryMiB; got != want {
			t.Errorf("GKE keeps %d MiB of %d, not %d", got, mib, want)
		}
	}
}

func TestKernelMiB(t *testing.T) {
	for _, test := range []struct {
		cloud Cloud
		name  string
		mib   int64
		want  int64
	}{
		{gcp{}, "", 3072, 48 + 16 + 8 + 6 + 24}, {gcp{}, "", 3073, 48 + 16 + 64 + 8 + 6 + 24},
		{gcp{}, "", 8192, 128 + 16 + 64 + 8 + 15 + 24}, {gcp{}, "", 8193, 128 + 16 + 64 + 15 + 24},
		{gcp{}, "", 262144, 4096 + 16 + 64 + 248 + 24},
		{aws{}, "", 32768, 310 + 1229},
		{azure{}, "", 4096, 165}, {azure{}, "", 7168, 236}, {azure{}, "", 8192, 253}, {azure{}, "", 16384, 393}, {azure{}, "", 32768, 679},
		{azure{}, "", 65536, 128 + 1147},
	} {
		if got := test.cloud.KernelMiB(&Machine{Name: test.name, MemoryMiB: test.mib}); got != test.want {
			t.Errorf("%s %s %d MiB: %d, want %d", test.cloud.Name(), test.name, test.mib, got, test.want)
		}
	}
}

func TestPodLimits(t *testing.T) {
	for _, test := range []struct {
		cloud Cloud
		m     *Machine
		want  PodLimits
	}{
		{gcp{}, &Machine{}, PodLimits{110, 8, 256}},
		{azure{}, &Machine{}, PodLimits{110, 10, 250}},
		{aws{}, &Machine{VCPU: 8, InterfacePods: 58}, PodLimits{58, 1, 110}},
		{aws{}, &Machine{VCPU: 29, InterfacePods: 234}, PodLimits{110, 1, 110}},
		{aws{}, &Machine{VCPU: 30, InterfacePods: 234}, PodLimits{234, 1, 250}},
		{aws{}, &Machine{VCPU: 64, InterfacePods: 737}, PodLimits{250, 1, 250}},
	} {
		if got := test.cloud.PodLimits(test.m); got != test.want {
			t.Errorf("%s %+v: %v, want %v", test.cloud.Name(), test.m, got, test.want)
		}
	}
}

func TestDaemons(t *testing.T) {
	for cloud, want := range map[Cloud]Daemons{gcp{}: {241, 439, 5}, aws{}: {180, 120, 3}, azure{}: {350, 470, 6}} {
		if got := cloud.Daemons(); got != want {
			t.Errorf("%s: %v", cloud.Name(), got)
		}
	}
}
