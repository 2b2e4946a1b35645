# Who may use the key. A key's policy comes before IAM: what it does not allow, no other policy can.

data "aws_iam_policy_document" "this" {
  # The account decides through IAM who may administer and use the key. Without this statement the key could be neither changed nor deleted.
  statement {
    sid       = "AccountDecides"
    actions   = ["kms:*"]
    resources = ["*"] # in a key's policy: the key itself

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.this.partition}:iam::${data.aws_caller_identity.this.account_id}:root"]
    }
  }

  dynamic "statement" {
    for_each = merge(local.services, local.roles, local.attaching_roles)

    content {
      sid       = replace(title(replace(statement.key, "-", " ")), " ", "")
      actions   = statement.value.actions
      resources = ["*"]

      principals {
        type        = statement.value.type
        identifiers = [statement.value.principal]
      }

      dynamic "condition" {
        for_each = statement.value.conditions

        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

locals {
  actions = {
    use     = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    encrypt = ["kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*"]
    decrypt = ["kms:Decrypt", "kms:DescribeKey"]
  }

  # What a service is not limited by otherwise, it may do for this account alone.
  services = {
    for name, service in var.kms_key.services : "service-${name}" => {
      type      = "Service"
      principal = service.principal
      actions   = local.actions[service.may]
      conditions = concat(
        local.context_conditions.services[name],
        length(service.source_arns) == 0 ? [] : [{ test = "ArnLike", variable = "aws:SourceArn", values = tolist(service.source_arns) }],
        service.source_account == null && length(service.source_arns) + length(service.encryption_context) > 0 ? [] : [
          { test = "StringEquals", variable = "aws:SourceAccount", values = [coalesce(service.source_account, data.aws_caller_identity.this.account_id)] },
        ],
      )
    }
  }

  roles = {
    for name, role in var.kms_key.roles : "role-${name}" => {
      type       = "AWS"
      principal  = role.arn
      actions    = local.actions[role.may]
      conditions = local.role_conditions[name]
    }
  }

  # A volume or a database keeps a grant of its own for as long as it is there. Its maker asks for it, and can give it to AWS only.
  attaching_roles = {
    for name, role in var.kms_key.roles : "attach-${name}" => {
      type       = "AWS"
      principal  = role.arn
      actions    = ["kms:CreateGrant"]
      conditions = concat(local.role_conditions[name], [{ test = "Bool", variable = "kms:GrantIsForAWSResource", values = ["true"] }])
    } if role.attaches
  }

  role_conditions = {
    for name, role in var.kms_key.roles : name => concat(
      local.context_conditions.roles[name],
      length(role.via) == 0 ? [] : [{ test = "StringEquals", variable = "kms:ViaService", values = tolist(role.via) }],
    )
  }

  # An ARN's pattern is compared part by part, so that a star covers no account.
  context_conditions = {
    for kind, users in { services = var.kms_key.services, roles = var.kms_key.roles } : kind => {
      for name, user in users : name => [
        for key, values in user.encryption_context : {
          test     = alltrue([for value in values : startswith(value, "arn:")]) ? "ArnLike" : "StringLike"
          variable = "kms:EncryptionContext:${key}"
          values   = tolist(values)
        }
      ]
    }
  }
}

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
