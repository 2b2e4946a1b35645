resource "aws_lb_target_group" "short" {
  name                 = "alb-3-fail-short"
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = 8080
  vpc_id               = "vpc-0a1b2c3d4e5f60718"
  deregistration_delay = 14

  health_check {
    path = "/healthz/ready"
  }
}

# As short as most need it, and its requests may take longer.
resource "aws_lb_target_group" "slow" {
  name                 = "alb-3-fail-slow"
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = 8080
  vpc_id               = "vpc-0a1b2c3d4e5f60718"
  deregistration_delay = 15

  health_check {
    path = "/healthz/ready"
  }
}

resource "aws_ecs_service" "slow" {
  name            = "alb-3-fail-slow"
  cluster         = "arn:aws:ecs:eu-central-1:111122223333:cluster/a"
  task_definition = "a:1"

  load_balancer {
    target_group_arn = aws_lb_target_group.slow.arn
    container_name   = "app"
    container_port   = 8080
  }

  service_connect_configuration {
    enabled = true

    service {
      port_name = "http"

      timeout {
        per_request_timeout_seconds = 60
      }
    }
  }
}

resource "aws_lb_target_group" "silent" {
  name        = "alb-3-fail-silent"
  target_type = "ip"
  protocol    = "HTTP"
  port        = 8080
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_lb_target_group" "root" {
  name        = "alb-3-fail-root"
  target_type = "ip"
  protocol    = "HTTP"
  port        = 8080
  vpc_id      = "vpc-0a1b2c3d4e5f60718"

  health_check {
    interval = 10
  }
}

resource "aws_lb_target_group" "off" {
  name        = "alb-3-fail-off"
  target_type = "ip"
  protocol    = "HTTP"
  port        = 8080
  vpc_id      = "vpc-0a1b2c3d4e5f60718"

  health_check {
    enabled = false
    path    = "/healthz/ready"
  }
}
