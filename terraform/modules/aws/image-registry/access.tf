# Who else gets in: other accounts, and services. Roles of this account need no statement here; their own policies decide.

resource "aws_ecr_repository_policy" "this" {
  for_each = local.is_shared ? aws_ecr_repository.this : {}

  repository = each.value.name
  policy     = data.aws_iam_policy_document.access.json
}

data "aws_iam_policy_document" "access" {
  dynamic "statement" {
    for_each = local.statements

    content {
      sid     = statement.key
      actions = statement.value.pushes ? concat(local.pull, local.push) : local.pull

      principals {
        type        = statement.value.type
        identifiers = statement.value.principals
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
  pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
  push = ["ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"]

  # By their presence in the description, which is known while planning; whose ARNs they are may not be.
  is_shared = length(var.image_registry.pull.accounts) + length(var.image_registry.pull.functions) + length(var.image_registry.push) > 0 || var.image_registry.pull.organization != null

  statements = merge(
    length(var.image_registry.pull.accounts) == 0 ? {} : {
      PullByAccounts = {
        type       = "AWS"
        principals = [for account in var.image_registry.pull.accounts : "arn:${data.aws_partition.this.partition}:iam::${account}:root"]
        conditions = []
        pushes     = false
      }
    },
    var.image_registry.pull.organization == null ? {} : {
      PullByOrganization = {
        type       = "AWS"
        principals = ["*"] # everyone, as long as the organization is this one
        conditions = [{ test = "StringEquals", variable = "aws:PrincipalOrgID", values = [var.image_registry.pull.organization] }]
        pushes     = false
      }
    },
    length(var.image_registry.pull.functions) == 0 ? {} : {
      PullByFunctions = {
        type       = "Service"
        principals = ["lambda.amazonaws.com"]
        conditions = [{ test = "ArnLike", variable = "aws:SourceArn", values = tolist(var.image_registry.pull.functions) }]
        pushes     = false
      }
    },
    length(var.image_registry.push) == 0 ? {} : {
      PushByRoles = { type = "AWS", principals = tolist(var.image_registry.push), conditions = [], pushes = true }
    },
  )
}

data "aws_partition" "this" {}
