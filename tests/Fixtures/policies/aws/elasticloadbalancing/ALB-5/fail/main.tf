resource "aws_lb" "public" {
  name    = "alb-5-fail"
  subnets = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
}
