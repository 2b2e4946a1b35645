# Where every alarm of the environment goes, and who is told. Other stacks derive the topic's ARN from its name.

locals {
  alarms = "arn:${data.aws_partition.this.partition}:cloudwatch:${local.env.region}:${local.env.account}:alarm:${local.env.name}-*"
}

resource "aws_sns_topic" "alarms" {
  name              = "${local.env.name}-alarms"
  kms_master_key_id = module.key["logs"].kms_key.arn
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = aws_sns_topic.alarms.arn
  policy = data.aws_iam_policy_document.alarms.json
}

data "aws_iam_policy_document" "alarms" {
  statement {
    sid       = "AlarmsOfTheEnvironment"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.env.account]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = [local.alarms]
    }
  }
}

resource "aws_sns_topic_subscription" "alarms" {
  for_each = toset(local.env.alerts.emails)

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.value
}

output "alarms" {
  description = "ARN of the topic that alarms go to. Each address of env.alerts.emails gets a message that it has to confirm."
  value       = aws_sns_topic.alarms.arn
}
