# By a function, which changes the value where it is used as well; or here, for values that nothing but their readers know: the first apply after so many days
# writes a new one.

locals {
  is_rotated_here = var.secret.rotation.function == null
}

resource "time_rotating" "this" {
  count = local.is_rotated_here ? 1 : 0

  rotation_days = var.secret.rotation.days
}

resource "aws_secretsmanager_secret_rotation" "this" {
  count = local.is_rotated_here ? 0 : 1

  secret_id           = aws_secretsmanager_secret.this.id
  rotation_lambda_arn = var.secret.rotation.function.arn
  rotate_immediately  = var.secret.rotation.function.at_once

  rotation_rules {
    automatically_after_days = var.secret.rotation.days
  }

  # The function begins with the value that is there, and must be let in.
  depends_on = [aws_lambda_permission.rotation, aws_secretsmanager_secret_policy.this, aws_secretsmanager_secret_version.this]
}

resource "aws_lambda_permission" "rotation" {
  count = local.is_rotated_here ? 0 : 1

  statement_id   = "rotate-${replace("${var.context.name}-${var.secret.name}", "/", "-")}"
  action         = "lambda:InvokeFunction"
  function_name  = var.secret.rotation.function.arn
  principal      = "secretsmanager.amazonaws.com"
  source_account = data.aws_caller_identity.this.account_id
  source_arn     = aws_secretsmanager_secret.this.arn
}
