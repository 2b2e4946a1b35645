terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "ecs_service" {
  source = "../.."

  context = { name = "example" }
  ecs_service = {
    name    = "processor"
    cluster = module.ecs_cluster.ecs_cluster
    image   = "example.com/processor:1.0.0@sha256:0000000000000000000000000000000000000000000000000000000000000001"
    port    = 8080
    logs    = { kms_key_arn = aws_kms_key.logs.arn }
  }
}

module "ecs_cluster" {
  source = "../../../ecs-cluster"

  context     = { name = "example" }
  ecs_cluster = { network = module.network.network }
}

module "network" {
  source = "../../../network"

  context = { name = "example" }
  network = { cidr = "10.20.0.0/16", zones = { a = 0, b = 1 }, nat = "single", flow_logs = { days = 365, kms_key_arn = aws_kms_key.logs.arn } }
}

output "ecs_service" {
  value = module.ecs_service.ecs_service
}
