terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "secret" {
  source = "../.."

  context = { name = "example" }
  secret = {
    name        = "signing-key"
    kms_key_arn = module.key.kms_key.arn
    managers    = [data.aws_iam_session_context.caller.issuer_arn]
    readers     = ["arn:aws:iam::111122223333:role/shop"]
  }
}

module "key" {
  source = "../../../kms-key"

  context = { name = "example" }
  kms_key = { name = "secrets" }
}

# The role that runs Terraform here. Write its ARN down where several do.
data "aws_iam_session_context" "caller" {
  arn = data.aws_caller_identity.this.arn
}

data "aws_caller_identity" "this" {}

output "secret" {
  value = module.secret.secret
}
