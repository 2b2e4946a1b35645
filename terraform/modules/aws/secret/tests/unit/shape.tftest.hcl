# What a description becomes: policies are evaluated by a provider, not a mock.

provider "aws" {
  region = "eu-central-1"
}

variables {
  context = { name = "dev-shop", tags = { owner = "shop-team" } }
  secret = {
    name        = "signing-key"
    kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
    managers    = ["arn:aws:iam::111122223333:role/deploy"]
    readers     = ["arn:aws:iam::111122223333:role/shop"]
  }
}

run "who_runs_terraform_is_not_locked_out" {
  command         = plan
  expect_failures = [aws_secretsmanager_secret_policy.this]
}

run "what_is_not_said_is_safe" {
  command = plan

  override_data {
    target = data.aws_iam_session_context.caller
    values = { issuer_arn = "arn:aws:iam::111122223333:role/deploy" }
  }

  assert {
    condition     = aws_secretsmanager_secret.this.name == "dev-shop/signing-key" && aws_secretsmanager_secret.this.recovery_window_in_days == 30 && aws_secretsmanager_secret.this.kms_key_id == var.secret.kms_key_arn
    error_message = "The secret is ${jsonencode(aws_secretsmanager_secret.this)}."
  }

  assert {
    condition     = time_rotating.this[0].rotation_days == 90 && length(aws_secretsmanager_secret_rotation.this) == 0 && length(aws_lambda_permission.rotation) == 0
    error_message = "A secret with defaults is not written again after 90 days."
  }

  assert {
    condition     = aws_secretsmanager_secret_version.this.secret_string == null && aws_secretsmanager_secret_version.this.secret_string_wo == null
    error_message = "The value stands in the plan."
  }

  assert {
    condition     = aws_secretsmanager_secret_policy.this.block_public_policy && alltrue([for statement in jsondecode(aws_secretsmanager_secret_policy.this.policy).Statement : statement.Effect == "Deny"])
    error_message = "The policy allows: ${aws_secretsmanager_secret_policy.this.policy}."
  }

  assert {
    condition = { for statement in jsondecode(aws_secretsmanager_secret_policy.this.policy).Statement : statement.Sid => jsonencode(statement.Condition) } == {
      OnlyNamedRolesRead = jsonencode({ ArnNotEquals = { "aws:PrincipalArn" = ["arn:aws:iam::111122223333:role/deploy", "arn:aws:iam::111122223333:role/shop", "arn:aws:iam::${data.aws_caller_identity.this.account_id}:root"] } })
      OnlyManagersChange = jsonencode({ ArnNotEquals = { "aws:PrincipalArn" = ["arn:aws:iam::111122223333:role/deploy", "arn:aws:iam::${data.aws_caller_identity.this.account_id}:root"] } })
      OnlyOverTls        = jsonencode({ Bool = { "aws:SecureTransport" = "false" } })
    }
    error_message = "The policy is ${aws_secretsmanager_secret_policy.this.policy}."
  }
}

# The function's first value keeps a label of its own: without one AWS drops it, and Terraform would write over what the function wrote.
run "a_function_takes_over" {
  command = plan

  override_data {
    target = data.aws_iam_session_context.caller
    values = { issuer_arn = "arn:aws:iam::111122223333:role/deploy" }
  }

  variables {
    secret = merge(var.secret, {
      document = { username = "shop" }
      rotation = { days = 30, function = { arn = "arn:aws:lambda:eu-central-1:111122223333:function:rotate", role = "arn:aws:iam::111122223333:role/rotate" } }
    })
  }

  assert {
    condition     = aws_secretsmanager_secret_version.this.version_stages == toset(["AWSCURRENT", "INITIAL"]) && aws_secretsmanager_secret_version.this.secret_string_wo_version == 1 && length(time_rotating.this) == 0
    error_message = "Terraform and the function both write: ${jsonencode(aws_secretsmanager_secret_version.this)}."
  }

  assert {
    condition     = aws_secretsmanager_secret_rotation.this[0].rotation_rules[0].automatically_after_days == 30 && aws_lambda_permission.rotation[0].principal == "secretsmanager.amazonaws.com" && aws_lambda_permission.rotation[0].statement_id == "rotate-dev-shop-signing-key"
    error_message = "The function is called by ${jsonencode(aws_secretsmanager_secret_rotation.this)}."
  }

  assert {
    condition     = strcontains(aws_secretsmanager_secret_policy.this.policy, "arn:aws:iam::111122223333:role/rotate")
    error_message = "The function is kept out: ${aws_secretsmanager_secret_policy.this.policy}."
  }
}
