data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

locals {
  name       = "${var.context.name}-${var.ecs_service.name}"
  account    = data.aws_caller_identity.this.account_id
  region     = data.aws_region.this.region
  partition  = data.aws_partition.this.partition
  is_awsvpc  = var.ecs_service.cluster.networking == "awsvpc"
  has_port   = var.ecs_service.port != null
  has_route  = var.ecs_service.route == null ? 0 : 1
  log        = "/causeway/${var.context.name}/${var.ecs_service.name}"
  log_driver = { logDriver = "awslogs", options = { awslogs-group = local.log, awslogs-region = local.region, mode = "non-blocking" } }
}

resource "aws_ecs_service" "this" {
  name                    = local.name
  cluster                 = var.ecs_service.cluster.arn
  task_definition         = aws_ecs_task_definition.this.arn
  desired_count           = var.ecs_service.scaling.min
  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"
  wait_for_steady_state   = var.ecs_service.wait
  tags                    = var.context.tags

  # New tasks first; where they do not come up, the old ones stay.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  capacity_provider_strategy {
    capacity_provider = var.ecs_service.cluster.capacity_provider
    weight            = 1
  }

  # Over all zones; within a zone on as few instances as will do.
  availability_zone_rebalancing = "ENABLED"

  ordered_placement_strategy {
    type  = "spread"
    field = "attribute:ecs.availability-zone"
  }

  ordered_placement_strategy {
    type  = "binpack"
    field = "memory"
  }

  health_check_grace_period_seconds = local.has_route > 0 ? var.ecs_service.health.start_seconds : null

  dynamic "load_balancer" {
    for_each = aws_lb_target_group.this

    content {
      target_group_arn = load_balancer.value.arn
      container_name   = var.ecs_service.name
      container_port   = var.ecs_service.port
    }
  }

  dynamic "network_configuration" {
    for_each = aws_security_group.this

    content {
      subnets         = [for subnet in var.ecs_service.cluster.network.subnets.private : subnet.id]
      security_groups = [network_configuration.value.id]
    }
  }

  # Every service may call others; one with a port can be called, as http://<name>:<port>.
  service_connect_configuration {
    enabled   = true
    namespace = var.ecs_service.cluster.namespace.arn

    log_configuration {
      log_driver = local.log_driver.logDriver
      options    = merge(local.log_driver.options, { awslogs-stream-prefix = "connect" })
    }

    dynamic "service" {
      for_each = var.ecs_service.port[*]

      content {
        port_name      = "main"
        discovery_name = var.ecs_service.name

        client_alias {
          dns_name = var.ecs_service.name
          port     = service.value
        }

        timeout {
          per_request_timeout_seconds = var.ecs_service.request_timeout
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [desired_count] # is scaling's to say
  }

  depends_on = [
    aws_iam_role_policy.execution,
    aws_iam_role_policy.task,
    aws_lb_listener_rule.this, # a target group without a load balancer is refused
    aws_vpc_security_group_egress_rule.https,
    aws_vpc_security_group_egress_rule.load_balancer,
    aws_vpc_security_group_egress_rule.telemetry,
    aws_vpc_security_group_ingress_rule.load_balancer,
  ]
}

resource "aws_cloudwatch_log_group" "this" {
  name              = local.log
  retention_in_days = var.ecs_service.logs.days
  kms_key_id        = var.ecs_service.logs.kms_key_arn
  tags              = var.context.tags
}
