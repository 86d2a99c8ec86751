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
  description = "Pod limit of the workspace nodes, at most 110 below 30 vCPU and 250 from there. Setting it turns prefix delegation on, without which the network interfaces do not carry more. Left out: what they carry."
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
  description = "What every node runs besides its role's pods. The default is EKS's own daemons plus the agent of Pod Identity, which this cluster runs and the provider's default does not count. Add your own agents to it: it is the sum of all daemons."
  type = object({
    cpu_millicores = optional(number)
    memory_mib     = optional(number)
    pods           = optional(number)
  })
  default = {
    cpu_millicores = 180
    memory_mib     = 120
    pods           = 4
  }
  nullable = false
}

# Where. null is what the module does by itself, and its README says what that is.

variable "region" {
  description = "Region of everything here."
  type        = string
  default     = "us-east-1"
  nullable    = false
}

variable "zones" {
  description = "Availability zones that each node pool spans, 1 to 3."
  type        = number
  default     = 1
  nullable    = false
}

variable "zone_names" {
  description = "Zones to choose from, in this order, two at least: not every zone has every instance type. Left out: the region's. A change moves subnets."
  type        = list(string)
  default     = null
}

variable "cluster_login" {
  description = "How Terraform logs in to the cluster. `program`: AWS CLI, wherever Terraform plans or applies, makes a token when one is needed. `token`: none is needed; the token is read at plan and lasts 15 minutes, so apply soon after."
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

variable "tags" {
  description = "Tags of every AWS resource."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "vpc_cidr" {
  description = "Addresses of the VPC, of which each zone gets a quarter for its nodes and pods."
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

variable "kubernetes_version" {
  description = "Kubernetes version of the cluster and its nodes. Left out: EKS's default at creation."
  type        = string
  default     = null
}

variable "cluster_autoscaler_chart_version" {
  description = "Version of the cluster-autoscaler chart. Take one whose application version is your Kubernetes version."
  type        = string
  default     = null
}

variable "cluster_autoscaler_chart_repository" {
  description = "Helm repository of the cluster-autoscaler chart."
  type        = string
  default     = null
}

variable "cluster_autoscaler_helm_values" {
  description = "Further values of the cluster-autoscaler chart, as YAML: an image in a registry of your own, for one."
  type        = list(string)
  default     = null
}

variable "system_machine_type" {
  description = "Instance type of the system pool: cluster DNS, the autoscaler and the like. It is not part of the sizing."
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
  description = "What quotas leave for this deployment, by the cloud's names, such as L-1216C47A. Left out: not checked."
  type        = map(number)
  default     = null
}

variable "max_nodes_per_group" {
  description = "Nodes that AWS lets a managed node group have: 450 by default, more on request. The plan is refused where a group may grow beyond it."
  type        = number
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
