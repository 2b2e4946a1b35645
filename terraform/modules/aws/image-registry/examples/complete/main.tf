# Every field of a registry.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "image_registry" {
  source = "../.."

  context = { name = "example", tags = { owner = "platform-team" } }
  image_registry = {
    repositories = {
      "shop/gateway"   = {}
      "shop/processor" = { released = { tags = ["v*", "release-*"], keep = 50 }, untagged_days = 1, unreleased_days = 30 }
    }
    kms_key_arn = module.key.kms_key.arn

    pull = {
      accounts     = ["111122223333", "444455556666"]
      organization = "o-a1b2c3d4e5"
      functions    = ["arn:aws:lambda:eu-central-1:444455556666:function:shop-*"]
    }
    push      = ["arn:aws:iam::444455556666:role/pipeline"]
    protected = false
  }
}

module "key" {
  source = "../../../kms-key"

  context = { name = "example" }
  kms_key = { name = "images" }
}

output "image_registry" {
  value = module.image_registry.image_registry
}
