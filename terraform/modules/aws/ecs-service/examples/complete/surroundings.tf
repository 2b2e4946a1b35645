# What the services need and other teams make: a password, a database's security group, a role.

locals {
  # By its name, which is known before it is there: a plan then shows the whole task.
  password = "arn:${data.aws_partition.this.partition}:ssm:${data.aws_region.this.region}:${data.aws_caller_identity.this.account_id}:parameter/example/quotes/password"
}

resource "aws_ssm_parameter" "password" {
  name             = "/example/quotes/password"
  type             = "SecureString"
  key_id           = aws_kms_key.secrets.arn
  value_wo         = "set by its owner"
  value_wo_version = 1
}

resource "aws_kms_key" "secrets" {
  description             = "Encrypts the passwords of the example"
  enable_key_rotation     = true
  deletion_window_in_days = 7
}

resource "aws_security_group" "database" {
  name        = "example-database"
  description = "Database of the example"
  vpc_id      = module.network.network.vpc.id
}

resource "aws_iam_role" "reports" {
  name        = "example-reports"
  description = "Reports of the example"

  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

data "aws_iam_policy_document" "tasks" {
  statement {
    sid     = "TasksOfThisAccount"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

data "aws_iam_policy_document" "metrics" {
  statement {
    sid       = "Send"
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"] # CloudWatch has no resources for it

    condition {
      test     = "StringEquals"
      variable = "cloudwatch:namespace"
      values   = ["Quotes"]
    }
  }
}
