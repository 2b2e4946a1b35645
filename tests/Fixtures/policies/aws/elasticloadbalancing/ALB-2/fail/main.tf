resource "aws_lb" "silent" {
  name     = "alb-2-fail-silent"
  internal = true
  subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
}

resource "aws_lb" "off" {
  name     = "alb-2-fail-off"
  internal = true
  subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]

  access_logs {
    enabled = false
    bucket  = "logs"
  }
}
