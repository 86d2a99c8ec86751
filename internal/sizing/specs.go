// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
)

// askedSpecs are the machine types that the request states, by name; a faulty
// one is unknown.
type askedSpecs map[string]Arg[*cloud.Machine]

// The largest machine that may be stated: beyond any that is sold.
const (
	MaxStatedVCPU = 10_000
	MaxStatedGiB  = 1_000_000
)

// readSpecs judges every stated machine type, also one that nothing names.
func readSpecs(f *findings, specs *Arg[map[string]MachineSpec], asked Arg[cloud.Cloud]) Arg[askedSpecs] {
	given, ok := specs.Get()
	if !ok {
		return absent[askedSpecs](*specs)
	}
	path := f.pathOf(specs)
	read := make(askedSpecs, len(given))
	for _, name := range slices.Sorted(maps.Keys(given)) {
		spec := given[name]
		f.locate(&spec, append(path[:len(path):len(path)], Step{name, true}))
		read[name] = readSpec(f, name, &spec, asked)
		if strings.TrimSpace(name) == "" {
			f.tellf(&spec, "Invalid Machine Type", "%s is no name of a machine type. Write it as the cloud does.")
			read[name] = Unknown[*cloud.Machine]()
		}
	}
	return Known(read)
}

func readSpec(f *findings, name string, spec *MachineSpec, asked Arg[cloud.Cloud]) Arg[*cloud.Machine] {
	vcpu := readStatedVCPU(f, &spec.VCPU)
	mib := readStatedMemory(f, &spec.MemoryGiB)
	architecture := readOneOf(f, &spec.Architecture, cloud.Architectures(), "Unknown Architecture").or(cloud.AMD64)
	burstable := spec.Burstable.or(false)
	gpus := readCount(f, &spec.GPUs, 0).or(0)
	maxVolumes := readCount(f, &spec.MaxVolumes, 0)
	maxPods := readStatedPods(f, &spec.MaxPods, asked)
	if !allKnown(asked.state, vcpu.state, mib.state, architecture.state, burstable.state, gpus.state) ||
		maxVolumes.IsUnknown() || maxPods.IsUnknown() {
		return Unknown[*cloud.Machine]()
	}
	return Known(asked.value.Stated(cloud.Spec{
		Name: name, VCPU: vcpu.value, MemoryMiB: mib.value, Architecture: architecture.value,
		Burstable: burstable.value, GPUs: gpus.value, MaxPods: pointer(maxPods), MaxVolumes: pointer(maxVolumes),
	}))
}

// pointer is nil where an argument is left out. A copy that is made there alone
// is the only one allocated.
func pointer[T any](a Arg[T]) *T {
	if a.IsLeftOut() {
		return nil
	}
	value := a.value
	return &value
}

func readStatedVCPU(f *findings, vcpu *Number) Arg[int64] {
	if vcpu.IsLeftOut() {
		f.tell(vcpu, "Incomplete Machine Type", f.name(vcpu)+" is missing. State the vCPU of the machine type, a whole number from 1 to "+strconv.Itoa(MaxStatedVCPU)+".")
		return Unknown[int64]()
	}
	value, ok := vcpu.Get()
	if !ok {
		return Unknown[int64]()
	}
	whole, ok := wholeNumber(value, 1)
	if !ok || whole > MaxStatedVCPU {
		f.tellf(vcpu, "Invalid Machine Type", "%s is %s. It must be a whole number from 1 to %d.", shown(value), MaxStatedVCPU)
		return Unknown[int64]()
	}
	return Known(whole)
}

// readStatedMemory rounds to the nearest MiB, at least 1.
func readStatedMemory(f *findings, gib *Number) Arg[int64] {
	if gib.IsLeftOut() {
		f.tell(gib, "Incomplete Machine Type", f.name(gib)+" is missing. State the memory of the machine type in GiB, above 0 and at most "+strconv.Itoa(MaxStatedGiB)+".")
		return Unknown[int64]()
	}
	value, ok := gib.Get()
	if !ok {
		return Unknown[int64]()
	}
	if value.Sign() <= 0 || value.Cmp(big.NewFloat(MaxStatedGiB)) > 0 {
		f.tellf(gib, "Invalid Machine Type", "%s is %s. It must be above 0 and at most %d GiB; fractions are fine.", shown(value), MaxStatedGiB)
		return Unknown[int64]()
	}
	return Known(max(nearestUnits(value, 1024), 1))
}

// readStatedPods holds a pod limit against what the cloud can set.
func readStatedPods(f *findings, pods *Number, asked Arg[cloud.Cloud]) Arg[int64] {
	count := readCount(f, pods, 1)
	c, ok := asked.Get()
	if !ok || !count.isKnown() {
		return count
	}
	if least, most := c.StatedPods(); count.value < least || count.value > most {
		f.tellf(pods, "Invalid Machine Type", "%s is %d. It must be a whole number from %d to %d on %s.", count.value, least, most, c.Name())
		return Unknown[int64]()
	}
	return count
}
