# Every field: the budget of one environment with a topic and unusual costs; and one of a service, whose unusual costs the same monitor finds.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "environment" {
  source = "../.."

  context = { name = "example-dev", tags = { owner = "platform-team" } }
  budget = {
    limit   = { amount = 1500.5, currency = "USD" }
    filters = { TagKeyValue = ["user:environment$dev"] }
    alerts  = { actual = [50, 80, 100], forecast = [100, 120] }
    emails  = ["platform-team@example.com", "finance@example.com"]
    topic = {
      enabled     = true
      subscribers = { chat = { protocol = "https", endpoint = "https://chat.example.com/hooks/costs" } }
    }
    anomalies = { above = 50 }
  }
}

module "tables" {
  source = "../.."

  context = { name = "example-tables" }
  budget = {
    limit     = { amount = 200 }
    filters   = { Service = ["Amazon DynamoDB"] }
    alerts    = { actual = [100], forecast = [] }
    topic     = { enabled = true }
    anomalies = { above = 20, monitor = { arn = module.environment.budget.monitor_arn } }
  }
}

output "environment" {
  value = module.environment.budget
}

output "tables" {
  value = module.tables.budget
}
