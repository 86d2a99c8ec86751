// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"
)

// The bars' measures, in the picture's pixels.
const (
	barsMargin = 20.0
	barTop     = 146.0 // of the first bar's name
	barStep    = 112.0
	barHeight  = 36.0
	// barEnd is the memory at the right margin: more than a node has, as much
	// as the published workspaces would need.
	barEnd = 38 * 1024
)

// part is a piece of a node's memory.
type part struct {
	name string
	of   paint
	mib  func(worked) int64
}

// workspacePart is where the workspaces are among the parts.
const workspacePart = 3

var parts = []part{
	{"kernel", paint{"kernel", "#6b7280", "#9198a1"}, func(w worked) int64 { return w.kernel }},
	{"reserved", paint{"reserved", "#b45309", "#e3954a"}, func(w worked) int64 { return w.reserved.MemoryMiB }},
	{"eviction", paint{"eviction", "#c81e3a", "#ff7b88"}, func(w worked) int64 { return w.reserved.EvictionMiB }},
	{"workspaces", paint{"workspaces", "#2563eb", "#6aa3ff"}, func(w worked) int64 { return w.workspaces * w.workspaceOf.MemoryMiB }},
	{"daemons", paint{"daemons", "#7c3aed", "#b794ff"}, func(w worked) int64 { return w.daemons.MemoryMiB }},
	{"unused", paint{"unused", "#cbd5e1", "#424a53"}, func(w worked) int64 { return w.unused }},
}

func barX(mib int64) float64 {
	return barsMargin + float64(mib)*(pictureWidth-2*barsMargin)/barEnd
}

// nodeBars is the picture of what becomes of a node's 32 GiB, as SVG.
func nodeBars() (string, error) {
	all, err := allWorked()
	if err != nil {
		return "", err
	}
	nominal, workspace := all[0].machine.MemoryMiB, all[0].workspaceOf
	p := &picture{}
	p.text(barsMargin, 34, 21, ink, "start", fmt.Sprintf("What becomes of the %s GiB of a workspace node", gib(nominal)))
	p.text(barsMargin, 60, 15, pale, "start", fmt.Sprintf("MiB, as Kubernetes counts. A workspace requests %s MiB and %sm.",
		count(workspace.MemoryMiB), count(workspace.CPUMillicores)))
	x := barsMargin
	for _, part := range parts {
		p.paints = append(p.paints, part.of)
		p.block(x, 78, 14, 14, part.of)
		p.text(x+20, 91, 15, pale, "start", part.name)
		x += 38 + 8.4*float64(len(part.name))
	}
	p.stroke(fmt.Sprintf("M%.1f 77h15v16h-15z", x), 1.5, "4 3", ink)
	p.text(x+22, 91, 15, pale, "start", "published")
	for i, w := range all {
		drawBar(p, w, barTop+barStep*float64(i))
	}
	axis := barTop + barStep*float64(len(all)) - 22
	p.stroke(fmt.Sprintf("M%.1f %.1fH%.1f", barsMargin, axis, barX(nominal)), 1, "", rule)
	for at := int64(0); at <= nominal; at += nominal / 4 {
		p.stroke(fmt.Sprintf("M%.1f %.1fv6", barX(at), axis), 1, "", rule)
		anchor := "middle"
		if at == 0 {
			anchor = "start"
		}
		p.text(barX(at), axis+22, 14, pale, anchor, gib(at)+" GiB")
	}
	return p.finish(axis+38, "How many workspaces fit on a node", barsInWords(all)), nil
}

// drawBar draws a node's parts side by side with their figures below, each
// workspace as a block, and what the pages count with as a frame.
func drawBar(p *picture, w worked, y float64) {
	p.line(`<text x="%.1f" y="%.1f" font-size="16" class="ink"><tspan font-weight="600">%s</tspan><tspan dx="9" font-size="15" class="pale">%s, at most %d pods</tspan></text>`,
		barsMargin, y, w.machine.Name, w.cloud.Kubernetes(), w.maxPods)
	p.text(pictureWidth-barsMargin, y, 16, ink, "end", fmt.Sprintf("%d fit by %s, %d published", w.workspaces, w.limitedBy, w.editionSays))
	top, at := y+14, int64(0)
	var starts []float64
	for i, part := range parts {
		starts = append(starts, barX(at))
		size := part.mib(w)
		width := barX(at+size) - barX(at)
		if i != workspacePart {
			seen := max(width, 4) // the eviction threshold is thinner than that
			p.block(barX(at)+width-seen, top, seen, barHeight, part.of)
			at += size
			continue
		}
		p.stroke(fmt.Sprintf("M%.1f %.1fh%.1fv%.1fh-%.1[3]fz", barX(at), top-4, barX(w.editionSays*w.workspaceOf.MemoryMiB)-barsMargin, barHeight+8), 1.5, "5 4", ink)
		for n := range w.workspaces {
			p.block(barX(at)+1.2, top, width/float64(w.workspaces)-2.4, barHeight, part.of)
			p.text(barX(at)+width/float64(w.workspaces)/2, top+barHeight/2+5, 14, paper, "middle", fmt.Sprint(n+1))
			at += w.workspaceOf.MemoryMiB
		}
	}
	drawFigures(p, w, starts, top+barHeight+22)
}

// drawFigures writes each part's figure below it: those before the workspaces
// from the left on, those behind them from the right, as none covers another.
func drawFigures(p *picture, w worked, starts []float64, y float64) {
	figure := func(i int) string { return count(parts[i].mib(w)) }
	width := func(text string) float64 { return 8.2*float64(len(text)) + 9 }
	left := barsMargin
	for i := range workspacePart {
		x := max(left, starts[i])
		p.text(x, y, 14, parts[i].of, "start", figure(i))
		left = x + width(figure(i))
	}
	p.text((starts[workspacePart]+starts[workspacePart+1])/2, y, 14, parts[workspacePart].of, "middle",
		fmt.Sprintf("%d × %s = %s", w.workspaces, count(w.workspaceOf.MemoryMiB), figure(workspacePart)))
	right := barX(w.machine.MemoryMiB) + 12
	for i := len(parts) - 1; i > workspacePart; i-- {
		of := parts[i].of
		if i == len(parts)-1 {
			of = pale // what is unused is too pale to read
		}
		p.text(right, y, 14, of, "end", figure(i))
		right -= width(figure(i))
	}
}

// barsInWords says what the picture shows, for readers who do not see it.
func barsInWords(all []worked) string {
	var words []string
	for _, w := range all {
		var figures []string
		for _, p := range parts {
			figures = append(figures, p.name+" "+count(p.mib(w)))
		}
		words = append(words, fmt.Sprintf("%s on %s takes %d workspaces, where the pages say %d: %s MiB.",
			w.machine.Name, w.cloud.Kubernetes(), w.workspaces, w.editionSays, joined(figures)))
	}
	return strings.Join(words, " ")
}
