// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// The measures of the picture of requests and limits, in its pixels. Widths are
// shares of what a node has for workspaces.
const (
	limitsTop    = 104.0 // of the first pool's name
	limitsStep   = 124.0
	limitsHeight = 32.0
	limitsLeft   = 84.0
	limitsWhole  = 344.0 // of what a node has
)

var (
	requestPaint = paint{"request", "#2563eb", "#6aa3ff"}
	limitPaint   = paint{"limit", "#b45309", "#e3954a"}
)

// limitedPools are the pools of the guide's fleet: the default workspace, and a
// kind of larger ones, which are limited to twice what they request.
func limitedPools() ([]sizing.Pool, error) {
	r := request(1000, cloud.GCP, "2025-04", sizing.PackingSchedulable)
	limits := func(n int64) sizing.WorkspaceLimits { return sizing.WorkspaceLimits{MemoryGiB: sizing.Count(n)} }
	r.WorkspaceLimits = limits(4)
	r.WorkspaceKinds = sizing.Known(map[string]sizing.WorkspaceKind{"large": {
		Percent: sizing.Count(20), MachineType: sizing.Known("n2-standard-16"),
		Requests: sizing.KindRequests{CPU: sizing.Count(2), MemoryGiB: sizing.Count(8)}, Limits: limits(16),
	}})
	fleet, err := size(r)
	if err != nil {
		return nil, err
	}
	var pools []sizing.Pool
	for _, pool := range fleet.Pools() {
		if pool.Role == sizing.RoleWorkspace {
			pools = append(pools, pool)
		}
	}
	return pools, nil
}

// requestAndLimit is the picture of what the workspaces of a full node request
// and of what they may use, as SVG.
func requestAndLimit() (string, error) {
	pools, err := limitedPools()
	if err != nil {
		return "", err
	}
	p := &picture{paints: []paint{requestPaint, limitPaint}}
	p.text(20, 34, 21, ink, "start", "Request and limit of the workspaces on a full node")
	p.text(20, 60, 15, pale, "start", "Memory, as shares of what a node has for workspaces. Kubernetes places by requests alone.")
	var told []string
	y := limitsTop
	for _, pool := range pools {
		name := "the other workspaces"
		if pool.Kind != "" {
			name = "kind " + pool.Kind
		}
		has, limit := gib(pool.SchedulableMemoryMiB), *pool.PodLimits.MemoryMiB
		p.text(20, y, 16, ink, "start", fmt.Sprintf("%s: %s has %s GiB for %s of %s GiB, limited to %s", name, pool.MachineType, has,
			count(pool.PodsPerNode), gib(pool.PodRequest.MemoryMiB), gib(limit)))
		for i, bar := range []struct {
			name string
			of   paint
			mib  int64
		}{{"request", requestPaint, pool.PodRequest.MemoryMiB}, {"limit", limitPaint, limit}} {
			top := y + 14 + float64(i)*(limitsHeight+6)
			width := limitsWhole * float64(bar.mib) / float64(pool.SchedulableMemoryMiB)
			p.text(20, top+limitsHeight/2+5, 15, pale, "start", bar.name)
			for n := range pool.PodsPerNode {
				p.block(limitsLeft+float64(n)*width+1, top, width-2, limitsHeight, bar.of)
			}
		}
		p.stroke(fmt.Sprintf("M%.1f %.1fv%.1f", limitsLeft+limitsWhole, y+8, 2*limitsHeight+18), 2, "5 4", ink)
		p.text(limitsLeft+limitsWhole+8, y+14+limitsHeight/2+5, 15, pale, "start", fmt.Sprintf("the node ends; the limits: %.2f times", *pool.Overcommit.Memory))
		told = append(told, fmt.Sprintf("%s on %s: %d workspaces request %s GiB each and may use %s GiB each, %.2f times the %s GiB that the node has for them.",
			name, pool.MachineType, pool.PodsPerNode, gib(pool.PodRequest.MemoryMiB), gib(limit), *pool.Overcommit.Memory, has))
		y += limitsStep
	}
	return p.finish(y-16, "Request and limit of the workspaces on a full node", strings.Join(told, " ")), nil
}
