data "aws_availability_zones" "available" {
  # No local zones, and none of the three in which EKS has no control plane.
  # In any state: an outage must not move subnets.
  all_availability_zones = false
  exclude_zone_ids       = ["use1-az3", "usw1-az2", "cac1-az3"]

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  zones_to_choose = var.zone_names == null ? data.aws_availability_zones.available.names : var.zone_names

  # Zones by number, so that keys are known before the zones' names are. The
  # cluster and the database want two; the nodes run in the first var.zones.
  network_zones = { for i in range(max(2, var.zones)) : tostring(i) => local.zones_to_choose[i] }
  node_zones    = toset([for i in range(var.zones) : tostring(i)])
}

# A block of AWS's is a /16 at most, and a subnet lies in one. A /14 is four of them:
# zones can be added, and none outgrows its subnet.
locals {
  vpc_bits   = try(max(0, 16 - tonumber(split("/", var.vpc_cidr)[1])), 0)
  vpc_blocks = [for i in range(pow(2, local.vpc_bits)) : cidrsubnet(var.vpc_cidr, local.vpc_bits, i)]
}

module "checks" {
  source = "../checks"

  sizing         = var.sizing
  compute_quotas = var.compute_quotas
  own_pool_limit = true # max_nodes_per_group

  cloud = "aws"
  pools = merge({ system = { machine_type = var.system_machine_type } }, { for role in setunion(local.static_roles, var.workspace_pools) : role => local.pools[role] })
  sold = {
    for zone in [for key in local.node_zones : local.network_zones[key]] : zone => [
      for i, type in data.aws_ec2_instance_type_offerings.sold.instance_types : type if data.aws_ec2_instance_type_offerings.sold.locations[i] == zone
    ]
  }

  ranges = {
    vpc_cidr     = { cidr = var.vpc_cidr, longest_prefix = try(var.sizing.addresses.node_prefix_length - 2, null) } # a quarter each zone
    service_cidr = { cidr = var.service_cidr }
  }
}

data "aws_ec2_instance_type_offerings" "sold" {
  location_type = "availability-zone"

  filter {
    name   = "instance-type"
    values = slice(module.checks.machine_types, 0, min(200, length(module.checks.machine_types))) # AWS takes 200
  }

  filter {
    name   = "location"
    values = [for key in local.node_zones : local.network_zones[key]]
  }
}

resource "aws_vpc" "this" {
  cidr_block           = local.vpc_blocks[0]
  enable_dns_hostnames = true # nodes join by name
  enable_dns_support   = true

  tags = { Name = var.name }
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  for_each = toset(slice(local.vpc_blocks, 1, length(local.vpc_blocks)))

  vpc_id     = aws_vpc.this.id
  cidr_block = each.value
}

# Nodes, pods and the database.
resource "aws_subnet" "private" {
  for_each = local.network_zones

  vpc_id            = aws_vpc.this.id
  availability_zone = each.value
  cidr_block        = cidrsubnet(var.vpc_cidr, 2, tonumber(each.key) + 1)

  tags = {
    Name                              = "${var.name}-private-${each.key}"
    "kubernetes.io/role/internal-elb" = "1"
  }

  depends_on = [aws_vpc_ipv4_cidr_block_association.this]
}

# NAT gateways, and a public load balancer where one is asked for.
resource "aws_subnet" "public" {
  for_each = local.network_zones

  vpc_id            = aws_vpc.this.id
  availability_zone = each.value
  cidr_block        = cidrsubnet(var.vpc_cidr, 8, tonumber(each.key))

  tags = {
    Name                     = "${var.name}-public-${each.key}"
    "kubernetes.io/role/elb" = "1"
  }
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = var.name }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-public" }
}

resource "aws_route" "public" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  for_each = local.network_zones

  subnet_id      = aws_subnet.public[each.key].id
  route_table_id = aws_route_table.public.id
}

# One gateway in each zone with nodes: a zone that fails takes no other along.
resource "aws_eip" "nat" {
  for_each = local.node_zones

  domain = "vpc"

  tags = { Name = "${var.name}-nat-${each.key}" }

  depends_on = [aws_internet_gateway.this]
}

resource "aws_nat_gateway" "this" {
  for_each = local.node_zones

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id

  tags = { Name = "${var.name}-${each.key}" }

  # A gateway without a way out serves nobody, at a destroy neither.
  depends_on = [
    aws_route.public,
    aws_route_table_association.public,
  ]
}

resource "aws_route_table" "private" {
  for_each = local.node_zones

  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-private-${each.key}" }
}

resource "aws_route" "private" {
  for_each = local.node_zones

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[each.key].id
}

resource "aws_route_table_association" "private" {
  for_each = local.node_zones

  subnet_id      = aws_subnet.private[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}
