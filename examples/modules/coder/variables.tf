variable "sizing" {
  description = "The answer of refarch_sizing: `sizing = data.refarch_sizing.this`."
  type        = any
  nullable    = false
}

variable "colocate_provisioners" {
  description = "Run no provisioners of their own: what refarch_sizing was asked with."
  type        = bool
  default     = false
  nullable    = false
}

# What the cloud's module puts out under the same names.

variable "platform" {
  description = "What Coder has to know of the cluster: what pods need to run on the nodes of a role (`coderd`, `provisioner`), what makes the disks for homes (and for those of a kind of workspace, where that is another), whether GPUs need the device plugin, and the annotations of a Service for a load balancer that takes an address of the network or a public one."
  nullable    = false

  type = object({
    scheduling = map(object({
      nodeSelector = map(string)
      tolerations  = list(object({ key = string, operator = string, value = string, effect = string }))
    }))
    storage_class             = object({ provisioner = string, parameters = map(string) })
    kind_storage_classes      = optional(map(object({ provisioner = string, parameters = map(string) })), {})
    device_plugin             = bool
    load_balancer_annotations = object({ internal = map(string), public = map(string) })
  })
}

variable "node_pools" {
  description = "The pools that Coder runs on, for the order alone: its chart waits for them, and goes before they do."
  type        = map(string)
  nullable    = false
}

variable "database_url" {
  description = "Connection URL of the database, with its password."
  type        = string
  sensitive   = true
  nullable    = false
}

# What Coder is told.

variable "coder_version" {
  description = "Version of Coder's Helm charts, without a leading v."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^\\d+\\.\\d+\\.\\d+", var.coder_version))
    error_message = "coder_version is a chart version such as 2.35.1, without a leading v."
  }
}

variable "chart_repository" {
  description = "Helm repository of Coder's charts: a mirror where the cluster's operators reach no other."
  type        = string
  default     = "https://helm.coder.com/v2"
  nullable    = false
}

variable "image_repository" {
  description = "Repository of Coder's image in a registry of your own, such as registry.example.com/coder/coder. Left out: the chart's."
  type        = string
  default     = null
}

variable "device_plugin_chart_repository" {
  description = "Helm repository of NVIDIA's device plugin, which runs where a kind of workspace asks for GPUs and the cloud has none of its own."
  type        = string
  default     = "https://nvidia.github.io/k8s-device-plugin"
  nullable    = false
}

variable "device_plugin_chart_version" {
  description = "Version of the nvidia-device-plugin chart."
  type        = string
  default     = "0.17.4"
  nullable    = false
}

variable "helm_values" {
  description = "Further values of the two charts, as YAML: they come last, so they win. Environment variables go into coder_env."
  type = object({
    coder       = optional(list(string), [])
    provisioner = optional(list(string), [])
  })
  default  = {}
  nullable = false

  validation {
    condition     = !anytrue([for document in concat(var.helm_values.coder, var.helm_values.provisioner) : can(yamldecode(document).coder.env)])
    error_message = "helm_values has coder.env. Helm replaces lists, so it would drop variables of this module: coder_env and coder_env_secret_name take them."
  }
}

variable "access_url" {
  description = "URL under which people and workspaces reach Coder, such as https://coder.example.com. Left out: the Service's name, which only the cluster itself resolves."
  type        = string
  default     = null

  validation {
    condition     = var.access_url == null || can(regex("^https?://[^/]+$", var.access_url))
    error_message = "access_url is a scheme and a host, without a path: https://coder.example.com."
  }
}

variable "coder_env" {
  description = "Further environment variables of coderd (CODER_WILDCARD_ACCESS_URL, CODER_OIDC_ISSUER_URL): they go into a ConfigMap, so nothing secret."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = length(setintersection(keys(var.coder_env), [
      "CODER_ACCESS_URL", "CODER_PG_CONNECTION_URL", "CODER_PROVISIONER_DAEMONS", "CODER_PROVISIONER_DAEMON_PSK",
    ])) == 0
    error_message = "CODER_ACCESS_URL (access_url), CODER_PG_CONNECTION_URL, CODER_PROVISIONER_DAEMONS and CODER_PROVISIONER_DAEMON_PSK are set by this module."
  }
}

variable "coder_env_secret_name" {
  description = "Secret in the namespace coder with further environment variables of coderd, for what is secret (CODER_OIDC_CLIENT_SECRET). Restart coderd when it changes."
  type        = string
  default     = null
}

variable "tls_secret_name" {
  description = "Secret of type kubernetes.io/tls in the namespace coder: coderd ends TLS itself, and with access_url what comes to port 80 is sent there. Provisioners come by the access URL then, so their image has to trust the certificate. Left out: plain HTTP behind the load balancer."
  type        = string
  default     = null
}

variable "internal_load_balancer" {
  description = "Coder's load balancer takes an address of the network. false: a public one."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = var.internal_load_balancer || var.tls_secret_name != null
    error_message = "A public load balancer takes tls_secret_name: without it, passwords travel in plain text, and whoever comes first is the owner. Apply once with an internal one, add the Secret and the first user, then make it public."
  }
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

  validation {
    condition     = var.coderd_surge_nodes == null ? true : var.coderd_surge_nodes >= 0 && floor(var.coderd_surge_nodes) == var.coderd_surge_nodes
    error_message = "coderd_surge_nodes is a whole number, at least 0."
  }

  validation {
    condition     = var.coderd_surge_nodes != 0 || local.chart_knows_strategy || var.sizing.coderd.node_count == 1
    error_message = "coderd_surge_nodes is 0, and ${var.coder_version} is a chart before 2.38: it does not know coder.strategy, so an upgrade of ${var.sizing.coderd.node_count} coderd waits for a pod more, which no node has room for. Leave coderd_surge_nodes out, set it to 1, or take a chart from 2.38 on."
  }
}
