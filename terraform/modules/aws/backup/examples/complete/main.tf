# Every field: backups of two tags that are copied to another locked vault, with a role for restoring and a topic that is told what fails.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "backup" {
  source = "../.."

  context = { name = "example", tags = { owner = "platform-team" } }
  backup = {
    tag = { key = "tier", values = ["critical", "important"] }
    rules = {
      second  = { schedule = "cron(0 1 * * ? *)", days = 35, continuous = true, copied = false, start_hours = 2, done_hours = 8 }
      monthly = { schedule = "cron(0 5 1 * ? *)", days = 400, cold_after = 30 }
    }
    copies    = { far = { vault_arn = module.far.backup.vault.arn, days = 90 } }
    lock      = { min_days = 7, max_days = 400 }
    services  = { s3 = true }
    restores  = true
    failures  = { topic_arn = aws_sns_topic.failures.arn }
    protected = false
  }
}

# The vault of the copies, without rules of its own: its lock becomes final. Where it stands in another region, the module gets a provider of that region.
module "far" {
  source = "../.."

  context = { name = "example-far" }
  backup = {
    rules     = {}
    lock      = { min_days = 30, final_after = 3 }
    protected = false
  }
}

output "backup" {
  value = module.backup.backup
}
