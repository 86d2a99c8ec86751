// SPDX-License-Identifier: MPL-2.0

package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// CapacityAnswer is how many users a fleet carries, with its words: what the
// data source refarch_capacity answers.
type CapacityAnswer struct {
	sizing.Capacity

	Next    *Next  `tfsdk:"next"` // nil where nothing given ends it
	Summary string `tfsdk:"summary"`
}

// Next is one user more than a fleet carries, and what its part that ends it
// would need for them.
type Next struct {
	Users int64  `tfsdk:"users"`
	Needs string `tfsdk:"needs"`
}

// OfCapacity puts the capacity of a fleet into words. The same capacity gets the
// same bytes every time.
func OfCapacity(c *sizing.Capacity) *CapacityAnswer {
	a := &CapacityAnswer{Capacity: *c}
	if c.LimitedBy != sizing.PartEdition {
		a.Next = &Next{Users: c.Users + 1, Needs: needs(c)}
	}
	a.Summary = capacitySummary(a)
	return a
}

// needs says what the part that ends it would need for one user more:
// "workspace: 65 nodes of t2d-standard-8, you have 64".
func needs(c *sizing.Capacity) string {
	short := map[sizing.Scarce]sizing.Lack{}
	for _, lack := range c.Short {
		short[lack.Of] = lack
	}
	if c.LimitedBy == sizing.PartDatabase {
		return string(c.LimitedBy) + ": " + databaseNeeds(short)
	}
	return string(c.LimitedBy) + ": " + nodesNeed(short)
}

func databaseNeeds(short map[sizing.Scarce]sizing.Lack) string {
	var said []string
	for _, of := range []sizing.Scarce{sizing.ScarceVCPU, sizing.ScarceMemory, sizing.ScarceStorage} {
		if lack, ok := short[of]; ok {
			said = append(said, needed(of, lack.Needs)+", you have "+bare(of, lack.Given))
		}
	}
	return strings.Join(said, ", and ")
}

// nodesNeed tells of the number of nodes, of what one of them lacks, or of both.
func nodesNeed(short map[sizing.Scarce]sizing.Lack) string {
	var wanted, given []string
	var machineType string
	for _, of := range []sizing.Scarce{sizing.ScarceVCPU, sizing.ScarceMemory} {
		if lack, ok := short[of]; ok {
			wanted, given = append(wanted, amountOfNode(of, lack.Needs)), append(given, amountOfNode(of, lack.Given))
			machineType = lack.MachineType
		}
	}
	size := words.And(wanted) + ", " + machineType + " has " + words.And(given)
	nodes, tooFew := short[sizing.ScarceNodes]
	switch {
	case tooFew && len(wanted) > 0:
		return words.Counted(nodes.Needs, "node") + ", you have " + words.Count(nodes.Given) + ", each of " + size
	case tooFew:
		return words.Counted(nodes.Needs, "node") + " of " + nodes.MachineType + ", you have " + words.Count(nodes.Given)
	}
	return "nodes of " + size
}

// bare is a figure whose unit stands before it already.
func bare(of sizing.Scarce, n int64) string {
	if of == sizing.ScarceMemory {
		return strings.TrimSuffix(words.GiB(n), " GiB")
	}
	return words.Count(n)
}

// needed is a figure of a database with its unit.
func needed(of sizing.Scarce, n int64) string {
	switch of {
	case sizing.ScarceMemory:
		return words.GiB(n) + " of memory"
	case sizing.ScarceStorage:
		return words.Count(n) + " GB of storage"
	case sizing.ScarceVCPU, sizing.ScarceNodes:
	}
	return words.Count(n) + " vCPU"
}

// amountOfNode is a figure of a node with its unit.
func amountOfNode(of sizing.Scarce, n int64) string {
	if of == sizing.ScarceMemory {
		return words.GiB(n)
	}
	return words.Count(n) + " vCPU"
}

// capacitySummary is the capacity as a text of at most maxWidth columns: a
// heading, a table of what is given, and what ends it.
func capacitySummary(a *CapacityAnswer) string {
	var b strings.Builder
	writeWrapped(&b, words.Counted(a.Users, "user")+" on "+string(a.Cloud)+": edition "+a.Edition+", tier "+a.Tier)
	b.WriteByte('\n')
	writeGiven(&b, a.Given, a.EndsAt)
	b.WriteByte('\n')
	said := ending(a)
	if a.AsPublished {
		said += ` Workspaces are counted as the page packs them; packing = "schedulable" counts what Kubernetes can place.`
	}
	writeWrapped(&b, said)
	return strings.TrimSuffix(b.String(), "\n")
}

// ending is what ends it, and what one user more needs.
func ending(a *CapacityAnswer) string {
	switch {
	case a.Next == nil && a.Colocated:
		return "Nothing given ends it before " + words.Counted(a.EndsAt, "user") + ", the most that provisioners inside coderd serve."
	case a.Next == nil:
		return "Nothing given ends it before " + words.Counted(a.EndsAt, "user") + ", the largest tier of edition " + a.Edition + "."
	case a.Users == 0:
		return "Not even one user fits. The first needs " + a.Next.Needs + "."
	}
	return "What ends it first, for one user more: " + a.Next.Needs + "."
}

// writeGiven writes what is given and how many users each part carries. What
// carries all that was asked for may carry more. Where a stated machine type
// has so long a name that a line is too wide, the lines become paragraphs.
func writeGiven(b *strings.Builder, parts []sizing.GivenPart, endsAt int64) {
	table := [][3]string{{"part", "given", "users"}}
	for _, part := range parts {
		users := words.Count(part.Users)
		if part.Users == endsAt {
			users = "at least " + users
		}
		table = append(table, [3]string{string(part.Part), given(part), users})
	}
	var widths [3]int
	for _, cells := range table {
		for column, cell := range cells {
			widths[column] = max(widths[column], utf8.RuneCountInString(cell))
		}
	}
	width := widths[0] + gap + widths[1] + gap + widths[2]
	if width > maxWidth {
		for i, cells := range table[1:] {
			writeWrapped(b, cells[0]+": "+cells[1]+", "+cells[2]+" "+words.Plural(parts[i].Users, "user"))
		}
		return
	}
	for i, cells := range table {
		fmt.Fprintf(b, "%-*s%-*s%*s\n", widths[0]+gap, cells[0], widths[1]+gap, cells[1], widths[2], cells[2])
		if i == 0 {
			b.WriteString(strings.Repeat("-", width) + "\n")
		}
	}
}

// given is a part as it is given: "64 x t2d-standard-8", "2 vCPU, 8 GiB, 512 GB".
func given(part sizing.GivenPart) string {
	if part.Part != sizing.PartDatabase {
		return words.Count(part.Nodes) + " x " + part.MachineType
	}
	var said []string
	for _, figure := range []struct {
		n    *int64
		text func(int64) string
	}{
		{part.VCPU, func(n int64) string { return words.Count(n) + " vCPU" }},
		{part.MemoryMiB, words.GiB},
		{part.StorageGB, func(n int64) string { return words.Count(n) + " GB" }},
	} {
		if figure.n != nil {
			said = append(said, figure.text(*figure.n))
		}
	}
	return strings.Join(said, ", ")
}
