resource "aws_lb" "this" {
  name                       = "alb-1-unknown"
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
  drop_invalid_header_fields = terraform_data.later.id == "on"
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTPS"
  port              = 443
  ssl_policy        = terraform_data.later.id
  certificate_arn   = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type = "redirect"

    redirect {
      protocol    = terraform_data.later.id
      status_code = "HTTP_301"
    }
  }
}

resource "terraform_data" "later" {}
