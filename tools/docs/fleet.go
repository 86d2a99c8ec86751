// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/tools/markdown"
)

// size answers as the provider does, words included.
func size(r sizing.Request) (*report.Answer, error) {
	fleet, faults := sizing.Size(r)
	if len(faults) > 0 {
		return nil, faults[0]
	}
	return report.Of(fleet), nil
}

// request asks for so many users by an edition.
func request(users int64, c cloud.Name, edition string, packing sizing.Packing) sizing.Request {
	return sizing.Request{
		Users: sizing.Count(users), Cloud: sizing.Known(string(c)), Edition: sizing.Known(edition), Packing: sizing.Known(string(packing)),
	}
}

// smallTeams is what few users are answered, as it stands and with what makes
// it smaller.
func smallTeams() (string, error) {
	ways := []string{
		`edition = "2026-01"`,
		"edition = \"2026-01\"\nconcurrent_builds = 10",
		"edition = \"2026-01\"\ncolocate_provisioners = true",
		"edition = \"2025-04\"\ncolocate_provisioners = true",
	}
	t := markdown.NewTable("users>")
	for _, way := range ways {
		t.Column(code(strings.ReplaceAll(way, "\n", ", ")))
	}
	for _, users := range []int64{1, 10, 25, 50} {
		cells := []string{count(users)}
		for _, way := range ways {
			answer, err := sizingSource.answer(fmt.Sprintf("users = %d\ncloud = \"gcp\"\n%s", users, way))
			if err != nil {
				return "", err
			}
			of := func(object, attribute string) string { return worded(answer.GetAttr(object).GetAttr(attribute)) }
			cells = append(cells, fmt.Sprintf("%s nodes (%s + %s + %s), %s vCPU; database %s vCPU", of("totals", "node_count"),
				of("coderd", "node_count"), of("provisioner", "node_count"), of("workspace", "node_count"), of("totals", "vcpu"), of("database", "vcpu")))
		}
		t.Add(cells...)
	}
	return t.String(), nil
}

// editionList is a table of the editions with links to their pages.
func editionList() (string, error) {
	editions, err := reference.Editions()
	if err != nil {
		return "", err
	}
	t := markdown.NewTable("edition", "in Coder's documentation", "published", "tiers", "machine types")
	for _, e := range editions {
		var tiers []string
		for _, tier := range e.Tiers {
			tiers = append(tiers, tier.Name)
		}
		types := "named by the pages"
		if e.Fit != nil {
			types = "derived by rule"
		}
		t.Add("["+e.ID+"](guides/"+pageName(e)+")", releases(e), e.Published, strings.Join(tiers, ", "), types)
	}
	return t.String(), nil
}

// releases words the range of Coder releases that carries an edition.
func releases(e *reference.Edition) string {
	if e.Releases.Last == nil {
		return "since " + e.Releases.First
	}
	return e.Releases.First + " to " + *e.Releases.Last
}

// cloudNames are the clouds as people write them.
var cloudNames = map[cloud.Name]string{cloud.GCP: "GCP", cloud.AWS: "AWS", cloud.Azure: "Azure"}
