resource "aws_flow_log" "this" {
  count = local.flow_logs

  vpc_id                   = local.vpc.id
  traffic_type             = "ALL"
  log_destination_type     = "cloud-watch-logs"
  log_destination          = aws_cloudwatch_log_group.flow[0].arn
  iam_role_arn             = aws_iam_role.flow[0].arn
  max_aggregation_interval = 60
  tags                     = merge(var.context.tags, { Name = var.context.name })

  depends_on = [aws_iam_role_policy.flow]
}

resource "aws_cloudwatch_log_group" "flow" {
  count = local.flow_logs

  name              = "/causeway/${var.context.name}/flow-logs"
  retention_in_days = var.network.flow_logs.days
  kms_key_id        = var.network.flow_logs.kms_key_arn
  tags              = var.context.tags
}

resource "aws_iam_role" "flow" {
  count = local.flow_logs

  name                 = "${var.context.name}-flow-logs"
  description          = "Lets the flow logs of VPC ${var.context.name} write to CloudWatch"
  assume_role_policy   = data.aws_iam_policy_document.flow_trust.json
  permissions_boundary = var.context.boundary_arn
  tags                 = var.context.tags
}

resource "aws_iam_role_policy" "flow" {
  count = local.flow_logs

  name   = "write-log"
  role   = aws_iam_role.flow[0].name
  policy = data.aws_iam_policy_document.flow_write[0].json
}

data "aws_iam_policy_document" "flow_trust" {
  statement {
    sid     = "FlowLogsOfThisAccount"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }

    # The service may act for this account's flow logs only.
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.this.partition}:ec2:${local.region}:${data.aws_caller_identity.this.account_id}:vpc-flow-log/*"]
    }
  }
}

data "aws_iam_policy_document" "flow_write" {
  count = local.flow_logs

  statement {
    sid       = "Write"
    actions   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.flow[0].arn}:*"]
  }

  statement {
    sid       = "Find"
    actions   = ["logs:DescribeLogGroups"]
    resources = ["arn:${data.aws_partition.this.partition}:logs:${local.region}:${data.aws_caller_identity.this.account_id}:log-group:*"]
  }
}

locals {
  flow_logs = var.network.flow_logs == null ? 0 : 1
}
