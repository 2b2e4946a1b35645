# What the load balancer sends to the service.

resource "aws_lb_target_group" "this" {
  count = local.has_route

  # What cannot be changed is in the name, so that a successor can stand beside it.
  name        = "${trimsuffix(substr(local.name, 0, 23), "-")}-${substr(sha1(join(" ", [local.name, var.ecs_service.port, var.ecs_service.protocol, local.is_awsvpc])), 0, 8)}"
  target_type = local.is_awsvpc ? "ip" : "instance"
  vpc_id      = var.ecs_service.cluster.network.vpc.id
  protocol    = "HTTP"
  port        = var.ecs_service.port
  tags        = var.context.tags

  protocol_version              = { http = "HTTP1", http2 = "HTTP2", grpc = "GRPC" }[var.ecs_service.protocol]
  load_balancing_algorithm_type = "least_outstanding_requests"

  # A task that leaves is given time for its longest request before it is told to stop.
  deregistration_delay = var.ecs_service.request_timeout + 5

  health_check {
    path                = var.ecs_service.health.path
    port                = var.ecs_service.health.port == null || !local.is_awsvpc ? "traffic-port" : tostring(var.ecs_service.health.port)
    matcher             = var.ecs_service.protocol == "grpc" ? "0" : "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  # A rule takes five values in all: what has more paths has more rules, each with all hosts.
  paths = try(length(var.ecs_service.route.paths), 0) > 0 ? chunklist(var.ecs_service.route.paths, 5 - length(var.ecs_service.route.hosts)) : [[]]
  rules = local.has_route > 0 ? local.paths : []
}

resource "aws_lb_listener_rule" "this" {
  count = length(local.rules)

  listener_arn = var.ecs_service.route.load_balancer.listener_arn
  priority     = try(var.ecs_service.route.priority + count.index, null)
  tags         = merge(var.context.tags, { Name = local.name })

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[0].arn
  }

  dynamic "condition" {
    for_each = { for part, values in { hosts = var.ecs_service.route.hosts, paths = local.rules[count.index] } : part => values if length(values) > 0 }

    content {
      dynamic "host_header" {
        for_each = condition.key == "hosts" ? [condition.value] : []

        content {
          values = host_header.value
        }
      }

      dynamic "path_pattern" {
        for_each = condition.key == "paths" ? [condition.value] : []

        content {
          values = path_pattern.value
        }
      }
    }
  }
}
