terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "load_balancer" {
  source = "../.."

  context = { name = "example" }
  load_balancer = {
    network         = module.network.network
    certificate_arn = module.dns_and_certificate.dns_and_certificate.certificate_arn
    from            = { cidrs = ["0.0.0.0/0"] }
    protected       = false # an example is destroyed again
  }
}

module "network" {
  source = "../../../network"

  context = { name = "example" }
  network = { cidr = "10.20.0.0/16", zones = { a = 0, b = 1 }, flow_logs = { days = 365, kms_key_arn = aws_kms_key.logs.arn } }
}

module "dns_and_certificate" {
  source = "../../../dns-and-certificate"

  context             = { name = "example" }
  dns_and_certificate = { domain = "dev.example.com" }
}

output "load_balancer" {
  value = module.load_balancer.load_balancer
}
