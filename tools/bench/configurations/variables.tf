# The same for everybody: how many sizings. No two are alike, so that no cache
# of an answer flatters: users from 1 to 3,000, the clouds in turn, from there
# all again in another cloud, and after 9,000 in another number of zones. They
# are counted, since Terraform reads a whole for_each again for each instance.

variable "sizings" {
  type = number
}

locals {
  clouds = ["gcp", "aws", "azure"]
}
