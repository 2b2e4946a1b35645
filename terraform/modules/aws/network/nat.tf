locals {
  # The gateway's zone for each zone that gets out.
  first_zone = try([for zone, slot in local.zones : zone if slot == min(values(local.zones)...)][0], null)
  nat_zone_of = {
    for zone in keys(local.zones) : zone => var.network.nat == "single" ? local.first_zone : zone
    if var.network.nat != "none"
  }
}

resource "aws_eip" "nat" {
  for_each = toset(values(local.nat_zone_of))

  domain = "vpc"
  tags   = merge(var.context.tags, { Name = "${var.context.name}-nat-${each.key}" })
}

resource "aws_nat_gateway" "this" {
  for_each = aws_eip.nat

  allocation_id = each.value.id
  subnet_id     = aws_subnet.this["public-${each.key}"].id
  tags          = merge(var.context.tags, { Name = "${var.context.name}-${each.key}" })

  depends_on = [aws_route.public] # useless before there is a way out
}
