terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "backup" {
  source = "../.."

  context = { name = "example" }
  backup  = {}
}

output "backup" {
  value = module.backup.backup
}
