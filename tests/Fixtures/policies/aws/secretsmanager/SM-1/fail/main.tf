resource "aws_secretsmanager_secret" "slow" {
  name       = "sm-1-fail-slow"
  kms_key_id = aws_kms_key.this.arn
}

resource "aws_secretsmanager_secret_rotation" "slow" {
  secret_id           = aws_secretsmanager_secret.slow.id
  rotation_lambda_arn = "arn:aws:lambda:eu-central-1:111122223333:function:rotate"

  rotation_rules {
    automatically_after_days = 365
  }
}

resource "aws_secretsmanager_secret" "never" {
  name       = "sm-1-fail-never"
  kms_key_id = aws_kms_key.this.arn
}

resource "aws_secretsmanager_secret" "managed" {
  name       = "sm-1-fail-managed"
  kms_key_id = null
}

resource "aws_secretsmanager_secret_rotation" "managed" {
  secret_id           = aws_secretsmanager_secret.managed.id
  rotation_lambda_arn = "arn:aws:lambda:eu-central-1:111122223333:function:rotate"

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_kms_key" "this" {}

resource "aws_secretsmanager_secret" "alias" {
  name       = "sm-1-fail-alias"
  kms_key_id = "arn:aws:kms:eu-central-1:111122223333:alias/aws/secretsmanager"
}

resource "aws_secretsmanager_secret_rotation" "alias" {
  secret_id           = aws_secretsmanager_secret.alias.id
  rotation_lambda_arn = "arn:aws:lambda:eu-central-1:111122223333:function:rotate"

  rotation_rules {
    automatically_after_days = 30
  }
}

# Written again by Terraform.
resource "aws_secretsmanager_secret" "renewed" {
  name       = "sm-1-fail-renewed"
  kms_key_id = aws_kms_key.this.arn
}

resource "aws_secretsmanager_secret_version" "renewed" {
  secret_id                = aws_secretsmanager_secret.renewed.id
  secret_string_wo         = "fixture"
  secret_string_wo_version = time_rotating.renewed.unix
}

resource "time_rotating" "renewed" {
  rotation_days = 400
}
