// SPDX-License-Identifier: MPL-2.0

package cloud

import "testing"

func TestStated(t *testing.T) {
	figure := func(n int64) *int64 { return &n }
	for _, test := range []struct {
		cloud    Cloud
		spec     Spec
		want     Machine
		pods     int64 // the default limit
		kernel   int64
		reserved int64
	}{
		{gcp{}, Spec{Name: "n9-standard-8", VCPU: 8, MemoryMiB: 32_768, Architecture: AMD64},
			Machine{Cloud: GCP, Name: "n9-standard-8", VCPU: 8, MemoryMiB: 32_768, Architecture: AMD64, MaxVolumes: 127}, 110, 674, 3606},
		{gcp{}, Spec{Name: "n9-standard-8", VCPU: 8, MemoryMiB: 32_768, Architecture: ARM64, GPUs: 2, MaxPods: figure(64), MaxVolumes: figure(0)},
			Machine{Cloud: GCP, Name: "n9-standard-8", VCPU: 8, MemoryMiB: 32_768, Architecture: ARM64, GPUs: 2, DefaultPods: 64}, 64, 722, 3606},
		{azure{}, Spec{Name: "Standard_D8s_v9", VCPU: 8, MemoryMiB: 32_768, Architecture: AMD64, Burstable: true},
			Machine{Cloud: Azure, Name: "Standard_D8s_v9", VCPU: 8, MemoryMiB: 32_768, Architecture: AMD64, Burstable: true, MaxVolumes: 16}, 110, 679, 2250},
		{azure{}, Spec{Name: "Standard_D8s_v9", VCPU: 8, MemoryMiB: 32_768, Architecture: AMD64, MaxPods: figure(30)},
			Machine{Cloud: Azure, Name: "Standard_D8s_v9", VCPU: 8, MemoryMiB: 32_768, Architecture: AMD64, MaxVolumes: 16, DefaultPods: 30}, 30, 679, 650},
		{aws{}, Spec{Name: "m9i.2xlarge", VCPU: 8, MemoryMiB: 32_768, Architecture: AMD64},
			Machine{Cloud: AWS, Name: "m9i.2xlarge", VCPU: 8, MemoryMiB: 32_768, Architecture: AMD64, MaxVolumes: 25, InterfacePods: 110}, 110, 1539, 1465},
		{aws{}, Spec{Name: "m9i.8xlarge", VCPU: 30, MemoryMiB: 131_072, Architecture: AMD64, MaxPods: figure(737), MaxVolumes: figure(31)},
			Machine{Cloud: AWS, Name: "m9i.8xlarge", VCPU: 30, MemoryMiB: 131_072, Architecture: AMD64, MaxVolumes: 31, InterfacePods: 737}, 250, 5226, 8362},
		{aws{}, Spec{Name: "m9i.8xlarge", VCPU: 30, MemoryMiB: 131_072, Architecture: AMD64, GPUs: 1},
			Machine{Cloud: AWS, Name: "m9i.8xlarge", VCPU: 30, MemoryMiB: 131_072, Architecture: AMD64, GPUs: 1, MaxVolumes: 25, InterfacePods: 250}, 250, 5326, 3005},
		// A type of the catalogue keeps its interfaces and nothing else: what was
		// measured was measured of another one.
		{aws{}, Spec{Name: "m5.2xlarge", VCPU: 8, MemoryMiB: 32_768, Architecture: AMD64, MaxPods: figure(58)},
			Machine{
				Cloud: AWS, Name: "m5.2xlarge", VCPU: 8, MemoryMiB: 32_768, Architecture: AMD64, MaxVolumes: 25,
				InterfacePods: 58, Interfaces: 4, Addresses: 15,
			}, 58, 1539, 893},
	} {
		got := test.cloud.Stated(test.spec)
		test.want.Stated = true
		if *got != test.want {
			t.Errorf("\n got %+v\nwant %+v", *got, test.want)
		}
		limits := test.cloud.PodLimits(got)
		if kernel, kept := test.cloud.KernelMiB(got), test.cloud.Reserved(got, limits.Default).MemoryMiB; limits.Default != test.pods || kernel != test.kernel || kept != test.reserved {
			t.Errorf("%s: %d pods, %d MiB of the kernel's, %d reserved", got.Name, limits.Default, kernel, kept)
		}
	}
}

// A type may be stated to run what a pool of its cloud can be set to; on aws
// what interfaces of 50 addresses carry, of which the kubelet's share follows.
func TestStatedPods(t *testing.T) {
	for _, c := range All() {
		least, most := c.StatedPods()
		limits := c.PodLimits(c.Stated(Spec{VCPU: 64}))
		if least != limits.Minimum || most < limits.Maximum || (most != limits.Maximum) != (c.Name() == AWS) {
			t.Errorf("a type of %s runs %d to %d pods, a pool of it %+v", c.Name(), least, most, limits)
		}
	}
	if _, most := (aws{}).StatedPods(); most != 15*49+2 {
		t.Errorf("aws: %d pods at most", most)
	}
}
