terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "network" {
  source = "../.."

  context = { name = "example" }
  network = { cidr = "10.20.0.0/16", zones = { a = 0, b = 1 } }
}

output "network" {
  value = module.network.network
}
