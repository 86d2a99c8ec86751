variable "sizing" {
  description = "The answer of refarch_sizing: `sizing = data.refarch_sizing.this`."
  type        = any
  nullable    = false
}

variable "ranges" {
  description = "Ranges of addresses by the names of their variables. `longest_prefix` is that of the smallest block that holds the nodes, null where none is asked for."
  type        = map(object({ cidr = string, longest_prefix = optional(number) }))
  nullable    = false
}

variable "compute_quotas" {
  description = "What quotas leave for this deployment, by the cloud's names."
  type        = map(number)
  default     = {}
  nullable    = false
}

variable "own_pool_limit" {
  description = "Whoever calls this module counts the nodes of a pool himself: quotas of his own allow more than the cloud does by default."
  type        = bool
  default     = false
  nullable    = false
}

variable "cloud" {
  description = "Name of the cloud, as refarch_sizing has it. Left out: nothing is known of what it sells."
  type        = string
  default     = null
}

variable "pools" {
  description = "The pools to be made: their machine types have to be on sale."
  type        = map(object({ machine_type = string, pod_request = optional(object({ cpu_millicores = number, memory_mib = number }), { cpu_millicores = 1, memory_mib = 1 }) }))
  default     = {}
  nullable    = false
}

variable "sold" {
  description = "Machine types on sale by zone, of those that the output `machine_types` asks for."
  type        = map(set(string))
  default     = {}
  nullable    = false
}
