// SPDX-License-Identifier: MPL-2.0

package report

import (
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// Warnings about what is around the pools, and about own figures for them.

// poolNodeLimit has two causes: pools of more nodes than the cloud takes in
// one, its subjects, and addresses that no network has.
func poolNodeLimit(f *sizing.Fleet, subjects []subject) string {
	addresses := "The " + words.Counted(f.Addresses.NodeCount, "node") + " of the fleet at its largest, `other_nodes` among" +
		" them, and their pods need more addresses than a network of " + string(f.Cloud) + " has. Take larger machines, more" +
		" `zones` where each has a subnet of its own, or divide the users among several clusters."
	if len(subjects) == 0 {
		return addresses
	}
	pools := each(subjects, func(s subject) string { return s.name + " " + words.Count(s.pool.MaxNodeCountPerZone) })
	remedies := []string{"spread them over more `zones` with a pool for each", "make several pools of them"}
	if arguments := machineArguments(subjects); arguments != "" {
		remedies = append(remedies, "take larger machines ("+arguments+")")
	}
	if f.PoolNodeQuota != "" {
		remedies = append(remedies, "have the quota "+f.PoolNodeQuota+" raised")
	}
	text := "A node pool takes at most " + words.Counted(f.PoolNodeLimit, "node") + " on " + string(f.Cloud) +
		", and at their largest these have more in each zone: " + pools + ". " + words.Sentence(words.Or(remedies))
	if f.BeyondAddresses {
		text += " " + addresses
	}
	return text
}

func belowReference(f *sizing.Fleet) string {
	shortfalls := make([]string, 0, len(f.BelowReference))
	for _, s := range f.BelowReference {
		shortfalls = append(shortfalls, "`"+s.Argument+"` "+amount(s.Used, s.Unit)+" instead of "+amount(s.Published, s.Unit))
	}
	return "Less is set than edition " + f.Edition + " publishes for tier " + f.Tier.Name + ": " + words.And(shortfalls) +
		". Nobody has validated such a fleet: test it under load before you rely on it, or leave out what is set."
}

// amount is a figure in the unit that people compare it in.
func amount(n int64, unit sizing.Unit) string {
	switch unit {
	case sizing.UnitPods:
		return words.Counted(n, "pod")
	case sizing.UnitMillicores:
		return words.Counted(n, "millicore")
	case sizing.UnitMiB:
		return words.GiB(n)
	}
	return words.Count(n)
}

func quotaUnknown(f *sizing.Fleet, subjects []subject) string {
	pools := each(subjects, func(s subject) string {
		return s.machineType + " (" + s.name + ", at most " + words.Count(s.pool.MaxNodeCountPerZone*f.Zones*s.vcpu) + " vCPU)"
	})
	return "Of some machines it is not known here which quota of " + string(f.Cloud) + " they count against, so" +
		" `compute_quotas` lacks it: " + pools + ". Before the first apply ask the cloud which quota it is and whether it" +
		" allows as much."
}
