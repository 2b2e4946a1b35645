resource "aws_cloudwatch_log_group" "this" {
  name              = "log-1-pass"
  retention_in_days = 400
  kms_key_id        = aws_kms_key.this.arn
}

resource "aws_cloudwatch_log_group" "for_ever" {
  name       = "log-1-pass-for-ever"
  kms_key_id = "arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
}

resource "aws_kms_key" "this" {}
