package main

import (
	"bytes"
	"fmt"
	"html"
	"image/color"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// The picture of fleets by user count: a column a cloud, nodes above vCPU.
const (
	fleetWidth  = vg.Length(960)
	fleetHeight = vg.Length(600)
	fleetHead   = vg.Length(104) // title and legend
	fleetUsers  = 10_000
	fleetStep   = 50 // users between two points, beside the tiers' edges
	fleetSizing = sizing.PackingSchedulable
)

var (
	ink    = color.RGBA{R: 0x11, G: 0x18, B: 0x27, A: 0xff}
	pale   = color.RGBA{R: 0x4b, G: 0x55, B: 0x63, A: 0xff}
	rule   = color.RGBA{R: 0xe5, G: 0xe7, B: 0xeb, A: 0xff}
	border = color.RGBA{R: 0x9c, G: 0xa3, B: 0xaf, A: 0xff}
	// editionColours begin anew after the last; readers tell these apart in any
	// kind of colour vision.
	editionColours = []color.RGBA{
		{R: 0x93, G: 0xc5, B: 0xfd, A: 0xff}, {R: 0x1e, G: 0x40, B: 0xaf, A: 0xff}, {R: 0xea, G: 0x58, B: 0x0c, A: 0xff},
		{R: 0x05, G: 0x96, B: 0x69, A: 0xff}, {R: 0x7c, G: 0x3a, B: 0xed, A: 0xff},
	}
)

// fleetPoint is a fleet of so many users.
type fleetPoint struct{ users, nodes, vcpu int64 }

// fleetCurve is an edition's fleets on a cloud from one user to the most that
// its tiers cover, and not beyond.
func fleetCurve(e *reference.Edition, c cloud.Name) ([]fleetPoint, error) {
	last := min(e.Largest().Limits.Users, fleetUsers)
	users := []int64{1}
	for n := int64(fleetStep); n <= last; n += fleetStep {
		users = append(users, n)
	}
	for _, tier := range e.Tiers {
		users = append(users, min(tier.Limits.Users, last), min(tier.Limits.Users+1, last))
	}
	slices.Sort(users)
	var curve []fleetPoint
	for _, n := range slices.Compact(users) {
		fleet, err := size(n, c, e.ID, fleetSizing)
		if err != nil {
			return nil, err
		}
		curve = append(curve, fleetPoint{n, fleet.Totals.NodeCount, fleet.Totals.VCPU})
	}
	return curve, nil
}

// measure is a row of the picture.
type measure struct {
	name string
	of   func(fleetPoint) int64
}

var measures = []measure{
	{"nodes", func(p fleetPoint) int64 { return p.nodes }},
	{"vCPU", func(p fleetPoint) int64 { return p.vcpu }},
}

// fleetByUsers is the picture of the fleet by user count, as SVG.
func fleetByUsers() (string, error) {
	editions, err := reference.Editions()
	if err != nil {
		return "", err
	}
	curves := map[cloud.Name][][]fleetPoint{}
	highest := make([]int64, len(measures))
	for _, c := range cloud.All() {
		for _, e := range editions {
			curve, err := fleetCurve(e, c.Name())
			if err != nil {
				return "", err
			}
			curves[c.Name()] = append(curves[c.Name()], curve)
			for i, m := range measures {
				for _, p := range curve {
					highest[i] = max(highest[i], m.of(p))
				}
			}
		}
	}
	plots := make([][]*plot.Plot, len(measures))
	for i, m := range measures {
		for j, c := range cloud.All() {
			p, err := panel(m, curves[c.Name()], highest[i])
			if err != nil {
				return "", err
			}
			if i == 0 {
				p.Title.Text = cloudNames[c.Name()]
			}
			if i == len(measures)-1 {
				p.X.Label.Text = "users"
			}
			if j == 0 {
				p.Y.Label.Text = m.name
			}
			plots[i] = append(plots[i], p)
		}
	}
	svg := vgsvg.New(fleetWidth, fleetHeight)
	canvas := draw.New(svg)
	canvas.SetColor(color.White)
	canvas.Fill(canvas.Path())
	drawFleetHead(canvas, editions)
	tiles := draw.Tiles{Rows: len(measures), Cols: len(cloud.All()), PadX: 26, PadY: 18}
	body := draw.Crop(canvas, 24, -30, 20, -fleetHead)
	for i, row := range plot.Align(plots, tiles, body) {
		for j, tile := range row {
			plots[i][j].Draw(tile)
		}
	}
	var written bytes.Buffer
	if _, err := svg.WriteTo(&written); err != nil {
		return "", fmt.Errorf("writing a picture: %w", err)
	}
	return accessible(written.String(), "The fleet by the number of users", fleetInWords(editions, curves)), nil
}

// panel draws one measure of one cloud, a line an edition. Where editions
// agree, the older one shows as the wider line behind.
func panel(m measure, curves [][]fleetPoint, highest int64) (*plot.Plot, error) {
	p := plot.New()
	p.BackgroundColor = nil
	p.X.Min, p.X.Max = 0, fleetUsers
	p.Y.Min, p.Y.Max = 0, float64(niceCeiling(highest))
	p.X.Tick.Marker = everyTicks{2000}
	p.Y.Tick.Marker = everyTicks{niceCeiling(highest) / 4}
	p.Title.TextStyle.Font, p.Title.TextStyle.Color, p.Title.Padding = sans(14, true), ink, 8
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Color, axis.Tick.Color, axis.Tick.Label.Color, axis.Label.TextStyle.Color = border, border, pale, pale
		axis.Tick.Label.Font, axis.Label.TextStyle.Font = sans(11, false), sans(12, false)
		axis.Tick.Length, axis.Padding = 4, 0
	}
	grid := plotter.NewGrid()
	grid.Vertical.Color, grid.Horizontal.Color = rule, rule
	p.Add(grid)
	for i, curve := range curves {
		points := make(plotter.XYs, len(curve))
		for j, at := range curve {
			points[j] = plotter.XY{X: float64(at.users), Y: float64(m.of(at))}
		}
		line, err := plotter.NewLine(points)
		if err != nil {
			return nil, fmt.Errorf("drawing a line: %w", err)
		}
		line.LineStyle = editionLine(i, len(curves))
		end, err := plotter.NewScatter(points[len(points)-1:])
		if err != nil {
			return nil, fmt.Errorf("drawing a point: %w", err)
		}
		end.GlyphStyle = draw.GlyphStyle{Color: line.Color, Radius: line.Width/2 + 2, Shape: draw.CircleGlyph{}}
		p.Add(line, end)
	}
	return p, nil
}

func editionLine(i, editions int) draw.LineStyle {
	behind := vg.Length(editions - 1 - i)
	return draw.LineStyle{Color: editionColours[i%len(editionColours)], Width: 2 + 1.4*behind*behind}
}

// drawFleetHead draws the title and the legend.
func drawFleetHead(c draw.Canvas, editions []*reference.Edition) {
	write := func(x, y vg.Length, words string, f font.Font, colour color.Color) {
		style := text.Style{Color: colour, Font: f, XAlign: text.XLeft, YAlign: text.YBottom, Handler: plot.DefaultTextHandler}
		c.FillText(style, vg.Point{X: x, Y: fleetHeight - y}, words)
	}
	write(24, 40, "The fleet by the number of users", sans(20, true), ink)
	write(24, 63, "All node pools together, packed as Kubernetes can place workspaces (packing = \"schedulable\"). A line ends with its edition's largest tier.", sans(13, false), pale)
	x := vg.Length(24)
	for i, e := range editions {
		y := fleetHeight - 82
		c.StrokeLine2(editionLine(i, len(editions)), x, y, x+32, y)
		write(x+40, 86, "edition "+e.ID, sans(13, false), ink)
		x += 160
	}
}

// niceCeiling is the next of 1, 2, 4, 6 or 8 times a power of ten from n on, so
// that a quarter of it is a round number.
func niceCeiling(n int64) int64 {
	for unit := int64(10); ; unit *= 10 {
		for _, times := range []int64{1, 2, 4, 6, 8} {
			if times*unit >= n && times*unit%4 == 0 {
				return times * unit
			}
		}
	}
}

// everyTicks are ticks at each multiple.
type everyTicks struct{ step int64 }

func (e everyTicks) Ticks(_, highest float64) []plot.Tick {
	var ticks []plot.Tick
	for at := int64(0); float64(at) <= highest; at += e.step {
		ticks = append(ticks, plot.Tick{Value: float64(at), Label: count(at)})
	}
	return ticks
}

func sans(size vg.Length, bold bool) font.Font {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
	if bold {
		f.Weight = 3 // as the plotting library counts: bold
	}
	return f
}

// accessible gives a picture of the plotting library a title, a description
// and fonts that readers have.
func accessible(svg, title, description string) string {
	start := strings.Index(svg, "<svg ")
	end := start + strings.Index(svg[start:], ">")
	svg = svg[start:end] + ` role="img" aria-labelledby="title description">` +
		"\n<title id=\"title\">" + html.EscapeString(title) + "</title>" +
		"\n<desc id=\"description\">" + html.EscapeString(description) + "</desc>" + svg[end+1:]
	return strings.ReplaceAll(svg, "font-family:Liberation Sans;", "font-family:'Liberation Sans',Arial,Helvetica,sans-serif;")
}

// fleetInWords says what the picture shows at the edges of the tiers.
func fleetInWords(editions []*reference.Edition, curves map[cloud.Name][][]fleetPoint) string {
	var words []string
	for _, c := range cloud.All() {
		for i, e := range editions {
			var at []string
			for _, p := range curves[c.Name()][i] {
				if slices.ContainsFunc(e.Tiers, func(t *reference.Tier) bool { return t.Limits.Users == p.users }) {
					at = append(at, fmt.Sprintf("%s users %s nodes and %s vCPU", count(p.users), count(p.nodes), count(p.vcpu)))
				}
			}
			words = append(words, fmt.Sprintf("%s, edition %s: %s.", cloudNames[c.Name()], e.ID, strings.Join(at, "; ")))
		}
	}
	return strings.Join(words, " ")
}
