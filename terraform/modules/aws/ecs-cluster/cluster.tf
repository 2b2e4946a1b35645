data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

locals {
  name      = var.context.name
  account   = data.aws_caller_identity.this.account_id
  region    = data.aws_region.this.region
  partition = data.aws_partition.this.partition

  # What ECS calls things, known before they are there.
  arn_prefix = "arn:${local.partition}:ecs:${local.region}:${local.account}"
}

resource "aws_ecs_cluster" "this" {
  name = local.name
  tags = var.context.tags

  setting {
    name  = "containerInsights"
    value = var.ecs_cluster.insights
  }

  service_connect_defaults {
    namespace = aws_service_discovery_private_dns_namespace.this.arn
  }
}

# Where services find each other: by Service Connect, and the collector by DNS where each task has an address.
resource "aws_service_discovery_private_dns_namespace" "this" {
  name        = "${local.name}.internal"
  description = "Services of cluster ${local.name}"
  vpc         = var.ecs_cluster.network.vpc.id
  tags        = var.context.tags
}

resource "aws_ecs_capacity_provider" "this" {
  name = local.name
  tags = var.context.tags

  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.this.arn

    # An instance with tasks is not stopped by scaling, and is emptied first by whatever else stops it.
    managed_termination_protection = "ENABLED"
    managed_draining               = "ENABLED"

    managed_scaling {
      status                 = "ENABLED"
      target_capacity        = var.ecs_cluster.instances.target
      instance_warmup_period = 120
    }
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = [aws_ecs_capacity_provider.this.name]

  default_capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.this.name
    weight            = 1
  }
}
