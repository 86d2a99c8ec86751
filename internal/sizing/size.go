// SPDX-License-Identifier: MPL-2.0

// Package sizing turns a request into a fleet by the published reference
// architectures: request -> tier -> machines -> counts -> fleet. It counts in
// whole numbers, knows nothing of Terraform, and answers the same on any
// machine. Its rules are those of the guide "How a fleet is calculated".
package sizing

import (
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// Size answers a request: a fleet, or every fault of the request at once. A
// request with unknown arguments has no answer.
//
// 1,000 users on gcp by the edition 2024-03 are 64 workspace nodes of 16.
func Size(r Request) (*Fleet, []Fault) {
	settled, faults := settle(&r)
	switch {
	case len(faults) > 0:
		return nil, faults
	case !settled.isKnown():
		return nil, []Fault{{Title: "Unknown Argument", Detail: "An argument is not known yet. A sizing is calculated once all of its arguments are known."}}
	}
	return assemble(&settled.value), nil
}

// Check judges what is known of a request: the faults that Size would find
// whatever the unknown arguments turn out to be.
func Check(r Request) []Fault {
	_, faults := settle(&r)
	return faults
}

// settled is a request without open ends: what is left is to count.
type settled struct {
	asked            asked
	load             load
	split            split
	machines         machines
	highAvailability bool
}

func settle(r *Request) (Arg[settled], []Fault) {
	editions, err := reference.Editions()
	if err != nil {
		return Unknown[settled](), []Fault{unreadable(err)}
	}
	f := newFindings(r)
	answer := settleBy(f, editions, r)
	return answer, f.sorted()
}

func unreadable(err error) Fault {
	return Fault{Title: "Unreadable Editions", Detail: "The editions built into this provider cannot be read: " + err.Error()}
}

// settleBy goes the way up to the machines. Each step goes on as long as what
// it reads is known and without fault.
func settleBy(f *findings, editions []*reference.Edition, r *Request) Arg[settled] {
	return settleLoad(f, readEach(f, editions, r))
}

// readEach goes the part of the way that is the same for any load.
func readEach(f *findings, editions []*reference.Edition, r *Request) asked {
	in := readRequest(f, r, editions)
	in.apiRPS = judgeAPIRPS(f, &in)
	in.measured, in.kinds = judgeMeasuredTypes(f, &in)
	in.proxyRegions = judgeProxyEdition(f, &in)
	return in
}

// settleLoad goes the rest of it.
func settleLoad(f *findings, in asked) Arg[settled] {
	answering := chooseTier(f, &in)
	judgeColocation(f, &in, answering)
	in.proxyRegions = judgeProxyTier(f, &in, answering)
	named := namedWorkspaceMachine(&in, answering)
	in.maxPods = judgeMaxPods(f, &in, named)
	in.measured, in.kinds = judgeMeasured(f, &in, named)
	in.workspace.limits, in.kinds = judgeLimits(f, &in)
	divided := splitWorkspaces(f, &in, answering)
	chosen := chooseMachines(f, &in, answering, named)
	if len(f.faults) > 0 || in.isOpen() || !allKnown(answering.state, divided.state, chosen.state) {
		return Unknown[settled]()
	}
	highAvailability := in.highAvailability.or(answering.value.tier.HighAvailability)
	if !highAvailability.isKnown() {
		return Unknown[settled]()
	}
	return Known(settled{in, answering.value, divided.value, chosen.value, highAvailability.value})
}
