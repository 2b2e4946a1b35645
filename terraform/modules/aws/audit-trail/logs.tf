# The copy in CloudWatch, where metric filters and alarms look.

resource "aws_cloudwatch_log_group" "this" {
  name              = "/causeway/${var.context.name}/audit"
  retention_in_days = var.audit_trail.logs.days
  kms_key_id        = aws_kms_key.this.arn
  tags              = local.tags
}

resource "aws_iam_role" "logs" {
  name                 = local.name
  description          = "Lets the trail ${local.name} write to CloudWatch"
  assume_role_policy   = data.aws_iam_policy_document.logs_trust.json
  permissions_boundary = var.context.boundary_arn
  tags                 = local.tags
}

resource "aws_iam_role_policy" "logs" {
  name   = "write-log"
  role   = aws_iam_role.logs.name
  policy = data.aws_iam_policy_document.logs_write.json
}

data "aws_iam_policy_document" "logs_trust" {
  statement {
    sid     = "ThisTrail"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }
  }
}

data "aws_iam_policy_document" "logs_write" {
  statement {
    sid     = "Write"
    actions = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [
      for owner in concat([local.account], var.audit_trail.organization[*].id) :
      "${aws_cloudwatch_log_group.this.arn}:log-stream:${owner}_CloudTrail_${local.region}*"
    ]
  }
}
