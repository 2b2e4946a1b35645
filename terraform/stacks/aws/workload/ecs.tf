# The runtime `ecs`: what the stacks foundation and cluster made, found by names that follow from the environment's.

locals {
  is_ecs = local.release.runtime == "ecs"

  # As module ecs-cluster hands it on.
  ecs_cluster = !local.is_ecs ? null : {
    name              = local.env.name
    arn               = data.aws_ecs_cluster.this[0].arn
    capacity_provider = local.env.name
    networking        = local.env.cluster.networking
    architecture      = local.env.cluster.instances.architecture
    namespace         = { arn = data.aws_service_discovery_dns_namespace.this[0].arn }
    network = {
      vpc     = { id = data.aws_vpc.this[0].id, cidr = data.aws_vpc.this[0].cidr_block }
      subnets = { private = { for zone, subnet in data.aws_subnet.private : zone => { id = subnet.id } } }
    }
    security_group_id = data.aws_security_group.instances[0].id
    telemetry         = null
  }

  # As module load-balancer hands it on.
  load_balancer = !local.is_ecs ? null : {
    arn_suffix        = data.aws_lb.edge[0].arn_suffix
    listener_arn      = data.aws_lb_listener.edge[0].arn
    security_group_id = one(data.aws_lb.edge[0].security_groups)
  }

  existing = try(local.env.network.existing, null)
}

data "aws_ecs_cluster" "this" {
  count = local.is_ecs ? 1 : 0

  cluster_name = local.env.name
}

data "aws_service_discovery_dns_namespace" "this" {
  count = local.is_ecs ? 1 : 0

  name = "${local.env.name}.internal"
  type = "DNS_PRIVATE"
}

data "aws_security_group" "instances" {
  count = local.is_ecs ? 1 : 0

  name   = "${local.env.name}-instances"
  vpc_id = data.aws_vpc.this[0].id
}

data "aws_lb" "edge" {
  count = local.is_ecs ? 1 : 0

  name = "${local.env.name}-edge"
}

data "aws_lb_listener" "edge" {
  count = local.is_ecs ? 1 : 0

  load_balancer_arn = data.aws_lb.edge[0].arn
  port              = 443
}

data "aws_vpc" "this" {
  count = local.is_ecs ? 1 : 0

  id   = try(local.existing.vpc, null)
  tags = local.existing == null ? { Name = local.env.name } : null
}

data "aws_subnet" "private" {
  for_each = !local.is_ecs ? {} : local.existing == null ? { for zone in keys(local.env.network.zones) : zone => null } : local.existing.subnets.private

  id     = each.value
  vpc_id = data.aws_vpc.this[0].id
  tags   = each.value == null ? { Name = "${local.env.name}-private-${each.key}" } : null
}

data "aws_kms_alias" "service_logs" {
  count = local.is_ecs ? 1 : 0

  name = "alias/${local.env.name}-logs"
}
