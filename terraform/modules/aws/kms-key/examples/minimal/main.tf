terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "kms_key" {
  source = "../.."

  context = { name = "example" }
  kms_key = { name = "data" }
}

output "kms_key" {
  value = module.kms_key.kms_key
}
