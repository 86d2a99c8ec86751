// SPDX-License-Identifier: MPL-2.0

package sizing

import "github.com/refarch/terraform-provider-refarch/internal/cloud"

// judgeMaxPods holds the pod limit against what the cloud can set and what the
// daemons take.
func judgeMaxPods(f *findings, in *asked, named Arg[*cloud.Machine]) Arg[int64] {
	judged := judgePodLimit(f, &in.given.MaxPodsPerNode, in.maxPods, in.cloud, named)
	limit, ok := judged.Get()
	if !ok {
		return judged
	}
	most := int64(maxCount)
	if in.cloud.isKnown() {
		most = widestPodLimits(in.cloud.value, named).Maximum
	}
	if pods := overheadPods(in); pods.isKnown() && limit <= pods.value {
		advice := "set it higher than that"
		if pods.value >= most {
			advice = "lower that"
		}
		f.tellf(&in.given.MaxPodsPerNode, invalidPodLimit, "%s is %d. Every node runs %d pods beside the workspaces (%s): %s.",
			limit, pods.value, f.name(&in.given.NodeOverhead.Pods), advice)
		return Unknown[int64]()
	}
	return judged
}

const invalidPodLimit = "Invalid Pod Limit"

// judgePodLimit holds a pod limit against what a machine of the cloud can be set
// to, and while the machine is not known, against what any can.
func judgePodLimit(f *findings, argument *Number, limit Arg[int64], asked Arg[cloud.Cloud], m Arg[*cloud.Machine]) Arg[int64] {
	if !allKnown(limit.state, asked.state) {
		return limit
	}
	bounds, where := widestPodLimits(asked.value, m), asked.value.Kubernetes()
	if m.isKnown() {
		where = m.value.Name + " on " + where
	}
	if limit.value < bounds.Minimum || limit.value > bounds.Maximum {
		f.tellf(argument, invalidPodLimit, "%s is %d. The pod limit of a node of %s can be set from %d to %d.",
			limit.value, where, bounds.Minimum, bounds.Maximum)
		return Unknown[int64]()
	}
	return limit
}

// widestPodLimits are those of a machine, or of the largest there can be.
func widestPodLimits(c cloud.Cloud, m Arg[*cloud.Machine]) cloud.PodLimits {
	if m.isKnown() {
		return c.PodLimits(m.value)
	}
	return c.PodLimits(&cloud.Machine{VCPU: maxCount})
}
