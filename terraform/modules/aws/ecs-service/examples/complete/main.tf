# Every field: a service with an address for each task, which the load balancer and another service reach; that other service; and one in a cluster
# whose tasks share the ports of their instances.

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
  # Made up: take those of your images.
  image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop@sha256:0000000000000000000000000000000000000000000000000000000000000001"
  logs  = { days = 400, kms_key_arn = aws_kms_key.logs.arn }
}

module "quotes" {
  source = "../.."

  context = { name = "example", tags = { owner = "shop-team" } }
  ecs_service = {
    name            = "quotes"
    cluster         = module.ecs_cluster["awsvpc"].ecs_cluster
    image           = local.image
    command         = ["quotes"]
    user            = "10001"
    cpu             = 512
    memory          = 1024
    port            = 8080
    protocol        = "http2"
    environment     = { QUOTES_LIMIT = "100" }
    secrets         = { DATABASE_PASSWORD = local.password }
    kms_key_arns    = [aws_kms_key.secrets.arn]
    policies        = { telemetry = data.aws_iam_policy_document.metrics.json }
    scratch         = { "/tmp" = 64 }
    volumes         = { cache = "/var/cache/quotes" }
    health          = { path = "/healthz/ready", port = 8081, command = ["CMD", "/app/healthy"], start_seconds = 90 }
    route           = { load_balancer = module.load_balancer.load_balancer, hosts = ["quotes.dev.example.com"], paths = ["/quotes", "/quotes/*"], priority = 100 }
    request_timeout = 20
    shutdown        = { drain = 10, timeout = 40 }
    scaling         = { min = 3, max = 12, cpu = 60, memory = 80, requests = 3000 }
    callers         = { reports = module.reports.ecs_service.security_group_id }
    reaches         = { database = { security_group_id = aws_security_group.database.id, port = 5432 } }
    logs            = local.logs
    wait            = false
  }
}

module "reports" {
  source = "../.."

  context = { name = "example" }
  ecs_service = {
    name    = "reports"
    cluster = module.ecs_cluster["awsvpc"].ecs_cluster
    image   = local.image
    role    = { arn = aws_iam_role.reports.arn }
    scaling = { min = 1, max = 1, cpu = 0 }
    logs    = local.logs
  }
}

module "site" {
  source = "../.."

  context = { name = "example" }
  ecs_service = {
    name    = "site"
    cluster = module.ecs_cluster["bridge"].ecs_cluster
    image   = local.image
    port    = 8080
    route   = { load_balancer = module.load_balancer.load_balancer, hosts = ["site.dev.example.com"] }
    logs    = local.logs
  }
}

module "ecs_cluster" {
  source   = "../../../ecs-cluster"
  for_each = { awsvpc = {}, bridge = { edge = module.load_balancer.load_balancer.security_group_id } }

  context = { name = "example-${each.key}" }
  ecs_cluster = {
    network        = module.network.network
    networking     = each.key
    load_balancers = each.value
    protected      = false
    logs           = local.logs
    telemetry = {
      image  = "example.com/collector@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      config = "receivers: { otlp: { protocols: { grpc: {}, http: {} } } }"
    }
  }
}

module "load_balancer" {
  source = "../../../load-balancer"

  context = { name = "example" }
  load_balancer = {
    network         = module.network.network
    internal        = true
    certificate_arn = module.dns_and_certificate.dns_and_certificate.certificate_arn
    firewall        = "none"
    protected       = false
  }
}

module "dns_and_certificate" {
  source = "../../../dns-and-certificate"

  context             = { name = "example" }
  dns_and_certificate = { domain = "dev.example.com" }
}

module "network" {
  source = "../../../network"

  context = { name = "example" }
  network = { cidr = "10.20.0.0/16", zones = { a = 0, b = 1 }, nat = "single", flow_logs = { days = 365, kms_key_arn = aws_kms_key.logs.arn } }
}

output "quotes" {
  value = module.quotes.ecs_service
}

output "reports" {
  value = module.reports.ecs_service
}

output "site" {
  value = module.site.ecs_service
}
