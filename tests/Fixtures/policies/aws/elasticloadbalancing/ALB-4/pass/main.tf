resource "aws_lb" "this" {
  name                       = "alb-4-pass"
  internal                   = true
  enable_deletion_protection = true
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
}
