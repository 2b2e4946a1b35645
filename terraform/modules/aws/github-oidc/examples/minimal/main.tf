terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "github_oidc" {
  source = "../.."

  context = { name = "example" }
  github_oidc = {
    repository   = { owner = "example", name = "platform", owner_id = "123456", id = "456789" }
    environments = { dev = { policies = { queues = "arn:aws:iam::aws:policy/AmazonSQSFullAccess" } } }
  }
}

output "github_oidc" {
  value = module.github_oidc.github_oidc
}
