locals {
  # Without a rule there is a vault alone.
  has_rules = length(var.backup.rules) > 0
}

resource "aws_backup_plan" "this" {
  count = local.has_rules ? 1 : 0

  name = var.context.name
  tags = var.context.tags

  dynamic "rule" {
    for_each = var.backup.rules

    content {
      rule_name                = rule.key
      target_vault_name        = aws_backup_vault.this.name
      schedule                 = rule.value.schedule
      start_window             = rule.value.start_hours * 60
      completion_window        = rule.value.done_hours * 60
      enable_continuous_backup = rule.value.continuous
      recovery_point_tags      = merge(var.context.tags, { rule = rule.key })

      lifecycle {
        delete_after       = rule.value.days
        cold_storage_after = rule.value.cold_after
      }

      dynamic "copy_action" {
        for_each = { for name, copy in var.backup.copies : name => copy if rule.value.copied }

        content {
          destination_vault_arn = copy_action.value.vault_arn

          lifecycle {
            delete_after = coalesce(copy_action.value.days, rule.value.days)
          }
        }
      }
    }
  }
}

resource "aws_backup_selection" "this" {
  count = local.has_rules ? 1 : 0

  name         = "tagged"
  plan_id      = aws_backup_plan.this[0].id
  iam_role_arn = aws_iam_role.this["backup"].arn

  dynamic "selection_tag" {
    for_each = var.backup.tag.values

    content {
      type  = "STRINGEQUALS"
      key   = var.backup.tag.key
      value = selection_tag.value
    }
  }

  # A backup that is due before the role may do it fails.
  depends_on = [aws_iam_role_policy_attachment.this]
}
