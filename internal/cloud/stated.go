// SPDX-License-Identifier: MPL-2.0

package cloud

// Spec is a machine type as a configuration states it. What is nil is the
// cloud's to say.
type Spec struct {
	Name         string
	VCPU         int64
	MemoryMiB    int64
	Architecture Architecture
	Burstable    bool
	GPUs         int64
	MaxPods      *int64 // within Cloud.StatedPods
	MaxVolumes   *int64
}

// machine is a stated type that attaches so many disks unless it says
// otherwise.
func (s Spec) machine(of Name, maxVolumes int64) *Machine {
	return &Machine{
		Cloud: of, Name: s.Name, Stated: true, VCPU: s.VCPU, MemoryMiB: s.MemoryMiB, Architecture: s.Architecture,
		Burstable: s.Burstable, GPUs: s.GPUs, MaxVolumes: orElse(s.MaxVolumes, maxVolumes),
	}
}

func orElse(stated *int64, otherwise int64) int64 {
	if stated != nil {
		return *stated
	}
	return otherwise
}
