# A backup that fails is missed only when it is needed. So a topic is told.

resource "aws_cloudwatch_event_rule" "failures" {
  count = length(var.backup.failures[*])

  name        = "${var.context.name}-backup-failures"
  description = "Jobs of AWS Backup that did not end well"
  tags        = var.context.tags

  event_pattern = jsonencode({
    source      = ["aws.backup"]
    detail-type = ["Backup Job State Change", "Copy Job State Change", "Restore Job State Change"]
    detail = { "$or" = [
      { state = ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"] },  # of backups and copies
      { status = ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"] }, # of restores
    ] }
  })
}

resource "aws_cloudwatch_event_target" "failures" {
  count = length(var.backup.failures[*])

  rule      = aws_cloudwatch_event_rule.failures[0].name
  target_id = "topic"
  arn       = var.backup.failures.topic_arn
}
