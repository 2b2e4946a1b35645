terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "eks_cluster" {
  source = "../.."

  context = { name = "example" }
  eks_cluster = {
    subnets     = [for subnet in values(module.network.network.subnets.private) : subnet.id]
    keys        = { data = module.data_key.kms_key.arn, logs = module.logs_key.kms_key.arn }
    access      = { platform = { role = "arn:aws:iam::111122223333:role/platform", may = "administer-cluster" } }
    node_groups = { general = { instances = ["m7i.large"], size = { min = 2, max = 4 } } }
  }
}

module "network" {
  source = "../../../network"

  context = { name = "example" }
  network = {
    cidr       = "10.20.0.0/16"
    zones      = { a = 0, b = 1 }
    nat        = "single"
    kubernetes = true
    flow_logs  = { days = 365, kms_key_arn = module.logs_key.kms_key.arn }
  }
}

# Auto Scaling starts the nodes, and their disks are encrypted with this key.
module "data_key" {
  source = "../../../kms-key"

  context = { name = "example" }
  kms_key = {
    name = "data"
    roles = {
      auto-scaling = {
        arn      = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
        attaches = true
      }
    }
  }
}

module "logs_key" {
  source = "../../../kms-key"

  context = { name = "example" }
  kms_key = {
    name = "logs"
    services = {
      logs = {
        principal          = "logs.eu-central-1.amazonaws.com"
        encryption_context = { "aws:logs:arn" = ["arn:aws:logs:eu-central-1:${data.aws_caller_identity.this.account_id}:log-group:*"] }
      }
    }
  }
}

data "aws_caller_identity" "this" {}

output "eks_cluster" {
  value = module.eks_cluster.eks_cluster
}
