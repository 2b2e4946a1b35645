resource "aws_lb" "headers" {
  name    = "alb-1-fail-headers"
  subnets = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
}

resource "aws_lb" "desync" {
  name                       = "alb-1-fail-desync"
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
  drop_invalid_header_fields = true
  desync_mitigation_mode     = "monitor"
}

resource "aws_lb_listener" "old" {
  for_each = toset(["ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-FS-2018-06", "ELBSecurityPolicy-TLS-1-1-2017-01", "ELBSecurityPolicy-TLS13-1-0-2021-06"])

  load_balancer_arn = aws_lb.headers.arn
  protocol          = "HTTPS"
  port              = 443
  ssl_policy        = each.value
  certificate_arn   = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener" "silent" {
  load_balancer_arn = aws_lb.headers.arn
  protocol          = "HTTPS"
  port              = 8443
  certificate_arn   = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.headers.arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/a/0123456789abcdef"
  }
}

resource "aws_lb_listener" "elsewhere" {
  load_balancer_arn = aws_lb.headers.arn
  protocol          = "HTTP"
  port              = 8080

  default_action {
    type = "redirect"

    redirect {
      port        = "8081"
      status_code = "HTTP_302"
    }
  }
}
