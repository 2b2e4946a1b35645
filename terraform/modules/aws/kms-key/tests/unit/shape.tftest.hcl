# What a description becomes: the policy is evaluated by a provider, not a mock.

provider "aws" {
  region = "eu-central-1"
}

variables {
  context = { name = "dev", tags = { owner = "platform-team" } }
  kms_key = { name = "data" }
}

run "what_is_not_said_is_safe" {
  command = plan

  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.rotation_period_in_days == 365 && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "A key with defaults is rotated after ${aws_kms_key.this.rotation_period_in_days} days and deleted after ${aws_kms_key.this.deletion_window_in_days}."
  }

  assert {
    condition     = aws_kms_alias.this.name == "alias/dev-data" && aws_kms_key.this.description == "Encrypts the data of dev"
    error_message = "The key is ${aws_kms_alias.this.name}: ${aws_kms_key.this.description}."
  }

  assert {
    condition = jsondecode(aws_kms_key.this.policy).Statement == [
      { Sid = "AccountDecides", Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:root" } },
    ]
    error_message = "A key with defaults has the policy ${aws_kms_key.this.policy}."
  }
}

# The key of the stack foundation, statement by statement.
run "logs_are_let_in_by_what_they_encrypt" {
  command = plan

  variables {
    kms_key = {
      name     = "logs"
      services = { logs = { principal = "logs.eu-central-1.amazonaws.com", encryption_context = { "aws:logs:arn" = ["arn:aws:logs:eu-central-1:111122223333:log-group:*"] } } }
    }
  }

  assert {
    condition = [for statement in jsondecode(aws_kms_key.this.policy).Statement : statement if statement.Sid != "AccountDecides"] == [
      {
        Sid       = "ServiceLogs"
        Effect    = "Allow"
        Action    = ["kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Encrypt", "kms:DescribeKey", "kms:Decrypt"]
        Resource  = "*"
        Principal = { Service = "logs.eu-central-1.amazonaws.com" }
        Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:eu-central-1:111122223333:log-group:*" } }
      },
    ]
    error_message = "The policy is ${aws_kms_key.this.policy}."
  }
}

run "a_service_acts_for_this_account_unless_limited_otherwise" {
  command = plan

  variables {
    kms_key = {
      name = "data"
      services = {
        alone    = { principal = "events.amazonaws.com" }
        by-arn   = { principal = "sns.amazonaws.com", source_arns = ["arn:aws:sns:eu-central-1:111122223333:*"] }
        by-both  = { principal = "sqs.amazonaws.com", source_arns = ["arn:aws:sqs:eu-central-1:444455556666:*"], source_account = "444455556666" }
        encrypts = { principal = "s3.amazonaws.com", may = "encrypt", encryption_context = { purpose = ["backup", "copy-*"] } }
      }
    }
  }

  assert {
    condition = { for statement in jsondecode(aws_kms_key.this.policy).Statement : statement.Sid => statement.Condition if startswith(statement.Sid, "Service") } == {
      ServiceAlone    = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.this.account_id } }
      ServiceByArn    = { ArnLike = { "aws:SourceArn" = "arn:aws:sns:eu-central-1:111122223333:*" } }
      ServiceByBoth   = { ArnLike = { "aws:SourceArn" = "arn:aws:sqs:eu-central-1:444455556666:*" }, StringEquals = { "aws:SourceAccount" = "444455556666" } }
      ServiceEncrypts = { StringLike = { "kms:EncryptionContext:purpose" = ["backup", "copy-*"] } }
    }
    error_message = "The policy is ${aws_kms_key.this.policy}."
  }

  assert {
    condition     = !strcontains(one([for statement in jsondecode(aws_kms_key.this.policy).Statement : jsonencode(statement.Action) if statement.Sid == "ServiceEncrypts"]), "Decrypt")
    error_message = "What may encrypt may read as well: ${aws_kms_key.this.policy}."
  }
}

run "roles_use_the_key_and_administer_nothing" {
  command = plan

  variables {
    kms_key = {
      name = "disks"
      roles = {
        auto-scaling = { arn = "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling", attaches = true }
        reports      = { arn = "arn:aws:iam::111122223333:role/reports", may = "decrypt", via = ["s3.eu-central-1.amazonaws.com"] }
      }
      grants = { export = { role = "arn:aws:iam::111122223333:role/export", operations = ["Decrypt"], encryption_context = { purpose = "export" } } }
    }
  }

  assert {
    condition     = [for statement in jsondecode(aws_kms_key.this.policy).Statement : statement.Sid] == ["AccountDecides", "AttachAutoScaling", "RoleAutoScaling", "RoleReports"]
    error_message = "The policy is ${aws_kms_key.this.policy}."
  }

  assert {
    condition = one([for statement in jsondecode(aws_kms_key.this.policy).Statement : statement if statement.Sid == "AttachAutoScaling"]) == {
      Sid       = "AttachAutoScaling"
      Effect    = "Allow"
      Action    = "kms:CreateGrant"
      Resource  = "*"
      Principal = { AWS = "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling" }
      Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
    }
    error_message = "The policy is ${aws_kms_key.this.policy}."
  }

  assert {
    condition = one([for statement in jsondecode(aws_kms_key.this.policy).Statement : [statement.Action, statement.Condition] if statement.Sid == "RoleReports"]) == [
      ["kms:DescribeKey", "kms:Decrypt"], { StringEquals = { "kms:ViaService" = "s3.eu-central-1.amazonaws.com" } },
    ]
    error_message = "The policy is ${aws_kms_key.this.policy}."
  }

  assert {
    condition     = aws_kms_grant.this["export"].name == "dev-export" && one(aws_kms_grant.this["export"].constraints).encryption_context_subset == tomap({ purpose = "export" })
    error_message = "The grant is ${jsonencode(aws_kms_grant.this["export"].constraints)}."
  }
}
