package provider

import (
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
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

var editionsModel = sync.OnceValues(func() (*model, error) {
	clouds := map[string]schema.Attribute{}
	for _, name := range cloud.Names() {
		clouds[name] = text("The machine type in the page's column for " + name + ".")
	}
	machineTypes := map[string]schema.Attribute{
		"machine_types": nested("The page's machine types by cloud; null where it names none.", clouds),
	}
	pool := func(description string) schema.SingleNestedAttribute {
		return nested(description, with(publishedPoolAttributes(), machineTypes))
	}
	tier := with(tierRowAttributes(), map[string]schema.Attribute{
		"coderd":          pool("The page's row for coderd."),
		"provisioner":     pool("The page's row for provisioners."),
		"workspace":       pool("The page's row for workspaces; null where it publishes no workspace nodes."),
		"workspace_proxy": pool("The page's row for workspace proxies; null where it has none."),
		"database":        nested("The page's row for the database.", with(publishedDatabaseAttributes(), machineTypes)),
	})
	return newModel(schema.Schema{
		MarkdownDescription: "The published editions of the vendor's validated reference architecture, as they stand on its pages, " +
			"and the one that belongs to a release of Coder.",
		Attributes: map[string]schema.Attribute{
			"coder_version": optionalString("A release of Coder, such as `2.24.1`; a leading `v` is fine, and a pre-release counts as its release."),
			"matching_edition": text("The newest edition whose first release is not above `coder_version`, for `edition` of `refarch_sizing`; " +
				"null without `coder_version`."),
			"editions": nestedList("Every edition, the oldest first.", map[string]schema.Attribute{
				"id":            text("The name of the edition, as the argument `edition` takes it."),
				"first_release": text("The first release of Coder whose documentation carries the edition, with its `v`."),
				"last_release":  text("The last release of Coder whose documentation carries the edition, with its `v`; null while the edition is current."),
				"published":     text("The date on which the edition's page for 1,000 users was published, such as `2024-03-15`."),
				"source_commit": text("The commit of the vendor's repository that introduced that page."),
				"pull_request":  text("The pull request of that commit, such as `coder/coder#12609`."),
				"tiers":         nestedList("The rows of the edition, from the smallest to the largest.", tier),
			}),
		},
	}, reflect.TypeFor[editionsAnswer]())
})
