// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// The picture of nodes by users: from 1 to 1,000 users each step to the right
// multiplies, from there on it adds, since tiers lie 1,000 users apart. Nodes
// multiply all the way up.
const (
	fleetUsers  = 10_000
	fleetBreak  = 1_000
	fleetLeft   = 62.0
	fleetMiddle = 330.0 // where fleetBreak is
	fleetRight  = 764.0
	fleetTop    = 112.0
	fleetBottom = 452.0
	fleetCloud  = cloud.GCP // counts of the others differ by a few nodes
)

var fleetPaints = []paint{
	{"first", "#c2410c", "#fb923c"}, {"second", "#1d4ed8", "#79a8ff"}, {"third", "#047857", "#3fcf9a"},
	{"fourth", "#7c3aed", "#b794ff"}, {"fifth", "#be185d", "#f78fb8"},
}

// Lines are told apart without their colours too.
var fleetDashes = []string{"7 4", "", "2 3", "10 3 2 3", "1 4"}

// fleetCurve is how many nodes the fleets of an edition have, from one user to
// the most that its tiers cover.
type fleetCurve struct {
	names  []fleetName
	tiers  []int64 // the users that each tier covers
	points []fleetPoint
}

// fleetName is an edition and a packing that a curve holds for.
type fleetName struct{ edition, packing string }

// name lists the editions that share a curve, and their packing.
func (c fleetCurve) name() string {
	var editions []string
	for _, n := range c.names {
		if !slices.Contains(editions, n.edition) {
			editions = append(editions, n.edition)
		}
	}
	if packing := c.names[0].packing; packing != "" {
		return joined(editions) + ", packing " + packing
	}
	return joined(editions)
}

type fleetPoint struct{ users, nodes int64 }

// at is how many nodes so many users have; 0 beyond the largest tier.
func (c fleetCurve) at(users int64) int64 {
	i := slices.IndexFunc(c.points, func(p fleetPoint) bool { return p.users == users })
	if i < 0 {
		return 0
	}
	return c.points[i].nodes
}

// fleetCurves are the curves of all editions in both packings, each once.
func fleetCurves() ([]fleetCurve, error) {
	editions, err := reference.Editions()
	if err != nil {
		return nil, err
	}
	var curves []fleetCurve
	for _, e := range editions {
		for _, packing := range sizing.Packings() {
			points, err := fleetPoints(e, packing)
			if err != nil {
				return nil, err
			}
			name := fleetName{e.ID, string(packing)}
			if e.Fit != nil {
				name.packing = "" // both are the same
			}
			i := slices.IndexFunc(curves, func(c fleetCurve) bool { return slices.Equal(c.points, points) })
			if i < 0 {
				i, curves = len(curves), append(curves, fleetCurve{tiers: tierEnds(e), points: points})
			}
			if !slices.Contains(curves[i].names, name) {
				curves[i].names = append(curves[i].names, name)
			}
		}
	}
	return curves, nil
}

func fleetPoints(e *reference.Edition, packing sizing.Packing) ([]fleetPoint, error) {
	last := min(e.Largest().Limits.Users, fleetUsers)
	users := []int64{10, 100}
	for n := 1.0; n < fleetBreak; n *= 1.02 {
		users = append(users, int64(n))
	}
	for n := int64(fleetBreak); n <= last; n += 20 {
		users = append(users, n)
	}
	for _, end := range tierEnds(e) {
		users = append(users, min(end, last), min(end+1, last))
	}
	slices.Sort(users)
	var points []fleetPoint
	for _, n := range slices.Compact(users) {
		fleet, err := size(request(n, fleetCloud, e.ID, packing))
		if err != nil {
			return nil, err
		}
		points = append(points, fleetPoint{n, fleet.Totals.NodeCount})
	}
	return points, nil
}

func tierEnds(e *reference.Edition) []int64 {
	var ends []int64
	for _, tier := range e.Tiers {
		ends = append(ends, tier.Limits.Users)
	}
	return ends
}

func fleetX(users int64) float64 {
	if users <= fleetBreak {
		return fleetLeft + (fleetMiddle-fleetLeft)*math.Log(float64(users))/math.Log(fleetBreak)
	}
	return fleetMiddle + (fleetRight-fleetMiddle)*float64(users-fleetBreak)/(fleetUsers-fleetBreak)
}

func fleetY(nodes int64) float64 {
	const least, most = 3, 1000
	return fleetBottom - (fleetBottom-fleetTop)*math.Log(float64(nodes)/least)/math.Log(most/least)
}

// fleetByUsers is the picture of the fleet by user count, as SVG.
func fleetByUsers() (string, error) {
	curves, err := fleetCurves()
	if err != nil {
		return "", err
	}
	p := &picture{paints: fleetPaints}
	p.text(20, 34, 21, ink, "start", "Nodes by the number of users")
	p.text(20, 60, 15, pale, "start", "All node pools together on "+cloudNames[fleetCloud]+". Logarithmic: nodes all the way, users up to 1,000.")
	if err := drawTiers(p); err != nil {
		return "", err
	}
	for _, nodes := range []int64{5, 10, 20, 50, 100, 200, 500} {
		p.stroke(fmt.Sprintf("M%.1f %.1fH%.1f", fleetLeft, fleetY(nodes), fleetRight), 1, "", rule)
		p.text(fleetLeft-8, fleetY(nodes)+5, 14, pale, "end", count(nodes))
	}
	for _, users := range []int64{1, 10, 100, 1000, 2000, 3000, 10_000} {
		p.stroke(fmt.Sprintf("M%.1f %.1fv6", fleetX(users), fleetBottom), 1, "", pale)
		p.text(fleetX(users), fleetBottom+23, 14, pale, "middle", count(users))
	}
	p.text((fleetX(3000)+fleetX(10_000))/2, fleetBottom+23, 14, pale, "middle", "users")
	y := fleetBottom + 62
	for i, c := range curves {
		of, dashes := fleetPaints[i%len(fleetPaints)], fleetDashes[i%len(fleetDashes)]
		var path strings.Builder
		for j, at := range c.points {
			fmt.Fprintf(&path, "%c%.1f %.1f", "ML"[min(j, 1)], fleetX(at.users), fleetY(at.nodes))
		}
		p.stroke(path.String(), 3, dashes, of)
		p.stroke(fmt.Sprintf("M%.1f %.1fh42", 20.0, y-5), 3, dashes, of)
		p.text(70, y, 15, ink, "start", c.name())
		for _, users := range []int64{1, 10, 100} {
			p.text(fleetX(users), y+24, 15, of, "middle", count(c.at(users)))
		}
		for _, end := range c.tiers {
			p.text(fleetX(end), y+24, 15, of, "middle", count(c.at(end)))
			if next := c.at(end + 1); next > 0 {
				p.text(fleetX(end), y+44, 14, pale, "middle", "→ "+count(next))
			}
		}
		y += 78
	}
	p.text(20, y-8, 14, pale, "start", "→ nodes for one user more, by the next tier's row")
	return p.finish(y+10, "Nodes by the number of users", fleetInWords(curves)), nil
}

// drawTiers draws the ranges of users that the newest edition's tiers answer
// for.
func drawTiers(p *picture) error {
	editions, err := reference.Editions()
	if err != nil {
		return err
	}
	newest := editions[len(editions)-1]
	from := int64(1)
	for i, tier := range newest.Tiers {
		to := min(tier.Limits.Users, fleetUsers)
		if i%2 == 0 {
			p.block(fleetX(from), fleetTop-26, fleetX(to)-fleetX(from), fleetBottom-fleetTop+26, band)
		}
		p.text((fleetX(from)+fleetX(to))/2, fleetTop-8, 14, pale, "middle", tier.Name)
		from = to
	}
	p.text(fleetX(1)+6, fleetTop-8, 14, pale, "start", "tier")
	return nil
}

// fleetInWords says what the picture shows at the edges of the tiers.
func fleetInWords(curves []fleetCurve) string {
	var words []string
	for _, c := range curves {
		var at []string
		for _, users := range append([]int64{1, 10, 100}, c.tiers...) {
			at = append(at, fmt.Sprintf("%s users, %s nodes", count(users), count(c.at(users))))
			if next := c.at(users + 1); next > 0 && users >= c.tiers[0] {
				at = append(at, fmt.Sprintf("%s users, %s nodes", count(users+1), count(next)))
			}
		}
		words = append(words, fmt.Sprintf("%s: %s.", c.name(), strings.Join(at, "; ")))
	}
	return strings.Join(words, " ")
}
