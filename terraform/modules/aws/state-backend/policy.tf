resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = data.aws_iam_policy_document.bucket.json

  # S3 refuses two changes of a bucket's access at once.
  depends_on = [aws_s3_bucket_public_access_block.this, aws_s3_bucket_ownership_controls.this]
}

locals {
  bucket_arn = "arn:${data.aws_partition.this.partition}:s3:::${local.bucket}"

  # By name, as statements are named.
  roles = { for name, one in var.state_backend.access : replace(title(replace(name, "-", " ")), " ", "") => {
    arn    = one.role_arn
    write  = one.write
    states = [for state in one.states : "${local.bucket_arn}/${state}"]
    locks  = [for state in one.states : "${local.bucket_arn}/${state}.tflock"]
  } }

  # Statements that are there only where the description asks for them. Lifecycle rules are not requests: old versions still end where nothing may be deleted.
  # Without the right to list, S3 answers that a state which is not there yet is forbidden, and not that it is missing.
  # A lock is given back by deleting it; a state is not deleted.
  optional = merge(
    !var.state_backend.protected ? {} : {
      NothingIsLost = { effect = "Deny", who = "*", roles = ["*"], actions = ["s3:DeleteBucket", "s3:DeleteObjectVersion"], resources = [local.bucket_arn, "${local.bucket_arn}/*"] }
    },
    { for name, role in local.roles : "List${name}" => { effect = "Allow", who = "AWS", roles = [role.arn], actions = ["s3:ListBucket"], resources = [local.bucket_arn] } },
    { for name, role in local.roles : "Read${name}" => { effect = "Allow", who = "AWS", roles = [role.arn], actions = ["s3:GetObject"], resources = concat(role.states, role.locks) } },
    { for name, role in local.roles : "Write${name}" => { effect = "Allow", who = "AWS", roles = [role.arn], actions = ["s3:PutObject"], resources = concat(role.states, role.locks) } if role.write },
    { for name, role in local.roles : "Unlock${name}" => { effect = "Allow", who = "AWS", roles = [role.arn], actions = ["s3:DeleteObject"], resources = role.locks } if role.write },
  )
}

data "aws_iam_policy_document" "bucket" {
  statement {
    sid       = "OnlyTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.bucket_arn, "${local.bucket_arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  # A request that names no key and no algorithm is right: the bucket encrypts with its key. So the conditions hold only where something is named.
  statement {
    sid       = "OnlyKms"
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["${local.bucket_arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Null"
      variable = "s3:x-amz-server-side-encryption"
      values   = ["false"]
    }

    condition {
      test     = "StringNotEquals"
      variable = "s3:x-amz-server-side-encryption"
      values   = ["aws:kms"]
    }
  }

  statement {
    sid       = "OnlyThisKey"
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["${local.bucket_arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Null"
      variable = "s3:x-amz-server-side-encryption-aws-kms-key-id"
      values   = ["false"]
    }

    condition {
      test     = "StringNotEquals"
      variable = "s3:x-amz-server-side-encryption-aws-kms-key-id"
      values   = [aws_kms_key.this.arn]
    }
  }

  # What a client encrypts with a key that it sends along is lost with that key.
  statement {
    sid       = "NoKeyOfTheClient"
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["${local.bucket_arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Null"
      variable = "s3:x-amz-server-side-encryption-customer-algorithm"
      values   = ["false"]
    }
  }

  dynamic "statement" {
    for_each = local.optional

    content {
      sid       = statement.key
      effect    = statement.value.effect
      actions   = statement.value.actions
      resources = statement.value.resources

      principals {
        type        = statement.value.who
        identifiers = statement.value.roles
      }
    }
  }
}
