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

  context       = { name = "example" }
  state_backend = {}
}

output "state_backend" {
  value = module.state_backend.state_backend
}
