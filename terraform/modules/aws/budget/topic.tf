# A topic and a key that AWS's billing may write with, for this account and no other.

locals {
  topics = var.budget.topic.enabled ? 1 : 0

  senders = ["budgets.amazonaws.com", "costalerts.amazonaws.com"]
}

resource "aws_sns_topic" "this" {
  count = local.topics

  name              = "${var.context.name}-costs"
  kms_master_key_id = aws_kms_key.this[0].arn
  tags              = var.context.tags
}

resource "aws_sns_topic_subscription" "this" {
  for_each = var.budget.topic.subscribers

  topic_arn = aws_sns_topic.this[0].arn
  protocol  = each.value.protocol
  endpoint  = each.value.endpoint
}

resource "aws_sns_topic_policy" "this" {
  count = local.topics

  arn    = aws_sns_topic.this[0].arn
  policy = data.aws_iam_policy_document.topic[0].json
}

data "aws_iam_policy_document" "topic" {
  count = local.topics

  statement {
    sid       = "Senders"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.this[0].arn]

    principals {
      type        = "Service"
      identifiers = local.senders
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_kms_key" "this" {
  count = local.topics

  description             = "Encrypts messages about costs of ${var.context.name}"
  policy                  = data.aws_iam_policy_document.key[0].json
  enable_key_rotation     = true
  deletion_window_in_days = 7 # it holds messages on their way, and nothing that lasts
  tags                    = merge(var.context.tags, { Name = "${var.context.name}-costs" })
}

data "aws_iam_policy_document" "key" {
  count = local.topics

  # The account decides through IAM who may use the key. Without this statement the key could be neither used nor changed.
  statement {
    sid       = "AccountDecides"
    actions   = ["kms:*"]
    resources = ["*"] # in a key's policy: the key itself

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${local.account}:root"]
    }
  }

  statement {
    sid       = "Senders"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = local.senders
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}
