# What the stack foundation made, found by names that follow from the environment's; or the network that was there before.

locals {
  existing = try(local.env.network.existing, null)
  zones    = try(local.env.network.zones, {})

  # Subnets by tier and letter of the zone: the id of one that was there, or null.
  subnets = merge([
    for tier in ["private", "public"] : local.existing == null
    ? { for zone in keys(local.zones) : "${tier}-${zone}" => null }
    : { for zone, id in try(local.existing.subnets[tier], {}) : "${tier}-${zone}" => id }
  ]...)

  network = {
    vpc = { id = data.aws_vpc.this.id, cidr = data.aws_vpc.this.cidr_block }
    subnets = {
      for tier in ["private", "public"] : tier => {
        for name, subnet in data.aws_subnet.this : trimprefix(name, "${tier}-") => { id = subnet.id } if startswith(name, "${tier}-")
      }
    }
  }
}

data "aws_vpc" "this" {
  id   = try(local.existing.vpc, null)
  tags = local.existing == null ? { Name = local.env.name } : null
}

data "aws_subnet" "this" {
  for_each = local.subnets

  id     = each.value
  vpc_id = data.aws_vpc.this.id
  tags   = each.value == null ? { Name = "${local.env.name}-${each.key}" } : null
}

data "aws_kms_alias" "this" {
  for_each = toset(["data", "logs"])

  name = "alias/${local.env.name}-${each.key}"
}
