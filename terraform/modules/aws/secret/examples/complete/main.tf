# Every field of a secret: one that a function rotates, and one that Terraform does.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "database" {
  source = "../.."

  context = { name = "example", tags = { owner = "shop-team" } }
  secret = {
    name          = "database/shop"
    description   = "How the service shop signs in to its database"
    kms_key_arn   = module.key.kms_key.arn
    password      = { length = 64, special = "!#-_" }
    document      = { username = "shop", host = "shop.example.internal" }
    managers      = [data.aws_iam_session_context.caller.issuer_arn]
    readers       = ["arn:aws:iam::111122223333:role/shop"]
    recovery_days = 7

    rotation = {
      days = 30
      function = {
        arn     = "arn:aws:lambda:eu-central-1:111122223333:function:rotate-database"
        role    = "arn:aws:iam::111122223333:role/rotate-database"
        at_once = false
      }
    }
  }
}

module "session" {
  source = "../.."

  context = { name = "example" }
  secret = {
    name          = "session-key"
    kms_key_arn   = module.key.kms_key.arn
    managers      = [data.aws_iam_session_context.caller.issuer_arn]
    rotation      = { days = 7 }
    recovery_days = 0
  }
}

module "key" {
  source = "../../../kms-key"

  context = { name = "example" }
  kms_key = {
    name = "secrets"
    roles = {
      shop = {
        arn                = "arn:aws:iam::111122223333:role/shop"
        may                = "decrypt"
        via                = ["secretsmanager.eu-central-1.amazonaws.com"]
        encryption_context = { SecretARN = ["arn:aws:secretsmanager:eu-central-1:*:secret:example/database/shop-*"] }
      }
    }
  }
}

# The role that runs Terraform here. Write its ARN down where several do.
data "aws_iam_session_context" "caller" {
  arn = data.aws_caller_identity.this.arn
}

data "aws_caller_identity" "this" {}

output "database" {
  value = module.database.secret
}

output "session" {
  value = module.session.secret
}
