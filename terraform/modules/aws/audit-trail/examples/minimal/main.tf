terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "audit_trail" {
  source = "../.."

  context     = { name = "example" }
  audit_trail = {}
}

output "audit_trail" {
  value = module.audit_trail.audit_trail
}
