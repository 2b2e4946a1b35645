# Who reaches tasks, and whom they reach, where they have addresses of their own. In bridge mode the cluster says it for all.

locals {
  own_group = local.is_awsvpc ? 1 : 0

  # The load balancer's requests, and its health checks where those go elsewhere.
  ports = local.own_group * local.has_route > 0 ? toset([for port in distinct(compact([var.ecs_service.port, var.ecs_service.health.port])) : tostring(port)]) : toset([])

  callers = local.own_group > 0 && local.has_port ? var.ecs_service.callers : {}
}

resource "aws_security_group" "this" {
  count = local.own_group

  name        = local.name
  description = "Tasks of service ${local.name}"
  vpc_id      = var.ecs_service.cluster.network.vpc.id
  tags        = merge(var.context.tags, { Name = local.name })
}

resource "aws_vpc_security_group_egress_rule" "https" {
  count = local.own_group

  security_group_id = aws_security_group.this[0].id
  description       = "AWS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  tags              = merge(var.context.tags, { Name = local.name })
}

resource "aws_vpc_security_group_egress_rule" "telemetry" {
  count = var.ecs_service.cluster.telemetry == null ? 0 : local.own_group

  security_group_id = aws_security_group.this[0].id
  description       = "Collectors of telemetry"
  cidr_ipv4         = var.ecs_service.cluster.network.vpc.cidr
  ip_protocol       = "tcp"
  from_port         = 4317
  to_port           = 4318
  tags              = merge(var.context.tags, { Name = local.name })
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  for_each = local.ports

  security_group_id            = aws_security_group.this[0].id
  description                  = "Load balancer"
  referenced_security_group_id = var.ecs_service.route.load_balancer.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
  tags                         = merge(var.context.tags, { Name = local.name })
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  for_each = local.ports

  security_group_id            = var.ecs_service.route.load_balancer.security_group_id
  description                  = "Tasks of service ${local.name}"
  referenced_security_group_id = aws_security_group.this[0].id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
  tags                         = merge(var.context.tags, { Name = local.name })
}

resource "aws_vpc_security_group_ingress_rule" "caller" {
  for_each = local.callers

  security_group_id            = aws_security_group.this[0].id
  description                  = "Caller ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = var.ecs_service.port
  to_port                      = var.ecs_service.port
  tags                         = merge(var.context.tags, { Name = local.name })
}

resource "aws_vpc_security_group_egress_rule" "caller" {
  for_each = local.callers

  security_group_id            = each.value
  description                  = "Service ${local.name}"
  referenced_security_group_id = aws_security_group.this[0].id
  ip_protocol                  = "tcp"
  from_port                    = var.ecs_service.port
  to_port                      = var.ecs_service.port
  tags                         = merge(var.context.tags, { Name = local.name })
}

resource "aws_vpc_security_group_egress_rule" "reaches" {
  for_each = var.ecs_service.reaches

  security_group_id            = aws_security_group.this[0].id
  description                  = each.key
  referenced_security_group_id = each.value.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  tags                         = merge(var.context.tags, { Name = local.name })
}
