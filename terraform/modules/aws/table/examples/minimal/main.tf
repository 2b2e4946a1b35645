terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "table" {
  source = "../.."

  context = { name = "example" }
  table   = { name = "inventory", key = { partition = "sku" } }
}

output "table" {
  value = module.table.table
}
