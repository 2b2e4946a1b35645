resource "aws_lb_target_group" "this" {
  name                 = "alb-3-pass"
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = 8080
  vpc_id               = "vpc-0a1b2c3d4e5f60718"
  deregistration_delay = 15

  health_check {
    path = "/healthz/ready"
  }
}

# Service Connect ends every request after five seconds.
resource "aws_lb_target_group" "quick" {
  name                 = "alb-3-pass-quick"
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = 8080
  vpc_id               = "vpc-0a1b2c3d4e5f60718"
  deregistration_delay = 6

  health_check {
    path = "/healthz/ready"
  }
}

resource "aws_ecs_service" "quick" {
  name            = "alb-3-pass-quick"
  cluster         = "arn:aws:ecs:eu-central-1:111122223333:cluster/a"
  task_definition = "a:1"

  load_balancer {
    target_group_arn = aws_lb_target_group.quick.arn
    container_name   = "app"
    container_port   = 8080
  }

  service_connect_configuration {
    enabled = true

    service {
      port_name = "http"

      timeout {
        per_request_timeout_seconds = 5
      }
    }
  }
}

resource "aws_lb_target_group" "function" {
  name        = "alb-3-pass-function"
  target_type = "lambda"
}
