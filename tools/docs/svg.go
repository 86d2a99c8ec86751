// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"html"
	"strings"
)

// Pictures are as wide as a page has room for at least, in pixels of their own
// that a wider page enlarges.
const pictureWidth = 800

// paint is a colour on a light page and on a dark one, under the class that
// draws with it.
type paint struct{ class, light, dark string }

// The colours of words, lines and grounds.
var (
	paper = paint{"paper", "#ffffff", "#0d1117"}
	band  = paint{"band", "#f3f4f6", "#161b22"}
	rule  = paint{"rule", "#d1d5db", "#3d444d"}
	pale  = paint{"pale", "#4b5563", "#b1bac4"}
	ink   = paint{"ink", "#111827", "#f0f6fc"}
)

// picture is an SVG that grows element by element.
type picture struct {
	strings.Builder
	paints []paint
}

func (p *picture) line(format string, values ...any) {
	_, _ = fmt.Fprintf(p, format+"\n", values...) // a strings.Builder takes all
}

// text writes words; anchor is start, middle or end.
func (p *picture) text(x, y float64, size int, of paint, anchor, words string) {
	weight := ""
	if of == ink {
		weight = ` font-weight="600"`
	}
	p.line(`<text x="%.1f" y="%.1f" font-size="%d"%s text-anchor="%s" class="%s">%s</text>`, x, y, size, weight, anchor, of.class, html.EscapeString(words))
}

// block draws a filled rectangle.
func (p *picture) block(x, y, width, height float64, of paint) {
	p.line(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" class="%s"/>`, x, y, width, height, of.class)
}

// stroke draws a path; dashes are as in SVG, "" for none.
func (p *picture) stroke(path string, width float64, dashes string, of paint) {
	if dashes != "" {
		dashes = ` stroke-dasharray="` + dashes + `"`
	}
	p.line(`<path d="%s" stroke-width="%.1f"%s class="%s line"/>`, path, width, dashes, of.class)
}

// finish is the whole picture on a ground of its own, which follows the
// reader's choice of light or dark, with a title and its words for readers who
// do not see it.
func (p *picture) finish(height float64, title, description string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %.0f" width="%[1]d" height="%.0[2]f" role="img" aria-labelledby="title description"`+
		` font-family="system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, 'Liberation Sans', sans-serif">`+"\n", pictureWidth, height)
	fmt.Fprintf(&b, "<title id=\"title\">%s</title>\n<desc id=\"description\">%s</desc>\n<style>\n", html.EscapeString(title), html.EscapeString(description))
	rules := func(colour func(paint) string) {
		for _, of := range append([]paint{paper, band, rule, pale, ink}, p.paints...) {
			fmt.Fprintf(&b, ".%s { fill: %[2]s; stroke: none } .%[1]s.line { fill: none; stroke: %[2]s }\n", of.class, colour(of))
		}
	}
	rules(func(of paint) string { return of.light })
	b.WriteString("@media (prefers-color-scheme: dark) {\n")
	rules(func(of paint) string { return of.dark })
	fmt.Fprintf(&b, "}\n</style>\n<rect width=\"100%%\" height=\"100%%\" class=\"%s\"/>\n", paper.class)
	return b.String() + p.String() + "</svg>\n"
}
