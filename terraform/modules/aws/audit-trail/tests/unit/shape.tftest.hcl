# What a description becomes. Against a provider, not a mock: policies are read as AWS would get them.

provider "aws" {
  region = "eu-central-1"
}

variables {
  context     = { name = "example" }
  audit_trail = {}
}

run "what_is_not_said_is_safe" {
  command = apply

  assert {
    condition     = aws_cloudtrail.this.is_multi_region_trail && aws_cloudtrail.this.include_global_service_events && aws_cloudtrail.this.enable_log_file_validation && !aws_cloudtrail.this.is_organization_trail
    error_message = "The trail leaves something out."
  }

  assert {
    condition     = aws_cloudtrail.this.kms_key_id == aws_kms_key.this.arn && aws_cloudtrail.this.cloud_watch_logs_group_arn == "${aws_cloudwatch_log_group.this.arn}:*" && length(aws_cloudtrail.this.advanced_event_selector) == 0
    error_message = "The trail writes elsewhere, or with another key, or says what it writes."
  }

  # The ARN that everything lets in is written down before the trail is there.
  assert {
    condition     = aws_cloudtrail.this.arn == local.trail_arn
    error_message = "The trail is ${aws_cloudtrail.this.arn}, and ${local.trail_arn} is let in."
  }

  assert {
    condition     = [for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : "${statement.Effect} ${statement.Sid}"] == ["Deny OnlyTls", "Allow TrailLooks", "Allow TrailWrites", "Deny NothingIsLost"]
    error_message = "The bucket's policy is ${aws_s3_bucket_policy.this.policy}."
  }

  assert {
    condition = alltrue([
      for statement in concat(jsondecode(aws_s3_bucket_policy.this.policy).Statement, jsondecode(aws_kms_key.this.policy).Statement, jsondecode(aws_iam_role.logs.assume_role_policy).Statement) :
      statement.Condition.StringEquals["aws:SourceArn"] == local.trail_arn if try(statement.Principal.Service == "cloudtrail.amazonaws.com", false)
    ])
    error_message = "Another trail is let in."
  }

  assert {
    condition     = [for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement.Resource if statement.Sid == "TrailWrites"] == ["${aws_s3_bucket.this.arn}/AWSLogs/${local.account}/*"]
    error_message = "The trail may write elsewhere: ${aws_s3_bucket_policy.this.policy}."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 365 && aws_cloudwatch_log_group.this.kms_key_id == aws_kms_key.this.arn && !aws_s3_bucket.this.force_destroy && length(aws_s3_bucket_object_lock_configuration.this) == 0
    error_message = "The copy in CloudWatch or the bucket can be lost."
  }
}

run "an_organisation_writes_below_its_id_too" {
  command = plan

  variables {
    audit_trail = { organization = { id = "o-a1b2c3d4e5" } }
  }

  assert {
    condition     = aws_cloudtrail.this.is_organization_trail && jsonencode([for resource in flatten([for statement in data.aws_iam_policy_document.bucket.statement : statement.resources if statement.sid == "TrailWrites"]) : split("AWSLogs", resource)[1]]) == jsonencode(["/${local.account}/*", "/o-a1b2c3d4e5/*"])
    error_message = "The organisation writes to ${data.aws_iam_policy_document.bucket.json}."
  }

  assert {
    condition     = contains(flatten([for statement in data.aws_iam_policy_document.key.statement : [for condition in statement.condition : condition.values] if statement.sid == "TrailEncrypts"]), "arn:aws:cloudtrail:*:*:trail/example-audit")
    error_message = "The trails of other accounts are not let in by the key."
  }
}

run "events_of_data_come_beside_those_of_management" {
  command = plan

  variables {
    audit_trail = {
      data_events = {
        documents = { type = "AWS::S3::Object", arns = ["arn:aws:s3:::documents/"] }
        tables    = { type = "AWS::DynamoDB::Table", reads = false }
      }
      insights = ["ApiErrorRateInsight"]
    }
  }

  assert {
    condition = { for one in aws_cloudtrail.this.advanced_event_selector : one.name => { for field in one.field_selector : field.field => join(" ", concat(coalesce(field.equals, []), coalesce(field.starts_with, []))) } } == {
      management     = { eventCategory = "Management" }
      data-documents = { eventCategory = "Data", "resources.type" = "AWS::S3::Object", "resources.ARN" = "arn:aws:s3:::documents/" }
      data-tables    = { eventCategory = "Data", "resources.type" = "AWS::DynamoDB::Table", readOnly = "false" }
    }
    error_message = "The trail writes ${jsonencode(aws_cloudtrail.this.advanced_event_selector)}."
  }

  assert {
    condition     = one(aws_cloudtrail.this.insight_selector).insight_type == "ApiErrorRateInsight"
    error_message = "The trail looks for something else."
  }
}

run "what_is_locked_is_kept_and_what_is_not_protected_can_be_deleted" {
  command = plan

  variables {
    audit_trail = { storage = { days = 400, lock = { days = 365, mode = "COMPLIANCE" } }, access_logs = { bucket = "example-logs" }, protected = false }
  }

  assert {
    condition     = aws_s3_bucket.this.object_lock_enabled && one(one(aws_s3_bucket_object_lock_configuration.this[0].rule).default_retention).mode == "COMPLIANCE" && one(one(aws_s3_bucket_object_lock_configuration.this[0].rule).default_retention).days == 365
    error_message = "The bucket is not locked as it was said to be."
  }

  assert {
    condition     = aws_s3_bucket.this.force_destroy && !contains(data.aws_iam_policy_document.bucket.statement[*].sid, "NothingIsLost") && aws_s3_bucket_logging.this[0].target_bucket == "example-logs"
    error_message = "The bucket cannot be deleted, or its requests are not logged."
  }
}
