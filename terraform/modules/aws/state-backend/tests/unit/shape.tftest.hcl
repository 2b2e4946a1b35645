# What a description becomes. Against a provider, not a mock: policies are read as AWS would get them.

provider "aws" {
  region = "eu-central-1"
}

variables {
  context       = { name = "example" }
  state_backend = {}
}

run "what_is_not_said_is_safe" {
  command = apply

  assert {
    condition     = aws_s3_bucket.this.bucket == "causeway-state-${data.aws_caller_identity.this.account_id}-eu-central-1" && !aws_s3_bucket.this.force_destroy
    error_message = "The bucket is ${aws_s3_bucket.this.bucket}, and force_destroy is ${aws_s3_bucket.this.force_destroy}."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).kms_master_key_id == aws_kms_key.this.arn && aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The bucket is not encrypted with a key of its own that is rotated."
  }

  assert {
    condition     = one(aws_s3_bucket_versioning.this.versioning_configuration).status == "Enabled"
    error_message = "The bucket keeps no versions."
  }

  assert {
    condition     = [for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : "${statement.Effect} ${statement.Sid}"] == ["Deny OnlyTls", "Deny OnlyKms", "Deny OnlyThisKey", "Deny NoKeyOfTheClient", "Deny NothingIsLost"]
    error_message = "The bucket's policy is ${aws_s3_bucket_policy.this.policy}."
  }

  assert {
    condition     = [for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement.Condition.StringNotEquals["s3:x-amz-server-side-encryption-aws-kms-key-id"] if statement.Sid == "OnlyThisKey"] == [aws_kms_key.this.arn]
    error_message = "Another key is let in: ${aws_s3_bucket_policy.this.policy}."
  }

  # A request that names nothing must not be refused: S3 takes the bucket's key then.
  assert {
    condition     = alltrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : contains(values(statement.Condition.Null), "false") if contains(["OnlyKms", "OnlyThisKey", "NoKeyOfTheClient"], statement.Sid)])
    error_message = "A request without a header is refused: ${aws_s3_bucket_policy.this.policy}."
  }

  assert {
    condition     = output.state_backend.backend == { bucket = aws_s3_bucket.this.bucket, region = "eu-central-1", encrypt = true, kms_key_id = aws_kms_key.this.arn, use_lockfile = true }
    error_message = "The backend is ${jsonencode(output.state_backend.backend)}."
  }
}

run "a_role_reaches_its_states_and_their_locks_and_a_reader_writes_nothing" {
  command = plan

  variables {
    state_backend = {
      access = {
        plan      = { role_arn = "arn:aws:iam::222233334444:role/plan" }
        dev-apply = { role_arn = "arn:aws:iam::222233334444:role/apply", states = ["envs/dev/foundation.tfstate"], write = true }
      }
    }
  }

  assert {
    condition     = [for statement in data.aws_iam_policy_document.bucket.statement : statement.sid if statement.effect == "Allow" || statement.effect == null] == ["ListDevApply", "ListPlan", "ReadDevApply", "ReadPlan", "UnlockDevApply", "WriteDevApply"]
    error_message = "The roles are let in by ${jsonencode(data.aws_iam_policy_document.bucket.statement[*].sid)}."
  }

  assert {
    condition = { for statement in data.aws_iam_policy_document.bucket.statement : statement.sid => [for resource in sort(statement.resources) : split(":::", resource)[1]] if endswith(statement.sid, "DevApply") && !startswith(statement.sid, "List") } == {
      for sid, suffixes in { ReadDevApply = ["", ".tflock"], WriteDevApply = ["", ".tflock"], UnlockDevApply = [".tflock"] } :
      sid => [for suffix in suffixes : "${local.bucket}/envs/dev/foundation.tfstate${suffix}"]
    }
    error_message = "The role reaches something else: ${jsonencode(data.aws_iam_policy_document.bucket.statement)}."
  }

  assert {
    condition = { for statement in jsondecode(data.aws_iam_policy_document.key.json).Statement : statement.Sid => join(" ", sort([for arn in flatten([statement.Principal.AWS]) : split("/", arn)[1] if strcontains(arn, "role/")])) } == {
      AccountDecides = "", Read = "apply plan", Write = "apply"
    }
    error_message = "The key lets in: ${data.aws_iam_policy_document.key.json}."
  }
}

run "what_is_not_protected_can_be_deleted_with_all_that_is_in_it" {
  command = plan

  variables {
    state_backend = { protected = false, history = { versions = 3, days = 10 }, access_logs = { bucket = "example-logs" } }
  }

  assert {
    condition     = aws_s3_bucket.this.force_destroy && aws_kms_key.this.deletion_window_in_days == 7 && !contains(data.aws_iam_policy_document.bucket.statement[*].sid, "NothingIsLost")
    error_message = "The bucket cannot be deleted."
  }

  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.this.rule : one(rule.noncurrent_version_expiration).noncurrent_days if rule.id == "history"] == [10]
    error_message = "The history is not as long as it was said to be."
  }

  assert {
    condition     = aws_s3_bucket_logging.this[0].target_bucket == "example-logs" && aws_s3_bucket_logging.this[0].target_prefix == "state/"
    error_message = "Requests are not logged."
  }
}
