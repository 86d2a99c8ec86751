// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// editionsAnswer is what refarch_editions answers.
type editionsAnswer struct {
	MatchingEdition *string      `tfsdk:"matching_edition"`
	Editions        []editionRow `tfsdk:"editions"`
}

type editionRow struct {
	ID           string    `tfsdk:"id"`
	FirstRelease string    `tfsdk:"first_release"`
	LastRelease  *string   `tfsdk:"last_release"`
	Published    string    `tfsdk:"published"`
	SourceCommit string    `tfsdk:"source_commit"`
	PullRequest  string    `tfsdk:"pull_request"`
	Tiers        []tierRow `tfsdk:"tiers"`
}

// tierRow is the published row of a tier: its limits and, by role, its cells.
type tierRow struct {
	sizing.TierRow

	Coderd         *poolRow    `tfsdk:"coderd"`
	Provisioner    *poolRow    `tfsdk:"provisioner"`
	Workspace      *poolRow    `tfsdk:"workspace"`
	WorkspaceProxy *poolRow    `tfsdk:"workspace_proxy"`
	Database       databaseRow `tfsdk:"database"`
}

type poolRow struct {
	sizing.PublishedPool

	MachineTypes map[string]string `tfsdk:"machine_types"` // by cloud
}

type databaseRow struct {
	sizing.PublishedDatabase

	MachineTypes map[string]string `tfsdk:"machine_types"` // by cloud
}

func newEditionsAnswer(editions []*reference.Edition, matching *reference.Edition) *editionsAnswer {
	answer := &editionsAnswer{}
	if matching != nil {
		answer.MatchingEdition = &matching.ID
	}
	for _, edition := range editions {
		row := editionRow{
			ID:           edition.ID,
			FirstRelease: edition.Releases.First,
			LastRelease:  edition.Releases.Last,
			Published:    edition.Published,
			SourceCommit: edition.Source.Commit,
			PullRequest:  edition.Source.PullRequest,
		}
		for _, tier := range edition.Tiers {
			row.Tiers = append(row.Tiers, newTierRow(tier))
		}
		answer.Editions = append(answer.Editions, row)
	}
	return answer
}

func newTierRow(published *reference.Tier) tierRow {
	return tierRow{
		TierRow:        sizing.TierRowOf(published),
		Coderd:         newPoolRow(sizing.RoleCoderd, &published.Coderd),
		Provisioner:    newPoolRow(sizing.RoleProvisioner, &published.Provisioner),
		Workspace:      newPoolRow(sizing.RoleWorkspace, published.Workspace),
		WorkspaceProxy: newPoolRow(sizing.RoleWorkspaceProxy, published.WorkspaceProxy),
		Database: databaseRow{
			PublishedDatabase: sizing.PublishedDatabaseOf(&published.Database),
			MachineTypes:      published.Database.MachineTypes,
		},
	}
}

func newPoolRow(role sizing.Role, published *reference.Pool) *poolRow {
	if published == nil {
		return nil
	}
	return &poolRow{PublishedPool: *sizing.PublishedOf(role, published), MachineTypes: published.MachineTypes}
}
