terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "dns_and_certificate" {
  source = "../.."

  context             = { name = "example" }
  dns_and_certificate = { domain = "dev.example.com" }
}

output "dns_and_certificate" {
  value = module.dns_and_certificate.dns_and_certificate
}
