resource "aws_secretsmanager_secret" "this" {
  name       = "sm-1-unknown"
  kms_key_id = terraform_data.later.id
}

resource "aws_secretsmanager_secret_rotation" "this" {
  secret_id           = aws_secretsmanager_secret.this.id
  rotation_lambda_arn = "arn:aws:lambda:eu-central-1:111122223333:function:rotate"

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "terraform_data" "later" {}
