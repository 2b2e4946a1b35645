locals {
  name    = "${var.context.name}-${var.load_balancer.name}"
  subnets = var.load_balancer.internal ? var.load_balancer.network.subnets.private : var.load_balancer.network.subnets.public
}

resource "aws_lb" "this" {
  name               = local.name
  load_balancer_type = "application"
  internal           = var.load_balancer.internal
  subnets            = [for subnet in local.subnets : subnet.id]
  security_groups    = [aws_security_group.this.id]
  idle_timeout       = var.load_balancer.idle_timeout
  tags               = var.context.tags

  # What two programs may read as two different requests does not reach a service.
  drop_invalid_header_fields = true
  desync_mitigation_mode     = "defensive"

  enable_deletion_protection = var.load_balancer.protected

  access_logs {
    enabled = true
    bucket  = aws_s3_bucket.logs.bucket
    prefix  = "access"
  }

  # Which TLS version and cipher each client took, and which handshakes failed.
  connection_logs {
    enabled = true
    bucket  = aws_s3_bucket.logs.bucket
    prefix  = "connections"
  }

  # AWS tries to write before it accepts a bucket.
  depends_on = [aws_s3_bucket_policy.logs, aws_s3_bucket_ownership_controls.logs]
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTPS"
  port              = 443
  ssl_policy        = var.load_balancer.ssl_policy
  certificate_arn   = var.load_balancer.certificate_arn
  tags              = var.context.tags

  # Browsers come back by HTTPS only. What answers is not told.
  routing_http_response_strict_transport_security_header_value = "max-age=31536000"
  routing_http_response_server_enabled                         = false

  # Services add rules for their hosts. The content type of problem details (RFC 9457) is not among those that AWS takes.
  default_action {
    type = "fixed-response"

    fixed_response {
      status_code  = "404"
      content_type = "application/json"
      message_body = jsonencode({ title = "Not Found", status = 404 })
    }
  }
}

resource "aws_lb_listener_certificate" "further" {
  for_each = var.load_balancer.further_certificates

  listener_arn    = aws_lb_listener.https.arn
  certificate_arn = each.value
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTP"
  port              = 80
  tags              = var.context.tags

  routing_http_response_server_enabled = false

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}
