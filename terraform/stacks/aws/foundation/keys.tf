# One key for what the environment stores, one for what it logs: who may read logs needs no way to the data.

locals {
  keys = {
    data = { what = "data", policy = data.aws_iam_policy_document.data_key.json }
    logs = { what = "logs", policy = data.aws_iam_policy_document.logs_key.json }
  }
}

resource "aws_kms_key" "this" {
  for_each = local.keys

  description             = "Encrypts the ${each.value.what} of environment ${local.env.name}"
  policy                  = each.value.policy
  enable_key_rotation     = true
  deletion_window_in_days = local.env.protected ? 30 : 7
}

# Other stacks find the key by this name.
resource "aws_kms_alias" "this" {
  for_each = aws_kms_key.this

  name          = "alias/${local.env.name}-${each.key}"
  target_key_id = each.value.key_id
}

# The account decides through IAM who may use the key. Without this statement the key could be neither used nor changed.
data "aws_iam_policy_document" "data_key" {
  statement {
    sid       = "AccountDecides"
    actions   = ["kms:*"]
    resources = ["*"] # in a key's policy: the key itself

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.this.partition}:iam::${local.env.account}:root"]
    }
  }
}

data "aws_iam_policy_document" "logs_key" {
  source_policy_documents = [data.aws_iam_policy_document.data_key.json]

  statement {
    sid       = "CloudWatchLogs"
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${local.env.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:${data.aws_partition.this.partition}:logs:${local.env.region}:${local.env.account}:log-group:*"]
    }
  }
}

data "aws_partition" "this" {}
