package main

import (
	"fmt"
	"html"
	"strings"
)

// svgFonts are fonts that readers have: a picture embeds none.
const svgFonts = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, 'Liberation Sans', sans-serif"

// The bars' measures, in pixels.
const (
	barsWidth  = 960
	barsMargin = 28
	barTop     = 128 // of the first bar's name
	barStep    = 92
	barHeight  = 30
)

// part is a piece of a node's memory.
type part struct {
	name, colour string
	mib          func(worked) int64
}

var parts = []part{
	{"kernel", "#6b7280", func(w worked) int64 { return w.kernel }},
	{"reserved", "#b45309", func(w worked) int64 { return w.reserved.MemoryMiB }},
	{"eviction", "#dc2626", func(w worked) int64 { return w.reserved.EvictionMiB }},
	{"daemons", "#7c3aed", func(w worked) int64 { return w.daemons.MemoryMiB }},
	{"workspaces", "#2563eb", func(w worked) int64 { return w.workspaces * w.workspaceOf.MemoryMiB }},
	{"unused", "#e5e7eb", func(w worked) int64 { return w.unused }},
}

// Where a part's name and figures stand, from left to right.
var partColumns = []int{barsMargin, 158, 298, 428, 558, 818}

// nodeBars is the picture of what becomes of a node's 32 GiB, as SVG.
func nodeBars() (string, error) {
	all, err := allWorked()
	if err != nil {
		return "", err
	}
	nominal := all[0].machine.MemoryMiB
	axis := barTop + barStep*len(all) - 14
	height := axis + 52
	px := func(mib int64) float64 { return float64(mib) * (barsWidth - 2*barsMargin) / float64(nominal) }

	var b strings.Builder
	line := func(format string, values ...any) { fmt.Fprintf(&b, format+"\n", values...) }
	text := func(x float64, y int, style, words string) {
		line(`<text x="%.1f" y="%d" %s>%s</text>`, x, y, style, html.EscapeString(words))
	}
	const small = `font-size="13" fill="#374151"`
	line(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-labelledby="title description" font-family="%s">`, barsWidth, height, svgFonts)
	line(`<title id="title">How many workspaces fit on a node</title>`)
	line(`<desc id="description">%s</desc>`, html.EscapeString(barsInWords(all)))
	line(`<rect width="%d" height="%d" fill="#ffffff"/>`, barsWidth, height)
	text(barsMargin, 40, `font-size="20" font-weight="600" fill="#111827"`, fmt.Sprintf("What becomes of the %s GiB of a workspace node", gib(nominal)))
	text(barsMargin, 63, small, fmt.Sprintf("MiB, as Kubernetes counts. A workspace requests %s MiB and %sm; the pages of the editions put %d on each of these nodes.",
		count(all[0].workspaceOf.MemoryMiB), count(all[0].workspaceOf.CPUMillicores), all[0].editionSays))
	for i, p := range parts {
		line(`<rect x="%d" y="82" width="13" height="13" rx="2" fill="%s"/>`, partColumns[i], p.colour)
		text(float64(partColumns[i]+20), 93, small, p.name)
	}
	for i, w := range all {
		y := barTop + i*barStep
		line(`<text x="%d" y="%d" font-size="15" fill="#111827"><tspan font-weight="600">%s</tspan><tspan dx="8">%s</tspan></text>`,
			barsMargin, y, html.EscapeString(w.machine.Name), html.EscapeString(fmt.Sprintf("on %s, at most %d pods", w.cloud.Kubernetes(), w.maxPods)))
		text(barsWidth-barsMargin, y, `font-size="15" font-weight="600" fill="#1d4ed8" text-anchor="end"`, fmt.Sprintf("%d workspaces, limited by %s", w.workspaces, w.limitedBy))
		drawBar(line, w, y+10, px)
		for j, p := range parts {
			figures := count(p.mib(w))
			if p.name == "workspaces" {
				figures = fmt.Sprintf("%d × %s = %s", w.workspaces, count(w.workspaceOf.MemoryMiB), figures)
			}
			text(float64(partColumns[j]), y+10+barHeight+18, `font-size="12.5" fill="#4b5563"`, figures)
		}
	}
	line(`<path d="M%d %dH%d" stroke="#9ca3af"/>`, barsMargin, axis, barsWidth-barsMargin)
	for at := int64(0); at <= nominal; at += nominal / 8 {
		x, anchor := barsMargin+px(at), "middle"
		switch at {
		case 0:
			anchor = "start"
		case nominal:
			anchor = "end"
		}
		line(`<path d="M%.1f %dv5" stroke="#9ca3af"/>`, x, axis)
		text(x, axis+20, `font-size="12.5" fill="#4b5563" text-anchor="`+anchor+`"`, gib(at)+" GiB")
	}
	line(`</svg>`)
	return b.String(), nil
}

// drawBar draws a node's parts side by side, each workspace as a block.
func drawBar(line func(string, ...any), w worked, y int, px func(int64) float64) {
	x := float64(barsMargin)
	block := func(mib int64, colour string) {
		line(`<rect x="%.2f" y="%d" width="%.2f" height="%d" fill="%s"/>`, x, y, px(mib), barHeight, colour)
	}
	for _, p := range parts {
		if p.name != "workspaces" {
			block(p.mib(w), p.colour)
			x += px(p.mib(w))
			continue
		}
		for i := range w.workspaces {
			width := px(w.workspaceOf.MemoryMiB)
			line(`<rect x="%.2f" y="%d" width="%.2f" height="%d" rx="3" fill="%s"/>`, x+1, y, width-2, barHeight, p.colour)
			line(`<text x="%.2f" y="%d" font-size="12.5" fill="#ffffff" text-anchor="middle">%d</text>`, x+width/2, y+barHeight/2+4, i+1)
			x += width
		}
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
		words = append(words, fmt.Sprintf("%s on %s takes %d workspaces: %s MiB.",
			w.machine.Name, w.cloud.Kubernetes(), w.workspaces, joined(figures)))
	}
	return strings.Join(words, " ")
}
