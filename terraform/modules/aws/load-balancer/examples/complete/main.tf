# Every field: one for the internet, with two certificates and the firewall that is there; and an internal one, without a firewall.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "public" {
  source = "../.."

  context = { name = "example", tags = { owner = "platform-team" } }
  load_balancer = {
    name                 = "public"
    network              = module.network.network
    from                 = { cidrs = ["198.51.100.0/24", "203.0.113.0/24"], prefix_lists = { partners = aws_ec2_managed_prefix_list.partners.id } }
    certificate_arn      = module.dns_and_certificate["dev"].dns_and_certificate.certificate_arn
    further_certificates = { test = module.dns_and_certificate["test"].dns_and_certificate.certificate_arn }
    ssl_policy           = "ELBSecurityPolicy-TLS13-1-3-2021-06"
    idle_timeout         = 120
    firewall             = "existing"
    web_acl_arn          = aws_wafv2_web_acl.shared.arn
    logs                 = { days = 731 }
    protected            = false # an example is destroyed again
  }
}

module "internal" {
  source = "../.."

  context = { name = "example" }
  load_balancer = {
    name            = "private"
    network         = module.network.network
    internal        = true
    certificate_arn = module.dns_and_certificate["dev"].dns_and_certificate.certificate_arn
    firewall        = "none" # only the VPC reaches it
    protected       = false
  }
}

module "network" {
  source = "../../../network"

  context = { name = "example" }
  network = { cidr = "10.20.0.0/16", zones = { a = 0, b = 1 }, flow_logs = { days = 365, kms_key_arn = aws_kms_key.logs.arn } }
}

module "dns_and_certificate" {
  source   = "../../../dns-and-certificate"
  for_each = toset(["dev", "test"])

  context             = { name = "example-${each.key}" }
  dns_and_certificate = { domain = "${each.key}.example.com" }
}

resource "aws_ec2_managed_prefix_list" "partners" {
  name           = "partners"
  address_family = "IPv4"
  max_entries    = 5

  entry {
    cidr        = "192.0.2.0/24"
    description = "Head office"
  }
}

# One that counts requests and refuses none: the rules of the team that owns it come into it.
resource "aws_wafv2_web_acl" "shared" {
  name  = "shared"
  scope = "REGIONAL"

  default_action {
    allow {}
  }

  visibility_config {
    metric_name                = "shared"
    cloudwatch_metrics_enabled = true
    sampled_requests_enabled   = true
  }
}

output "public" {
  value = module.public.load_balancer
}

output "internal" {
  value = module.internal.load_balancer
}
