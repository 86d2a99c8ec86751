// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/internal/words"
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
			"memory_gib": optionalNumber(workspaceMemory() + " By default 2, " +
				"with less of which editions that publish workspace nodes do not count: the answer warns."),
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
		"max_pods_per_node": usedNumber(podLimit + " It reads back that of the pool `workspace`, which may be below what is given."),
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
			Optional: true, Computed: true,
			MarkdownDescription: "Whether provisioners run inside coderd instead of on nodes of their own; only up to 100 users and 10 builds at once. " +
				"By default `false`.",
		},
		"proxy_regions": usedNumber("Further regions that get workspace proxies, in editions and tiers that publish them. By default 0."),
		"beyond_range": usedString(fmt.Sprintf("What to do with a load beyond the edition's largest tier: %s. By default `%s`. "+
			"`%s` answers all the same, as far as the cloud sells a larger database of the same family (the page of each edition says how far), "+
			"and marks the answer: `in_validated_range` is `false`.",
			oneOf(sizing.BeyondRanges()), sizing.BeyondRangeError, sizing.BeyondRangeExtrapolate)),
		"workspace_limits": optionalObject("What one workspace may use at most. Limits move no count: what a full node's workspaces may use together stands in `overcommit`.",
			limitAttributes()),
		"workspace_kinds": schema.MapNestedAttribute{
			Optional: true,
			MarkdownDescription: "Kinds of workspaces that differ from the rest, each in a node pool of its own, by the name of the pool: a lower-case letter, then lower-case letters and digits, " +
				"at most 12 characters on azure; elsewhere at most 20, and hyphens too, not at the end; not " + oneOf(sizing.ReservedPools()) + ", which are pools that a fleet has anyway. " +
				fmt.Sprintf("At most %d kinds. ", sizing.MaxKinds) + "What they leave of the workspaces runs in the pool `workspace`.",
			NestedObject: schema.NestedAttributeObject{Attributes: kindAttributes()},
		},
		"machine_specs": schema.MapNestedAttribute{
			Optional: true,
			MarkdownDescription: "Machine types by name that the catalogue lacks or has wrong: where the configuration names a type, what is stated here beats what is built in. " +
				"The `basis` of such a type is `" + string(sizing.BasisDerived) + "`.",
			NestedObject: schema.NestedAttributeObject{Attributes: machineSpecAttributes()},
		},
		"coderd_replicas": usedNumber("Pods of coderd instead of the page's, one a node. More than one needs a licence; unlicensed ones do not talk to each other. " +
			"By default the row's. `max_connections` and `built_in_provisioners` follow it."),
		"pod_requests": optionalObject("What one pod of a role requests instead of the edition's. Provisioners with a part given are counted by what Kubernetes can place.",
			map[string]schema.Attribute{
				"coderd":      optionalObject("What one coderd pod requests.", podRequestAttributes()),
				"provisioner": optionalObject("What one provisioner requests.", podRequestAttributes()),
			}),
		"other_nodes": usedNumber("Nodes beside the sized pools that take addresses of the same ranges: a system pool, pools of your own, what an upgrade adds. " +
			"Counted in `addresses` and nowhere else. By default 0."),
	}
}

const podLimit = "The pod limit of the workspace nodes, above `node_overhead.pods`. By default 110 on gcp and azure; " +
	"on aws what the network interfaces of the machine type take, at most 110 below 30 vCPU and 250 from there."

func workspaceMemory() string {
	return fmt.Sprintf("GiB of memory that one workspace requests, at least the agent's own %g; fractions are fine.", sizing.AgentGiB)
}

func limitAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"cpu":        optionalNumber("vCPU that one workspace may use at most, not below its request; fractions are fine. By default no limit."),
		"memory_gib": optionalNumber("GiB of memory that one workspace may use at most, not below its request; fractions are fine. By default no limit."),
	}
}

func podRequestAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"cpu":        optionalNumber("vCPU that one pod requests, above 0; fractions are fine. By default the edition's."),
		"memory_gib": optionalNumber("GiB of memory that one pod requests, above 0; fractions are fine. By default the edition's."),
	}
}

// kindAttributes describe a kind of workspace. What it has to state is judged by
// the calculation: a part of a map that is Required here would be a fault where
// it is not known yet.
func kindAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"workspaces": optionalNumber("Workspaces of this kind that run at once. Either this or `percent`."),
		"percent": optionalNumber("Share of the workspaces that kinds with `workspaces` leave, in percent above 0; fractions are fine, to six decimals. " +
			"Either this or `workspaces`."),
		"requests": optionalObject("What one workspace of this kind requests of its node. It has to state `cpu` and `memory_gib`.", map[string]schema.Attribute{
			"cpu":        optionalNumber("vCPU that one workspace requests, above 0; fractions are fine. Has to be stated."),
			"memory_gib": optionalNumber(workspaceMemory() + " Has to be stated."),
			"volumes":    optionalNumber("Disks that one workspace attaches to its node. By default those of `workspace_request`."),
			"gpus":       optionalNumber("Whole GPUs that one workspace requests; then `machine_type` has to be stated. By default 0."),
		}),
		"limits":       optionalObject("What one workspace of this kind may use at most.", limitAttributes()),
		"machine_type": optionalString("The machine type of the kind's nodes. By default that of the pool `workspace`; in editions without workspace nodes the smallest of the edition's family that takes one."),
		"node_allocatable": optionalObject("What a real node of the kind's pool reports as allocatable: measured beats estimated.", map[string]schema.Attribute{
			"cpu_millicores": optionalNumber("Allocatable CPU of a node in millicores. By default estimated by the cloud's rules."),
			"memory_mib":     optionalNumber("Allocatable memory of a node in MiB. By default estimated by the cloud's rules."),
		}),
	}
}

func machineSpecAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"vcpu":         optionalNumber("vCPU of the machine type, 1 to " + words.Count(sizing.MaxStatedVCPU) + ". Has to be stated."),
		"memory_gib":   optionalNumber("Memory of the machine type in GiB, above 0 and at most " + words.Count(sizing.MaxStatedGiB) + "; fractions are fine. Has to be stated."),
		"architecture": optionalString("The processor architecture: " + oneOf(cloud.Architectures()) + ". By default `" + string(cloud.AMD64) + "`."),
		"burstable":    schema.BoolAttribute{Optional: true, MarkdownDescription: "Whether the machine type runs on CPU credits. By default `false`."},
		"gpus":         optionalNumber("Whole GPUs of the machine type. By default 0."),
		"max_pods": optionalNumber("The pod limit of a node: on aws the pods that its network interfaces have addresses for (1 to 737), by default 110 below 30 vCPU and 250 from there; " +
			"on gcp (8 to 256) and azure (10 to 250) its default limit, 110 unless stated."),
		"max_volumes": optionalNumber("Disks that a node attaches. By default 127 on gcp, 25 on aws, 16 on azure."),
	}
}
