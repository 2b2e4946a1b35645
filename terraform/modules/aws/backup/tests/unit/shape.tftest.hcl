# What a description becomes. Against a provider, not a mock: policies are read as AWS would get them.

provider "aws" {
  region = "eu-central-1"
}

variables {
  context = { name = "example", tags = { owner = "platform-team" } }
  backup  = {}
}

run "what_is_not_said_is_safe" {
  command = apply

  assert {
    condition     = { for rule in aws_backup_plan.this[0].rule : rule.rule_name => one(rule.lifecycle).delete_after } == { daily = 35, weekly = 90, monthly = 366 }
    error_message = "The rules are ${jsonencode(aws_backup_plan.this[0].rule)}."
  }

  assert {
    condition     = [for tag in aws_backup_selection.this[0].selection_tag : "${tag.type} ${tag.key}=${tag.value}"] == ["STRINGEQUALS backup=true"] && aws_backup_selection.this[0].iam_role_arn == aws_iam_role.this["backup"].arn
    error_message = "What is selected is ${jsonencode(aws_backup_selection.this[0].selection_tag)}."
  }

  assert {
    condition     = aws_backup_vault.this.kms_key_arn == aws_kms_key.this.arn && !aws_backup_vault.this.force_destroy && aws_kms_key.this.enable_key_rotation
    error_message = "The vault has another key, or can be deleted with what is in it."
  }

  assert {
    condition     = one(jsondecode(aws_backup_vault_policy.this[0].policy).Statement).Effect == "Deny" && contains(one(jsondecode(aws_backup_vault_policy.this[0].policy).Statement).Action, "backup:DeleteRecoveryPoint")
    error_message = "A backup can be deleted: ${aws_backup_vault_policy.this[0].policy}."
  }

  assert {
    condition     = keys(aws_iam_role.this) == ["backup"] && keys(aws_iam_role_policy_attachment.this) == ["backup"] && length(aws_backup_vault_lock_configuration.this) == 0 && output.backup.roles.restore == null
    error_message = "More was made than was asked for."
  }

  assert {
    condition     = alltrue([for rule in aws_backup_plan.this[0].rule : rule.recovery_point_tags == tomap({ owner = "platform-team", rule = rule.rule_name })])
    error_message = "A backup does not say whose it is."
  }
}

run "a_rule_is_copied_unless_it_says_otherwise" {
  command = plan

  variables {
    backup = {
      rules = {
        second  = { schedule = "cron(0 1 * * ? *)", days = 35, continuous = true, copied = false, start_hours = 2, done_hours = 8 }
        monthly = { schedule = "cron(0 5 1 * ? *)", days = 400, cold_after = 30 }
      }
      copies = {
        near = { vault_arn = "arn:aws:backup:eu-west-1:123456789012:backup-vault:near" }
        far  = { vault_arn = "arn:aws:backup:us-east-1:123456789012:backup-vault:far", days = 90 }
      }
    }
  }

  assert {
    condition = { for rule in aws_backup_plan.this[0].rule : rule.rule_name => join(" ", sort([for copy in rule.copy_action : "${split(":", copy.destination_vault_arn)[6]}=${one(copy.lifecycle).delete_after}"])) } == {
      second = "", monthly = "far=90 near=400"
    }
    error_message = "The copies are ${jsonencode(aws_backup_plan.this[0].rule)}."
  }

  assert {
    condition     = [for rule in aws_backup_plan.this[0].rule : [rule.start_window, rule.completion_window, rule.enable_continuous_backup] if rule.rule_name == "second"] == [[120, 480, true]] && [for rule in aws_backup_plan.this[0].rule : one(rule.lifecycle).cold_storage_after if rule.rule_name == "monthly"] == [30]
    error_message = "The rules are ${jsonencode(aws_backup_plan.this[0].rule)}."
  }
}

run "a_vault_alone_is_locked_and_backs_up_nothing" {
  command = plan

  variables {
    backup = { rules = {}, lock = { min_days = 30, max_days = 400, final_after = 3 }, protected = false }
  }

  assert {
    condition     = length(aws_backup_plan.this) == 0 && length(aws_backup_selection.this) == 0 && length(aws_iam_role.this) == 0 && aws_backup_vault.this.force_destroy && length(aws_backup_vault_policy.this) == 0
    error_message = "There is more than a vault, or it is protected."
  }

  assert {
    condition     = aws_backup_vault_lock_configuration.this[0].min_retention_days == 30 && aws_backup_vault_lock_configuration.this[0].max_retention_days == 400 && aws_backup_vault_lock_configuration.this[0].changeable_for_days == 3
    error_message = "The vault is locked otherwise."
  }
}

run "who_restores_has_a_role_of_its_own_and_failures_are_told" {
  command = plan

  variables {
    backup = { services = { s3 = true }, restores = true, failures = { topic_arn = "arn:aws:sns:eu-central-1:123456789012:failures" } }
  }

  assert {
    condition     = { for name, one in aws_iam_role_policy_attachment.this : name => one.role } == { backup = "example-backup", backup-s3 = "example-backup", restore = "example-restore", restore-s3 = "example-restore" }
    error_message = "The roles have ${jsonencode({ for name, one in aws_iam_role_policy_attachment.this : name => one.role })}."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.failures[0].event_pattern).source == ["aws.backup"] && aws_cloudwatch_event_target.failures[0].arn == "arn:aws:sns:eu-central-1:123456789012:failures"
    error_message = "Failures are not told."
  }
}
