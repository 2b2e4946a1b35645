# Every field: a bucket that lets in two roles, one of which may only read, and whose requests are logged in another bucket.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "state_backend" {
  source = "../.."

  context = { name = "example", tags = { owner = "platform-team" } }
  state_backend = {
    prefix  = "example-state"
    history = { versions = 50, days = 365 }
    access = {
      plan  = { role_arn = aws_iam_role.ci["plan"].arn }
      apply = { role_arn = aws_iam_role.ci["apply"].arn, states = ["envs/dev/*"], write = true }
    }
    access_logs = { bucket = aws_s3_bucket.logs.id, prefix = "state/" }
    protected   = false
  }
}

output "state_backend" {
  value = module.state_backend.state_backend
}
