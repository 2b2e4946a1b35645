# A domain with a zone of its own, which the zone of the domain above hands it; and one whose records are made in that zone above.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "own" {
  source = "../.."

  context = { name = "example", tags = { owner = "platform-team" } }
  dns_and_certificate = {
    domain      = "dev.example.com"
    parent      = { zone_id = aws_route53_zone.example.zone_id }
    authorities = ["amazon.com", "letsencrypt.org"]
    protected   = false
  }
}

module "shared" {
  source = "../.."

  context = { name = "example-shared" }
  dns_and_certificate = {
    domain      = "test.example.com"
    existing    = { zone_id = aws_route53_zone.example.zone_id }
    authorities = [] # as the zone's owner has it
  }
}

resource "aws_route53_zone" "example" {
  name = "example.com"
}

output "own" {
  value = module.own.dns_and_certificate
}

output "shared" {
  value = module.shared.dns_and_certificate
}
