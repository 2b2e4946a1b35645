resource "aws_cloudwatch_log_group" "this" {
  name              = "log-1-unknown"
  retention_in_days = 365
  kms_key_id        = terraform_data.later.id
}

resource "terraform_data" "later" {}
