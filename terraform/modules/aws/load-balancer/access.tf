# Who may connect. Whom it may connect to is said by those who attach a service: each adds a rule for its own targets.

locals {
  # By what they are called, so that one more or less leaves the others alone. An id of a prefix list may be known only after the apply.
  sources = var.load_balancer.from == null ? {
    vpc = { cidr = var.load_balancer.network.vpc.cidr, prefix_list = null }
    } : merge(
    { for cidr in var.load_balancer.from.cidrs : cidr => { cidr = cidr, prefix_list = null } },
    { for name, id in var.load_balancer.from.prefix_lists : name => { cidr = null, prefix_list = id } },
  )

  ports = { http = 80, https = 443 }

  entrances = {
    for entrance in setproduct(keys(local.ports), keys(local.sources)) :
    "${entrance[0]}-${entrance[1]}" => merge(local.sources[entrance[1]], { port = local.ports[entrance[0]] })
  }
}

resource "aws_security_group" "this" {
  name        = local.name
  description = "Load balancer ${local.name}"
  vpc_id      = var.load_balancer.network.vpc.id
  tags        = merge(var.context.tags, { Name = local.name })
}

resource "aws_vpc_security_group_ingress_rule" "client" {
  for_each = local.entrances

  security_group_id = aws_security_group.this.id
  description       = each.value.port == 443 ? "Clients" : "Clients, to be sent to HTTPS"
  cidr_ipv4         = each.value.cidr
  prefix_list_id    = each.value.prefix_list
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  tags              = merge(var.context.tags, { Name = local.name })
}
