resource "aws_lb" "this" {
  name     = "alb-5-unknown"
  internal = terraform_data.later.id == "on"
  subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
}

resource "terraform_data" "later" {}
