package provider

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// sizingArguments are what a configuration of refarch_sizing may set. Those
// that are Computed too read back the value used.
func sizingArguments(editions []string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"users": schema.NumberAttribute{
			Required: true,
			MarkdownDescription: "People with an account, at work or not: a whole number of at least 1. " +
				"The tier that answers is the smallest that covers it.",
		},
		"cloud": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "The cloud whose machine types are recommended: " + oneOf(cloud.Names()) + ".",
		},
		"edition": usedString(fmt.Sprintf("The published edition that the figures come from: %s. By default `%s`. "+
			"It is pinned: for the same arguments an upgrade of this provider changes the answer only with a major version, or where it was wrong.", oneOf(editions), reference.DefaultEdition)),
		"high_availability": schema.BoolAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Whether to survive the loss of a machine: two coderd nodes where the page says 1-2, and a database with a standby. " +
				"By default the tier's own stance: `false` up to 1,000 users, `true` above.",
		},
		"concurrent_workspaces": usedNumber("Workspaces that run at once. By default as many as there are `users`; " +
			"where the edition publishes a running share, that share of them, rounded up."),
		"concurrent_builds": usedNumber("Workspace builds that run at once; one provisioner runs one. " +
			"By default as many as the tier has provisioners, with `colocate_provisioners` 10."),
		"api_rps": optionalNumber("API requests per second at peak. A tier that does not cover it is passed over. " +
			"An error in an edition that publishes no limit; left out, it plays no part."),
		"zones": usedNumber("Zones that each node pool spans. By default 1. It sets `node_count_per_zone` and the least number of workspace nodes."),
		"workspace_request": optionalObject("What one workspace requests of its node.", map[string]schema.Attribute{
			"cpu": optionalNumber("vCPU that one workspace requests, above 0; fractions are fine. By default 0.5. " +
				"Where it is given, it bounds the workspaces per node in both packings."),
			"memory_gib": optionalNumber("GiB of memory that one workspace requests; fractions are fine. By default 2, " +
				"which is the least in editions that publish workspace nodes; the agent's own 0.125 is the least in others."),
			"volumes": optionalNumber("Disks that one workspace attaches to its node. By default 1: its home. 0 where homes are no disks."),
		}),
		"machine_types": optionalObject("Another machine type than the edition's, by role. Capacity, packing and counts follow it.",
			map[string]schema.Attribute{
				"coderd":      optionalString("The machine type of coderd nodes. By default the edition's."),
				"provisioner": optionalString("The machine type of provisioner nodes. By default the edition's."),
				"workspace":   optionalString("The machine type of workspace nodes. By default the edition's."),
			}),
		"packing": usedString(fmt.Sprintf("How workspaces are counted on a node: %s. By default `%s`: the edition's workspaces per node, "+
			"which Kubernetes cannot always place. `%s`: what it can place beside its own reservations.",
			oneOf(sizing.Packings()), sizing.PackingPublished, sizing.PackingSchedulable)),
		"max_pods_per_node": optionalNumber("The pod limit of the workspace nodes, above `node_overhead.pods`. By default 110 on gcp and azure; " +
			"on aws what the network interfaces of the machine type take, at most 110 below 30 vCPU and 250 from there."),
		"node_overhead": optionalObject("What every node runs beside the role's pods, in sum. It replaces what a default cluster of the cloud runs, "+
			"each figure for itself: set it for a service mesh, log or metrics agents.", map[string]schema.Attribute{
			"cpu_millicores": optionalNumber("Millicores that the daemons of a node request in sum. By default those of the cloud's own."),
			"memory_mib":     optionalNumber("MiB of memory that the daemons of a node request in sum. By default those of the cloud's own."),
			"pods":           optionalNumber("Number of daemon pods on a node; they count against the pod limit. By default that of the cloud's own."),
		}),
		"workspace_node_allocatable": optionalObject("What a real node of the workspace pool reports as allocatable. Measured beats estimated: "+
			"set it for another node image, hardened nodes or reservations newer than this provider.", map[string]schema.Attribute{
			"cpu_millicores": optionalNumber("Allocatable CPU of a node in millicores. By default estimated by the cloud's rules."),
			"memory_mib": optionalNumber("Allocatable memory of a node in MiB: what it reports in Ki, divided by 1024 and rounded down. " +
				"By default estimated by the cloud's rules."),
		}),
		"colocate_provisioners": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether provisioners run inside coderd instead of on nodes of their own; only up to 100 users and 10 builds at once. " +
				"By default `false`.",
		},
		"proxy_regions": optionalNumber("Further regions that get workspace proxies, in editions and tiers that publish them. By default 0."),
		"beyond_range": optionalString(fmt.Sprintf("What to do with a load beyond the edition's largest tier: %s. By default `%s`. "+
			"`%s` answers all the same, as far as the cloud sells a larger database of the same family (the page of each edition says how far), "+
			"and marks the answer: `in_validated_range` is `false`.",
			oneOf(sizing.BeyondRanges()), sizing.BeyondRangeError, sizing.BeyondRangeExtrapolate)),
	}
}
