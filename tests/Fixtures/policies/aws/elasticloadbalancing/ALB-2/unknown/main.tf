resource "aws_lb" "logs" {
  name                       = "alb-2-unknown-logs"
  internal                   = true
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
  enable_deletion_protection = true

  access_logs {
    enabled = terraform_data.later.id == "on"
    bucket  = "logs"
  }
}

resource "aws_lb" "internal" {
  name                       = "alb-2-unknown-internal"
  internal                   = terraform_data.later.id == "on"
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"]
  enable_deletion_protection = true

  access_logs {
    enabled = true
    bucket  = "logs"
  }
}

resource "terraform_data" "later" {}
