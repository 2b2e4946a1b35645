resource "aws_secretsmanager_secret" "this" {
  name       = "sm-1-pass"
  kms_key_id = aws_kms_key.this.arn
}

resource "aws_secretsmanager_secret_rotation" "this" {
  secret_id           = aws_secretsmanager_secret.this.id
  rotation_lambda_arn = "arn:aws:lambda:eu-central-1:111122223333:function:rotate"

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_kms_key" "this" {}

# Written again by Terraform.
resource "aws_secretsmanager_secret" "renewed" {
  name       = "sm-1-pass-renewed"
  kms_key_id = aws_kms_key.this.arn
}

resource "aws_secretsmanager_secret_version" "renewed" {
  secret_id                = aws_secretsmanager_secret.renewed.id
  secret_string_wo         = "fixture"
  secret_string_wo_version = time_rotating.renewed.unix
}

resource "time_rotating" "renewed" {
  rotation_days = 90
}
