# A VPC that is already there: looked up, never changed.

data "aws_vpc" "existing" {
  count = local.is_new ? 0 : 1

  id = var.network.existing.vpc
}

data "aws_subnet" "existing" {
  for_each = local.is_new ? {} : merge([
    for tier, zones in var.network.existing.subnets : { for zone, id in zones : "${tier}-${zone}" => id }
  ]...)

  id = each.value

  lifecycle {
    postcondition {
      condition     = self.vpc_id == data.aws_vpc.existing[0].id
      error_message = "network.existing.subnets has ${self.id} as ${each.key}, which is in ${self.vpc_id}; name a subnet of ${data.aws_vpc.existing[0].id}."
    }

    postcondition {
      condition     = endswith(self.availability_zone, split("-", each.key)[1])
      error_message = "network.existing.subnets has ${self.id} as ${each.key}, which is in ${self.availability_zone}; put it under that zone's letter."
    }
  }
}
