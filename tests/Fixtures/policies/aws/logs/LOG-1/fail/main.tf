resource "aws_cloudwatch_log_group" "short" {
  name              = "log-1-fail-short"
  retention_in_days = 180
  kms_key_id        = aws_kms_key.this.arn
}

resource "aws_cloudwatch_log_group" "open" {
  name              = "log-1-fail-open"
  retention_in_days = 365
}

resource "aws_kms_key" "this" {}
