# public: to the internet. private: out through NAT where there is one. data: nowhere but within the VPC. A private table for each
# zone even where all lead to one gateway, so that going from `single` to `per-zone` changes routes and no tables.

resource "aws_internet_gateway" "this" {
  count = local.is_new ? 1 : 0

  vpc_id = aws_vpc.this[0].id
  tags   = merge(var.context.tags, { Name = var.context.name })
}

resource "aws_route_table" "this" {
  for_each = local.is_new ? toset(concat(["public", "data"], [for zone in keys(local.zones) : "private-${zone}"])) : []

  vpc_id = aws_vpc.this[0].id
  tags   = merge(var.context.tags, { Name = "${var.context.name}-${each.key}" })
}

resource "aws_route_table_association" "this" {
  for_each = local.subnets

  subnet_id      = aws_subnet.this[each.key].id
  route_table_id = aws_route_table.this[each.value.tier == "private" ? each.key : each.value.tier].id
}

resource "aws_route" "public" {
  count = local.is_new ? 1 : 0

  route_table_id         = aws_route_table.this["public"].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "private" {
  for_each = local.nat_zone_of

  route_table_id         = aws_route_table.this["private-${each.key}"].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[each.value].id
}
