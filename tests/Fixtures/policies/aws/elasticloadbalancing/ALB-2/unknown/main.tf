resource "aws_lb" "this" {
  name     = "alb-2-unknown"
  internal = true
  subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]

  access_logs {
    enabled = terraform_data.later.id == "on"
    bucket  = "logs"
  }
}

resource "terraform_data" "later" {}
