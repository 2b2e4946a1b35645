# Every field: a cluster whose tasks share the ports of their instances, behind a load balancer; and one whose tasks have addresses of their own.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

locals {
  collector = {
    image    = "public.ecr.aws/aws-observability/aws-otel-collector:v0.45.0@sha256:0000000000000000000000000000000000000000000000000000000000000001" # take that of your version
    config   = file("${path.module}/collector.yaml")
    policies = { traces = data.aws_iam_policy_document.traces.json }
    cpu      = 256
    memory   = 512
  }
}

module "shared" {
  source = "../.."

  context = { name = "example", tags = { owner = "platform-team" } }
  ecs_cluster = {
    network        = module.network.network
    networking     = "bridge"
    load_balancers = { edge = aws_security_group.edge.id }
    instances      = { type = "c7i.xlarge", min = 3, max = 12, target = 80, disk_gb = 100, kms_key_arn = aws_kms_key.disks.arn }
    image          = "ami-0123456789abcdef0"
    insights       = "enabled"
    telemetry      = local.collector
    logs           = { days = 731, kms_key_arn = aws_kms_key.logs.arn }
    protected      = false # an example is destroyed again
  }
}

module "separate" {
  source = "../.."

  context = { name = "example-separate" }
  ecs_cluster = {
    network    = module.network.network
    networking = "awsvpc"
    telemetry  = local.collector
    logs       = { kms_key_arn = aws_kms_key.logs.arn }
    protected  = false
  }
}

module "network" {
  source = "../../../network"

  context = { name = "example" }
  network = { cidr = "10.20.0.0/16", zones = { a = 0, b = 1, c = 2 }, nat = "single", flow_logs = { days = 365, kms_key_arn = aws_kms_key.logs.arn } }
}

# Stands for a load balancer's: the module load-balancer tells it.
resource "aws_security_group" "edge" {
  name        = "example-edge"
  description = "Load balancer of the example"
  vpc_id      = module.network.network.vpc.id
}

data "aws_iam_policy_document" "traces" {
  statement {
    sid       = "Send"
    actions   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
    resources = ["*"] # X-Ray has no resources
  }
}

output "shared" {
  value = module.shared.ecs_cluster
}

output "separate" {
  value = module.separate.ecs_cluster
}
