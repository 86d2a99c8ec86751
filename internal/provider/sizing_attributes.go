// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// sizingAnswers are what refarch_sizing answers. The roles are attributes of
// fixed names: keys that depend on input would be unknown in a deferred read.
func sizingAnswers() map[string]schema.Attribute {
	workspaceProxy := nested("The nodes of workspace proxies in one region; null without `proxy_regions`. `totals` counts them once per region.", nodePoolAttributes())
	return map[string]schema.Attribute{
		"tier":            nested("The published row that answers.", tierAttributes()),
		"coderd":          nested("The nodes of coderd. A static pool: coderd does not autoscale, a lost replica drops its connections.", nodePoolAttributes()),
		"provisioner":     nested("The nodes of provisioners. A static pool; all counts are 0 with `colocate_provisioners`.", nodePoolAttributes()),
		"workspace":       nested("The nodes of workspaces. An autoscaler may run it between its bounds.", nodePoolAttributes()),
		"workspace_proxy": workspaceProxy,
		"database":        nested("The managed PostgreSQL.", databaseAttributes()),
		"built_in_provisioners": number("Provisioners inside each coderd pod, for `CODER_PROVISIONER_DAEMONS`: 0 beside a provisioner pool; " +
			"with `colocate_provisioners` the concurrent builds over the coderd pods, rounded up."),
		"workspace_pools": schema.MapNestedAttribute{
			Computed:            true,
			MarkdownDescription: "The nodes of each kind of workspace, by its key in `workspace_kinds`; empty without. Make pools by `for_each` over the keys of your own variable: those are known while counts are not.",
			NestedObject:        schema.NestedAttributeObject{Attributes: nodePoolAttributes()},
		},
		"totals": nested("All node pools together at their `node_count`. The database is not in it.", totalsAttributes()),
		"peak":   nested("All node pools together with each at `max_node_count_per_zone` times `zones`: what an autoscaler may reach.", totalsAttributes()),
		"compute_quotas": schema.MapNestedAttribute{
			Computed: true,
			MarkdownDescription: "What the machines count against, by the cloud's own name of the quota: `L-1216C47A`, `standardDSv5Family`, `T2D_CPUS`; beside them the total of all vCPU where the cloud has one. " +
				"A machine type whose quota nobody knows is missing here and told by the warning `" + string(sizing.WarnQuotaUnknown) + "`.",
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"unit":   text("What the quota counts: " + oneOf(cloud.QuotaUnits()) + "."),
				"needed": number("What the fleet takes at `node_count`, in `unit`."),
				"peak":   number("What the fleet takes as in `peak`, in `unit`."),
			}},
		},
		"addresses": nested("What the network has to hold. A block is large enough if its prefix is not longer than the one answered.", map[string]schema.Attribute{
			"node_count": number("Nodes with every pool at its largest in every zone, and `other_nodes`; proxies run in other regions."),
			"node_prefix_length": number("Length of the prefix of the nodes' range, such as 24: on gcp and azure one subnet, on aws one for each zone, which holds the pods too. " +
				"Null where no network is large enough."),
			"pod_prefix_length": number("Length of the prefix of the pods' range. Null on aws, and where no network is large enough."),
		}),
		"resource_quota": schema.MapAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "`hard` of a ResourceQuota for the namespace of all workspaces, everyone at work: `pods`, `requests.cpu`, `requests.memory`; " +
				"`limits.cpu` and `limits.memory` where every workspace that may run has that limit; `requests.nvidia.com/gpu` where one asks for GPUs. " +
				"Claims are not in it: homes of stopped workspaces keep theirs.",
		},
		"helm_values": nested("Values for `helm_release.values`: replicas, requests and provisioners of this fleet. "+
			"They set `coder.env`, and Helm replaces lists: a second `coder.env` in other values drops `CODER_PROVISIONER_DAEMONS`. "+
			"Pass what else coderd needs by `coder.envFrom`.", map[string]schema.Attribute{
			"coder": text("YAML for the chart `coder`: `coder.replicaCount`, `coder.resources`, `coder.strategy`, and `CODER_PROVISIONER_DAEMONS` in `coder.env`. " +
				"The strategy replaces pod by pod without a surge pod, which would find no free node; charts that do not know `coder.strategy` ignore it."),
			"provisioner": text("YAML for the chart `coder-provisioner`; null with `colocate_provisioners`."),
		}),
		"in_validated_range": boolean("Whether the edition covers this load: `false` where the answer was extrapolated."),
		"warnings": nestedList("What changes the answer and should be known, for `check`, `precondition` and `postcondition`: each code at most once.",
			map[string]schema.Attribute{
				"code":    text("What it is about, a name that never changes: " + oneOf(sizing.WarningCodes()) + "."),
				"message": text("The warning in words, with its figures and what to do."),
			}),
		"summary": text("The fleet as a text table of at most 100 columns. Put it into an output: a plan shows the values of a data source only there."),
	}
}

func totalsAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"node_count": number("Number of nodes."),
		"vcpu":       number("vCPU of all nodes."),
		"memory_gib": number("Memory of all nodes in GiB, to two decimals."),
	}
}

func tierAttributes() map[string]schema.Attribute {
	attributes := tierRowAttributes()
	attributes["notes"] = schema.ListAttribute{
		Computed: true, ElementType: types.StringType,
		MarkdownDescription: "The page's stance and footnotes in our words, in the order of the page.",
	}
	return attributes
}

// tierRowAttributes are what both data sources tell of a tier.
func tierRowAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"name":                  text("The name of the tier, such as `1k`."),
		"users":                 number("Users that the tier covers."),
		"api_rps":               number("API requests per second that the tier covers; null where the edition publishes no limit."),
		"concurrent_workspaces": number("Running workspaces that the tier covers."),
		"concurrent_builds":     number("Concurrent workspace builds that the tier covers."),
		"high_availability":     boolean("Whether the tier is meant to be highly available."),
		"source_url":            text("The page that the row stands on."),
		"source_commit":         text("The commit of the vendor's repository that introduced the page."),
	}
}

func nodePoolAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"machine_type": text("The machine type, as node pools take it."),
		"architecture": text("The processor architecture of the machine type: `amd64` or `arm64`."),
		"burstable":    boolean("Whether the machine type runs on CPU credits, which a lasting load uses up."),
		"vcpu":         number("vCPU of one node."),
		"memory_gib":   number("Memory of one node in GiB to two decimals, by the cloud's specification."),
		"node_count":   number("Number of nodes to run: the page's *Replicas*, or calculated for fewer users."),
		"min_node_count": number("Least number of nodes: the lower bound for an autoscaler of the workspace pool. " +
			"The pools of coderd, provisioners and proxies are static."),
		"max_node_count": number("Greatest number of nodes: the upper bound for an autoscaler of the workspace pool, with everyone at work at once."),
		"node_count_per_zone": number("`node_count` over `zones`, rounded up: for node pools that count per zone. " +
			"All zones together may hold more than `node_count`."),
		"min_node_count_per_zone": number("`min_node_count` over `zones`, rounded up."),
		"max_node_count_per_zone": number("`max_node_count` over `zones`, rounded up."),
		"pods_per_node":           number("Pods of the role that a node is counted with: the page's *workspaces each*, *provisioners each*, *coderd each*, or calculated where it has no such cell."),
		"pods": number("Pods of the role in all: coderd replicas, concurrent builds or concurrent workspaces. " +
			"It may be less than `node_count` times `pods_per_node`."),
		"schedulable_pods_per_node":  number("Pods of the role that Kubernetes can place on a node beside its own reservations and the daemons."),
		"limited_by":                 text("What bounds `schedulable_pods_per_node`: " + oneOf(sizing.Limits()) + "."),
		"schedulable_cpu_millicores": number("Millicores that a node has for the role's pods, beside its own reservations and the daemons."),
		"schedulable_memory_mib": number("MiB of memory that a node has for the role's pods, beside its own reservations and the daemons. " +
			"A pod that requests just this and `schedulable_cpu_millicores` keeps one node warm."),
		"max_pods_per_node": number("The pod limit that the figures assume, of this pool's nodes. Wire it into each pool: on AKS `max_pods` is 250 by default with an overlay network, " +
			"and what a node keeps for itself grows with it."),
		"max_volumes_per_node": number("Disks that the cloud's storage driver attaches to a node at most."),
		"pod_request": nested("What one pod of the role requests.", map[string]schema.Attribute{
			"cpu_millicores": number("CPU request of one pod in millicores."),
			"memory_mib":     number("Memory request of one pod in MiB."),
		}),
		"gpus": number("Whole GPUs of one node."),
		"pod_limits": nested("What one pod of the role may use at most: of workspaces what the configuration states, of the other roles what `helm_values` sets.", map[string]schema.Attribute{
			"cpu_millicores": number("CPU limit of one pod in millicores; null where there is none."),
			"memory_mib":     number("Memory limit of one pod in MiB; null where there is none."),
		}),
		"overcommit": nested("What the pods of a full node may use over what it has for them: `pods_per_node` times the limit over the schedulable figure, to two decimals.", map[string]schema.Attribute{
			"cpu":    number("Ratio of CPU limits to schedulable millicores; null without a limit."),
			"memory": number("Ratio of memory limits to schedulable MiB; null without a limit. Above 1 pods may be killed when the node runs out."),
		}),
		"published": nested("The role's row on the page as it stands; null where the page has none.", publishedPoolAttributes()),
		"basis": text("Where the machine type comes from: " + oneOf(sizing.Bases()) + ". `" +
			string(sizing.BasisPublished) + "` types are the page's own."),
	}
}

func publishedPoolAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"vcpu":           number("The page's vCPU of a node, or of a pod where it sizes pods."),
		"memory_gb":      number("The page's memory of a node, or of a pod where it sizes pods, in its own word GB."),
		"min_node_count": number("The page's least *Replicas*; null where it has no such cell."),
		"max_node_count": number("The page's greatest *Replicas*; null where it has no such cell."),
		"pods_per_node":  number("The page's *workspaces each*, *provisioners each*, *coderd each*; null where it has no such cell."),
	}
}

func databaseAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"machine_type":      text("The machine type, as the page writes it, or derived from its vCPU and memory: `Standard_D2s_v3`."),
		"sku":               text("The same as the database resource takes it: `GP_Standard_D2s_v3`, `db.t3.large`, `db-custom-2-7680`."),
		"cloud_sql_edition": text("The edition of Cloud SQL that takes the machine type: `ENTERPRISE`. Null on other clouds."),
		"architecture":      text("The processor architecture of the machine type: `amd64` or `arm64`."),
		"burstable":         boolean("Whether the machine type runs on CPU credits, which a lasting load uses up."),
		"vcpu":              number("vCPU of one database node."),
		"memory_gib":        number("Memory of one database node in GiB to two decimals, by the cloud's specification."),
		"node_count":        number("Number of database nodes: the page's *Replicas*. Read two as a primary and its standby."),
		"high_availability": boolean("Whether the database gets a standby: the value used of the argument."),
		"storage_gb":        number("Storage in GB as the cloud sells it, at least the published one."),
		"storage_mb":        number("`storage_gb` in MB: times 1024."),
		"max_storage_gb":    number("Ceiling in GB for a storage that grows by itself: twice `storage_gb`, as the cloud sells it."),
		"max_connections":   number("Least number of connections to allow: 10 per coderd pod and a fifth more, rounded up, at least 100."),
		"published":         nested("The database's row on the page as it stands.", publishedDatabaseAttributes()),
		"basis": text("Where the machine type comes from: " + oneOf(sizing.Bases()) + ". `" +
			string(sizing.BasisPublished) + "` types are the page's own."),
	}
}

func publishedDatabaseAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"vcpu":       number("The page's vCPU of a node."),
		"memory_gb":  number("The page's memory of a node, in its own word GB."),
		"node_count": number("The page's *Replicas*."),
		"storage_gb": number("The page's storage in GB, with 1024 to the TB; null where it has no such cell."),
	}
}

// with adds attributes to others.
func with(attributes, more map[string]schema.Attribute) map[string]schema.Attribute {
	maps.Copy(attributes, more)
	return attributes
}
