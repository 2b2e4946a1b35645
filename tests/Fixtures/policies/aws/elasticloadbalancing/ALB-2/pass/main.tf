resource "aws_lb" "this" {
  name     = "alb-2-pass"
  internal = true
  subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]

  access_logs {
    enabled = true
    bucket  = "logs"
  }
}
