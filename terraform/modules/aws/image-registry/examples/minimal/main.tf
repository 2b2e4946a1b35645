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

  context = { name = "example" }
  image_registry = {
    repositories = { shop-gateway = {}, shop-processor = {} }
    kms_key_arn  = module.key.kms_key.arn
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
