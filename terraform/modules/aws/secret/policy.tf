# Who may at most. A deny stands above whatever IAM allows, so a policy that says too much somewhere in the account opens nothing here.

resource "aws_secretsmanager_secret_policy" "this" {
  secret_arn          = aws_secretsmanager_secret.this.arn
  policy              = data.aws_iam_policy_document.this.json
  block_public_policy = true

  lifecycle {
    precondition {
      condition     = contains(local.readers, data.aws_iam_session_context.caller.issuer_arn)
      error_message = "secret.managers and secret.readers leave out ${data.aws_iam_session_context.caller.issuer_arn}, which runs Terraform here and would lock itself out of ${var.context.name}/${var.secret.name}: name it in managers, or in readers if it only plans."
    }
  }
}

data "aws_iam_policy_document" "this" {
  statement {
    sid       = "OnlyNamedRolesRead"
    effect    = "Deny"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["*"] # in a secret's policy: the secret itself

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = local.readers
    }
  }

  statement {
    sid    = "OnlyManagersChange"
    effect = "Deny"
    actions = [
      "secretsmanager:CancelRotateSecret", "secretsmanager:DeleteResourcePolicy", "secretsmanager:DeleteSecret", "secretsmanager:PutResourcePolicy",
      "secretsmanager:PutSecretValue", "secretsmanager:ReplicateSecretToRegions", "secretsmanager:RestoreSecret", "secretsmanager:RotateSecret",
      "secretsmanager:UpdateSecret", "secretsmanager:UpdateSecretVersionStage",
    ]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = local.managers
    }
  }

  statement {
    sid       = "OnlyOverTls"
    effect    = "Deny"
    actions   = ["secretsmanager:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

locals {
  # The account's root user, and no role by that: the way back in when all managers are gone.
  root     = "arn:${data.aws_partition.this.partition}:iam::${data.aws_caller_identity.this.account_id}:root"
  managers = sort(concat([local.root], tolist(var.secret.managers), var.secret.rotation.function[*].role))
  readers  = distinct(sort(concat(local.managers, tolist(var.secret.readers))))
}

# The role behind the session that runs Terraform.
data "aws_iam_session_context" "caller" {
  arn = data.aws_caller_identity.this.arn
}

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
