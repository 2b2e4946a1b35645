# What reaches instances, and whom they reach.

locals {
  # Ports of an instance behind which tasks are in bridge mode. The agent is told them.
  task_ports = { from = 32768, to = 60999 }

  # Tasks in bridge mode talk to each other through their instances.
  has_shared_ports = var.ecs_cluster.networking == "bridge"
}

resource "aws_security_group" "instance" {
  name        = "${local.name}-instances"
  description = "Instances of cluster ${local.name}"
  vpc_id      = var.ecs_cluster.network.vpc.id
  tags        = merge(var.context.tags, { Name = "${local.name}-instances" })
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.instance.id
  description       = "AWS and registries of images"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  tags              = merge(var.context.tags, { Name = "${local.name}-instances" })
}

resource "aws_vpc_security_group_egress_rule" "tasks" {
  count = local.has_shared_ports ? 1 : 0

  security_group_id            = aws_security_group.instance.id
  description                  = "Tasks on other instances"
  referenced_security_group_id = aws_security_group.instance.id
  ip_protocol                  = "tcp"
  from_port                    = local.task_ports.from
  to_port                      = local.task_ports.to
  tags                         = merge(var.context.tags, { Name = "${local.name}-instances" })
}

resource "aws_vpc_security_group_ingress_rule" "tasks" {
  count = local.has_shared_ports ? 1 : 0

  security_group_id            = aws_security_group.instance.id
  description                  = "Tasks on other instances"
  referenced_security_group_id = aws_security_group.instance.id
  ip_protocol                  = "tcp"
  from_port                    = local.task_ports.from
  to_port                      = local.task_ports.to
  tags                         = merge(var.context.tags, { Name = "${local.name}-instances" })
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  for_each = var.ecs_cluster.load_balancers

  security_group_id            = aws_security_group.instance.id
  description                  = "Load balancer ${each.key} to tasks"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = local.task_ports.from
  to_port                      = local.task_ports.to
  tags                         = merge(var.context.tags, { Name = "${local.name}-${each.key}" })
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  for_each = var.ecs_cluster.load_balancers

  security_group_id            = each.value
  description                  = "Tasks on instances of cluster ${local.name}"
  referenced_security_group_id = aws_security_group.instance.id
  ip_protocol                  = "tcp"
  from_port                    = local.task_ports.from
  to_port                      = local.task_ports.to
  tags                         = merge(var.context.tags, { Name = "${local.name}-${each.key}" })
}
