resource "aws_lb_target_group" "delay" {
  name                 = "alb-3-unknown-delay"
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = 8080
  vpc_id               = "vpc-0a1b2c3d4e5f60718"
  deregistration_delay = terraform_data.later.id == "on" ? 300 : 5

  health_check {
    path = "/healthz/ready"
  }
}

resource "aws_lb_target_group" "path" {
  name        = "alb-3-unknown-path"
  target_type = "ip"
  protocol    = "HTTP"
  port        = 8080
  vpc_id      = "vpc-0a1b2c3d4e5f60718"

  health_check {
    path = "/${terraform_data.later.id}"
  }
}

resource "terraform_data" "later" {}
