terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0, >= 6.9"
    }
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

variable "vpc_cidr" {
  type    = string
  default = "10.0.0.0/16"
}

variable "vpc_id" {
  type    = string
  default = "vpc-0123456789abcdef0"
}

variable "zones" {
  type    = list(string)
  default = ["us-east-1a", "us-east-1b", "us-east-1c"]
}

provider "aws" {
  region = "us-east-1"
}

data "refarch_sizing" "this" {
  users   = 1000
  cloud   = "aws"
  edition = "2026-01"
  zones   = length(var.zones)

  # An upgrade adds up to two nodes in each zone to the group that it is at: three
  # groups, where all are upgraded at once.
  other_nodes = 3 * 2 * length(var.zones)
}

locals {
  newbits = data.refarch_sizing.this.addresses.node_prefix_length - tonumber(split("/", var.vpc_cidr)[1])
}

# Nodes and pods take addresses of the same subnet, one for each zone.
resource "aws_subnet" "nodes" {
  for_each = { for index, zone in var.zones : zone => index }

  vpc_id            = var.vpc_id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.vpc_cidr, local.newbits, each.value)
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
