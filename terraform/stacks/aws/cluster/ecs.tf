# The runtime `ecs`: a cluster of instances, and the load balancer that its services share.

locals {
  is_ecs  = local.env.cluster.runtime == "ecs"
  is_free = try(local.env.freeTier, false)
}

module "ecs_cluster" {
  source = "../../../modules/aws/ecs-cluster"
  count  = local.is_ecs ? 1 : 0

  context = { name = local.env.name, boundary_arn = local.boundary_arn }
  ecs_cluster = {
    network        = local.network
    networking     = local.env.cluster.networking
    load_balancers = local.env.cluster.networking == "bridge" ? { edge = module.load_balancer[0].load_balancer.security_group_id } : {}
    logs           = { kms_key_arn = data.aws_kms_alias.this["logs"].target_key_arn }
    insights       = local.is_free ? "disabled" : "enhanced"
    protected      = local.env.protected

    instances = {
      type        = local.env.cluster.instances.types[0]
      min         = local.env.cluster.instances.min
      max         = local.env.cluster.instances.max
      disk_gb     = try(local.env.cluster.instances.disk, 30)
      kms_key_arn = data.aws_kms_alias.this["data"].target_key_arn

      public_address = local.is_free
    }
  }
}

module "load_balancer" {
  source = "../../../modules/aws/load-balancer"
  count  = local.is_ecs ? 1 : 0

  context = { name = local.env.name }
  load_balancer = {
    network         = local.network
    from            = { cidrs = local.env.cluster.from }
    certificate_arn = data.aws_acm_certificate.domain[0].arn
    firewall        = local.env.cluster.firewall
    protected       = local.env.protected
  }
}

# Made by the stack foundation for the domain and every host below it.
data "aws_acm_certificate" "domain" {
  count = local.is_ecs ? 1 : 0

  domain      = local.env.edge.domain
  statuses    = ["ISSUED"]
  most_recent = true
}

data "aws_route53_zone" "domain" {
  count = local.is_ecs ? 1 : 0

  zone_id = try(local.env.edge.zone.existing, null)
  name    = can(local.env.edge.zone.existing) ? null : local.env.edge.domain
}

# Every host of the environment is the load balancer's.
resource "aws_route53_record" "hosts" {
  count = local.is_ecs ? 1 : 0

  zone_id = data.aws_route53_zone.domain[0].zone_id
  name    = "*.${local.env.edge.domain}"
  type    = "A"

  alias {
    name                   = module.load_balancer[0].load_balancer.dns_name
    zone_id                = module.load_balancer[0].load_balancer.zone_id
    evaluate_target_health = true
  }
}

output "ecs_cluster" {
  description = "The cluster, as module ecs-cluster hands it on. Null: the environment has another runtime."
  value       = one(module.ecs_cluster[*].ecs_cluster)

  precondition {
    condition = alltrue([
      for type in local.env.cluster.instances.types :
      can(regex("^[a-z]+[0-9]+g[a-z]*[.]", type)) == (local.env.cluster.instances.architecture == "arm64") # a g after the generation, as in m7g.large
    ])
    error_message = "env.cluster.instances of ${var.environment} has the types ${join(", ", local.env.cluster.instances.types)} and the architecture ${local.env.cluster.instances.architecture}: no task would ever be placed. Choose types of that architecture, or the other architecture."
  }

  precondition {
    condition     = local.existing != null || local.is_free || try(local.env.network.nat, "") != "none" || length(try(local.env.network.interfaces, [])) > 0
    error_message = "env.network of ${var.environment} has nat none and no interfaces, so that instances in its private subnets reach neither AWS nor a registry of images, and never join the cluster. Choose another nat, or name interfaces."
  }

  # What AWS gives to new accounts, as of 2025-07-15: https://aws.amazon.com/free/.
  precondition {
    condition = !local.is_free || (
      local.is_ecs && try(local.env.network.nat == "none", false) && length(try(local.env.network.interfaces, [])) == 0
      && try(local.env.cluster.networking == "bridge" && local.env.cluster.firewall == "none", false)
      && length(setsubtract(local.env.cluster.instances.types, ["t3.micro", "t3.small", "t4g.micro", "t4g.small"])) == 0
      && can(local.env.tables) && can(local.env.limits.monthly)
    )
    error_message = "env.freeTier of ${var.environment} is true, which needs the cluster.runtime ecs with networking bridge and firewall none, instances of t3.micro, t3.small, t4g.micro or t4g.small, network.nat none without interfaces, tables with a capacity, and limits with a monthly sum: write these, or set freeTier to false. docs/costs.md says why."
  }
}

output "load_balancer" {
  description = "The load balancer, as module load-balancer hands it on. Null: the environment has another runtime."
  value       = one(module.load_balancer[*].load_balancer)
}
