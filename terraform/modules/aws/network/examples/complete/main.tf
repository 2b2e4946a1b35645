# Everything at once: three zones with a way out of their own, subnets for Kubernetes' load balancers, private endpoints, and a record of
# connections under a key of its own; beside it, a second network made of subnets of the first, as in a VPC that is already there.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { example = "complete" }
  }
}

module "network" {
  source = "../.."

  context = { name = "example", tags = { owner = "platform-team" } }
  network = {
    cidr       = "10.20.0.0/16"
    zones      = { a = 0, b = 1, c = 2 }
    nat        = "per-zone"
    kubernetes = true
    interfaces = ["ecr.api", "ecr.dkr", "logs", "sts"]
    flow_logs  = { days = 400, kms_key_arn = aws_kms_key.logs.arn }
  }
}

module "tenant" {
  source = "../.."

  context = { name = "example-tenant" }
  network = {
    existing = {
      vpc     = module.network.network.vpc.id
      subnets = { for tier, zones in module.network.network.subnets : tier => { for zone, subnet in zones : zone => subnet.id } }
    }
    interfaces = ["secretsmanager"]
    flow_logs  = { days = 365, kms_key_arn = aws_kms_key.logs.arn }
  }
}

output "network" {
  value = module.network.network
}

output "egress" {
  value = module.network.egress
}

output "tenant" {
  value = module.tenant.network
}
