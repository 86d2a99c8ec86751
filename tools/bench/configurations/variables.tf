# The same for everybody: what to size.

variable "sizings" {
  type = map(object({
    users = number
    cloud = string
    zones = number
  }))
}
