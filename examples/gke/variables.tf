# What to size for.

variable "users" {
  description = "People with an account."
  type        = number
  nullable    = false
}

variable "edition" {
  description = "Edition of the reference architecture. In quotes, and pinned: a newer one resizes nothing until it stands here."
  type        = string
  default     = "2026-01"
  nullable    = false
}

variable "high_availability" {
  description = "More than one coderd where the edition leaves the choice, and a standby of the database. Left out: what the tier says."
  type        = bool
  default     = null
}

variable "concurrent_workspaces" {
  description = "Workspaces that run at once. Left out: the edition's share of the users."
  type        = number
  default     = null
}

variable "concurrent_builds" {
  description = "Workspace builds at once, so provisioners. Left out: the tier's."
  type        = number
  default     = null
}

variable "workspace_request" {
  description = "What one workspace requests: vCPU, GiB and disks. Left out: 0.5, 2 and 1."
  type = object({
    cpu        = optional(number)
    memory_gib = optional(number)
    volumes    = optional(number)
  })
  default = null
}

variable "workspace_limits" {
  description = "What one workspace may use at most: vCPU and GiB. It moves no count."
  type = object({
    cpu        = optional(number)
    memory_gib = optional(number)
  })
  default = null
}

variable "workspace_kinds" {
  description = "Kinds of workspaces that differ from the rest, each in a pool of its own, by the name of the pool: so many (`workspaces`) or a share (`percent`) of those that run at once."
  type = map(object({
    workspaces = optional(number)
    percent    = optional(number)
    requests = optional(object({
      cpu        = optional(number)
      memory_gib = optional(number)
      volumes    = optional(number)
      gpus       = optional(number)
    }))
    limits           = optional(object({ cpu = optional(number), memory_gib = optional(number) }))
    machine_type     = optional(string)
    node_allocatable = optional(object({ cpu_millicores = optional(number), memory_mib = optional(number) }))
  }))
  default  = {}
  nullable = false
}

variable "machine_specs" {
  description = "Machine types, by name, that the provider does not know or has wrong."
  type = map(object({
    vcpu         = optional(number)
    memory_gib   = optional(number)
    architecture = optional(string)
    burstable    = optional(bool)
    gpus         = optional(number)
    max_pods     = optional(number)
    max_volumes  = optional(number)
  }))
  default = null
}

variable "coderd_replicas" {
  description = "coderd pods, one a node: 1 without a licence for more. Left out: the edition's."
  type        = number
  default     = null
}

variable "pod_requests" {
  description = "What one pod of coderd and one provisioner request. Left out: the edition's."
  type = object({
    coderd      = optional(object({ cpu = optional(number), memory_gib = optional(number) }))
    provisioner = optional(object({ cpu = optional(number), memory_gib = optional(number) }))
  })
  default = null
}

variable "machine_types" {
  description = "Other machine types than the edition's, by role."
  type = object({
    coderd      = optional(string)
    provisioner = optional(string)
    workspace   = optional(string)
  })
  default = null
}

variable "packing" {
  description = "`schedulable`: workspace nodes by what Kubernetes can place. `published`: by the edition's workspaces per node, of which the older editions promise more than a node takes."
  type        = string
  default     = "schedulable"
  nullable    = false
}

variable "beyond_range" {
  description = "`error`: refuse what the edition does not cover. `extrapolate`: answer, marked as such."
  type        = string
  default     = "error"
  nullable    = false
}

variable "colocate_provisioners" {
  description = "Run the provisioners inside coderd and leave their node pool out: up to 100 users and 10 concurrent builds."
  type        = bool
  default     = false
  nullable    = false
}

variable "max_pods_per_node" {
  description = "Pod limit of the workspace nodes, 8 to 256. A change replaces their pool. Left out: 110."
  type        = number
  default     = null
}

variable "workspace_node_allocatable" {
  description = "What a node of the workspace pool reports as allocatable (kubectl describe node): measured beats estimated. Left out: what the cloud keeps of such a machine."
  type = object({
    cpu_millicores = optional(number)
    memory_mib     = optional(number)
  })
  default = null
}

variable "node_overhead" {
  description = "What every node runs besides its role's pods. The default is GKE's own daemons plus the metadata server of Workload Identity, which this cluster runs and the provider's default does not count. Add your own agents to it: it is the sum of all daemons."
  type = object({
    cpu_millicores = optional(number)
    memory_mib     = optional(number)
    pods           = optional(number)
  })
  default = {
    cpu_millicores = 349
    memory_mib     = 604
    pods           = 7
  }
  nullable = false
}

# Where. null is what the module does by itself, and its README says what that is.

variable "project" {
  description = "Google Cloud project. Enable compute.googleapis.com and cloudresourcemanager.googleapis.com in it before the first plan: it reads the region's zones, and the apply enables the other services."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region of everything here."
  type        = string
  default     = "us-central1"
  nullable    = false
}

variable "zones" {
  description = "Zones that each node pool spans."
  type        = number
  default     = 1
  nullable    = false
}

variable "zone_names" {
  description = "Zones to choose from, in this order: not every zone has every machine type. Left out: the region's."
  type        = list(string)
  default     = null
}

variable "cluster_login" {
  description = "How Terraform logs in to the cluster. `program`: gke-gcloud-auth-plugin, wherever Terraform plans or applies, makes a token when one is needed. `token`: none is needed; the token is read at plan and lasts an hour, so apply soon after."
  type        = string
  default     = "program"
  nullable    = false

  validation {
    condition     = contains(["program", "token"], var.cluster_login)
    error_message = "cluster_login is program or token."
  }
}

variable "name" {
  description = "Name of the cluster, and the beginning of every other name."
  type        = string
  default     = "coder"
  nullable    = false
}

variable "node_cidr" {
  description = "Addresses of the nodes: one each."
  type        = string
  default     = null
}

variable "pod_cidr" {
  description = "Addresses of the pods. A node takes twice its pod limit, rounded up to a block: a /24 at 110, so a /13 holds 2,048 nodes. It does not change later."
  type        = string
  default     = null
}

variable "service_cidr" {
  description = "Addresses of the Services."
  type        = string
  default     = null
}

variable "api_access_cidrs" {
  description = "Blocks from which the Kubernetes API is reached: yours, and those of the machine that runs Terraform."
  type        = list(string)
  nullable    = false
}

variable "release_channel" {
  description = "GKE's release channel."
  type        = string
  default     = null
}

variable "system_machine_type" {
  description = "Machine type of the system pool: cluster DNS, metrics and the like. It is not part of the sizing."
  type        = string
  default     = null
}

variable "postgres_version" {
  description = "Major version of PostgreSQL."
  type        = number
  default     = null
}

# What to refuse.

variable "production" {
  description = "Refuse burstable machines: with their CPU credits spent, everybody waits."
  type        = bool
  default     = true
  nullable    = false
}

variable "compute_quotas" {
  description = "What quotas leave for this deployment, by the cloud's names, such as CPUS_ALL_REGIONS. Left out: not checked."
  type        = map(number)
  default     = null
}

variable "deletion_protection" {
  description = "The cluster and the database refuse to be destroyed. Turn it off in an apply of its own before `terraform destroy`."
  type        = bool
  default     = null
}

# Coder.

variable "coder_version" {
  description = "Version of Coder's Helm charts, without a leading v. Pinned: an upgrade is yours."
  type        = string
  default     = "2.35.1"
  nullable    = false
}

variable "chart_repository" {
  description = "Helm repository of Coder's charts: a mirror where the cluster's operators reach no other."
  type        = string
  default     = null
}

variable "image_repository" {
  description = "Repository of Coder's image in a registry of your own, such as registry.example.com/coder/coder. Left out: the chart's."
  type        = string
  default     = null
}

variable "helm_values" {
  description = "Further values of the two charts, as YAML: they come last, so they win. Environment variables go into coder_env."
  type = object({
    coder       = optional(list(string), [])
    provisioner = optional(list(string), [])
  })
  default = null
}

variable "access_url" {
  description = "URL under which people and workspaces reach Coder, such as https://coder.example.com. Left out: the Service's name, which only the cluster itself resolves."
  type        = string
  default     = null
}

variable "coder_env" {
  description = "Further environment variables of coderd (CODER_WILDCARD_ACCESS_URL, CODER_OIDC_ISSUER_URL): they go into a ConfigMap, so nothing secret."
  type        = map(string)
  default     = null
}

variable "coder_env_secret_name" {
  description = "Secret in the namespace coder with further environment variables of coderd, for what is secret (CODER_OIDC_CLIENT_SECRET). Restart coderd when it changes."
  type        = string
  default     = null
}

variable "tls_secret_name" {
  description = "Secret of type kubernetes.io/tls in the namespace coder: coderd ends TLS itself. Left out: plain HTTP behind the load balancer."
  type        = string
  default     = null
}

variable "internal_load_balancer" {
  description = "Coder's load balancer takes an address of the network. false: a public one."
  type        = bool
  default     = null
}

variable "provisioner_key_secret_name" {
  description = "Secret in the namespace coder whose item `key` is a provisioner key: takes the place of the pre-shared key once Coder runs."
  type        = string
  default     = null
}

variable "coderd_surge_nodes" {
  description = "Nodes beside the sized ones in coderd's pool, for the pod by which an upgrade begins. Left out: 1 with charts before 2.38, which start such a pod and wait for it, and 0 from then on."
  type        = number
  default     = null
}
