# A key of its own: who may read the bucket but not use the key sees no state, and states hold secrets.

resource "aws_kms_key" "this" {
  description             = "Encrypts Terraform states of ${var.context.name}"
  policy                  = data.aws_iam_policy_document.key.json
  enable_key_rotation     = true
  deletion_window_in_days = var.state_backend.protected ? 30 : 7
  tags                    = local.tags
}

resource "aws_kms_alias" "this" {
  name          = "alias/${local.bucket}"
  target_key_id = aws_kms_key.this.key_id
}

locals {
  account = "arn:${data.aws_partition.this.partition}:iam::${data.aws_caller_identity.this.account_id}:root"
}

data "aws_iam_policy_document" "key" {
  # The account decides through IAM who may use the key. Without this statement the key could be neither used nor changed.
  statement {
    sid       = "AccountDecides"
    actions   = ["kms:*"]
    resources = ["*"] # in a key's policy: the key itself

    principals {
      type        = "AWS"
      identifiers = [local.account]
    }
  }

  # S3 decrypts what is read, and asks for a data key for what is written. The account stands in both since a statement is about someone.
  statement {
    sid       = "Read"
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = concat([local.account], [for one in values(var.state_backend.access) : one.role_arn])
    }

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${data.aws_region.this.region}.amazonaws.com"]
    }
  }

  statement {
    sid       = "Write"
    actions   = ["kms:GenerateDataKey"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = concat([local.account], [for one in values(var.state_backend.access) : one.role_arn if one.write])
    }

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${data.aws_region.this.region}.amazonaws.com"]
    }
  }
}
