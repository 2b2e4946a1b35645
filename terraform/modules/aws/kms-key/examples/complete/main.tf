# Every field of a key: one that services and roles use, and one for the disks of instances.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = { source = "hashicorp/aws", version = "6.66.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "logs" {
  source = "../.."

  context = { name = "example", tags = { owner = "platform-team" } }
  kms_key = {
    name          = "logs"
    description   = "Encrypts what the example logs and announces"
    rotation_days = 180
    deletion_days = 7

    services = {
      # CloudWatch Logs says for which group it asks, and for which account only by that.
      logs = {
        principal          = "logs.eu-central-1.amazonaws.com"
        encryption_context = { "aws:logs:arn" = ["arn:aws:logs:eu-central-1:${data.aws_caller_identity.this.account_id}:log-group:/example/*"] }
      }
      alarms = {
        principal   = "cloudwatch.amazonaws.com"
        source_arns = ["arn:aws:cloudwatch:eu-central-1:${data.aws_caller_identity.this.account_id}:alarm:example-*"]
      }
      buckets = { principal = "s3.amazonaws.com", may = "encrypt", source_account = "111122223333" }
      events  = { principal = "events.amazonaws.com" }
    }

    roles = {
      reports = {
        arn                = aws_iam_role.reports.arn
        may                = "decrypt"
        via                = ["logs.eu-central-1.amazonaws.com"]
        encryption_context = { "aws:logs:arn" = ["arn:aws:logs:eu-central-1:${data.aws_caller_identity.this.account_id}:log-group:/example/*"] }
      }
    }

    grants = {
      export = {
        role               = aws_iam_role.reports.arn
        operations         = ["Decrypt", "DescribeKey"]
        encryption_context = { purpose = "export" }
        retired_by         = aws_iam_role.reports.arn
      }
    }
  }
}

# Auto Scaling starts instances by a role of its own, and can use no key that does not name it.
module "disks" {
  source = "../.."

  context = { name = "example" }
  kms_key = {
    name = "disks"
    roles = {
      auto-scaling = {
        arn      = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
        attaches = true
      }
    }
  }
}

resource "aws_iam_role" "reports" {
  name               = "example-reports"
  description        = "Reads what the example logged"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_caller_identity" "this" {}

output "logs" {
  value = module.logs.kms_key
}

output "disks" {
  value = module.disks.kms_key
}
