locals {
  subnets_by_tier = {
    for tier in keys(local.tiers) : tier => merge(
      {
        for key, subnet in local.subnets : subnet.zone => {
          id   = aws_subnet.this[key].id
          cidr = subnet.cidr
          zone = aws_subnet.this[key].availability_zone
        } if subnet.tier == tier
      },
      {
        for key, subnet in data.aws_subnet.existing : split("-", key)[1] => {
          id   = subnet.id
          cidr = subnet.cidr_block
          zone = subnet.availability_zone
        } if split("-", key)[0] == tier
      },
    )
  }
}

output "network" {
  description = "The network, to be passed on whole: the VPC, its subnets by tier (public, private, data) and letter of the zone, and the prefix lists of its gateway endpoints by service. Users wait for its routes."
  value = {
    vpc          = local.vpc
    subnets      = local.subnets_by_tier
    prefix_lists = { for service, endpoint in aws_vpc_endpoint.gateway : service => endpoint.prefix_list_id }
  }

  depends_on = [
    aws_default_security_group.this,
    aws_route.private,
    aws_route.public,
    aws_route_table_association.this,
    aws_vpc_endpoint.gateway,
    aws_vpc_endpoint.interface,
    aws_vpc_security_group_ingress_rule.endpoints,
  ]
}

output "egress" {
  description = "Public addresses that private subnets are seen from, by the zone of the NAT gateway: what others put on their allow-lists. Empty without NAT, and in an existing VPC."
  value       = { for zone, address in aws_eip.nat : zone => address.public_ip }
}
