resource "aws_lb" "public" {
  name    = "alb-5-pass-public"
  subnets = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
}

resource "aws_wafv2_web_acl_association" "public" {
  resource_arn = aws_lb.public.arn
  web_acl_arn  = "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shared/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
}

resource "aws_lb" "internal" {
  name     = "alb-5-pass-internal"
  internal = true
  subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
}

resource "aws_lb" "network" {
  name               = "alb-5-pass-network"
  load_balancer_type = "network"
  subnets            = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
}
