resource "aws_cloudwatch_log_group" "this" {
  name              = var.journal.name
  retention_in_days = var.journal.days
  kms_key_id        = var.journal.kms_key_arn
}
