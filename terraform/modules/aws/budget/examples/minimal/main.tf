terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "budget" {
  source = "../.."

  context = { name = "example" }
  budget  = { limit = { amount = 500 }, emails = ["platform-team@example.com"] }
}

output "budget" {
  value = module.budget.budget
}
