# Every field: a repository that moves to subjects with numbers, with two environments and states; and a second repository, with the same provider and the same boundary, that only plans.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "platform" {
  source = "../.."

  context = { name = "platform", tags = { owner = "platform-team" } }
  github_oidc = {
    repository = { owner = "example", name = "platform", owner_id = "123456", id = "456789", subject = "both" }
    plan = {
      policies = { view = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" }
      states   = ["envs/dev/*"]
      data     = ["arn:aws:ssm:eu-central-1:*:parameter/platform/*"]
      hours    = 2
    }
    environments = {
      dev = { policies = { tables = aws_iam_policy.tables.arn } }
      prod = {
        policies = { tables = aws_iam_policy.tables.arn }
        refs     = ["refs/heads/release", "refs/tags/rescue"]
        states   = ["envs/prod/foundation.tfstate", "envs/prod/workload/*"]
        hours    = 4
      }
    }
    state    = { bucket_arn = module.state_backend.state_backend.arn, key_arn = module.state_backend.state_backend.key_arn }
    boundary = { services = ["dynamodb", "iam", "kms", "s3"], denies = ["iam:CreateUser", "s3:DeleteBucket"], inherited = false }
  }
}

module "shop" {
  source = "../.."

  context = { name = "shop" }
  github_oidc = {
    repository = { owner = "example", name = "shop", owner_id = "123456", id = "567890", subject = "names" }
    existing   = { arn = module.platform.github_oidc.provider_arn }
    boundary   = { existing = { arn = module.platform.github_oidc.boundary_arn } }
  }
}

module "state_backend" {
  source = "../../../state-backend"

  context       = { name = "example" }
  state_backend = {}
}

# What an environment's role may do: the tables of the platform, and nothing else.
resource "aws_iam_policy" "tables" {
  name   = "example-tables"
  policy = data.aws_iam_policy_document.tables.json
}

data "aws_caller_identity" "this" {}

data "aws_iam_policy_document" "tables" {
  statement {
    actions   = ["dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:DescribeTable", "dynamodb:UpdateTable"]
    resources = ["arn:aws:dynamodb:eu-central-1:${data.aws_caller_identity.this.account_id}:table/platform-*"]
  }
}

output "platform" {
  value = module.platform.github_oidc
}

output "shop" {
  value = module.shop.github_oidc
}
