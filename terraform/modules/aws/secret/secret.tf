resource "aws_secretsmanager_secret" "this" {
  name                    = "${var.context.name}/${var.secret.name}"
  description             = coalesce(var.secret.description, "The ${var.secret.name} of ${var.context.name}")
  kms_key_id              = var.secret.kms_key_arn
  recovery_window_in_days = var.secret.recovery_days
  tags                    = var.context.tags
}

# Made again by each plan and apply, and written only when the version changes. It is in no state and in no plan.
ephemeral "random_password" "this" {
  length           = var.secret.password.length
  special          = var.secret.password.special != ""
  override_special = var.secret.password.special
  min_lower        = 1
  min_upper        = 1
  min_numeric      = 1
}

resource "aws_secretsmanager_secret_version" "this" {
  secret_id                = aws_secretsmanager_secret.this.id
  secret_string_wo_version = local.is_rotated_here ? time_rotating.this[0].unix : 1
  secret_string_wo = var.secret.document == null ? ephemeral.random_password.this.result : jsonencode(merge(
    var.secret.document, { password = ephemeral.random_password.this.result }
  ))

  # AWS drops a version that has no label left, and Terraform would write a value over the function's. This label stays.
  version_stages = local.is_rotated_here ? null : ["AWSCURRENT", "INITIAL"]

  lifecycle {
    ignore_changes = [version_stages] # which version is the current one is the function's to say
  }
}
