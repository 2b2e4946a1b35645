# Who a component is to AWS, and what it may do: exactly what its contract says it uses. A component that uses nothing is nobody.

locals {
  # Transactions need no action of their own: each of their parts is allowed or refused as what it is, a condition alone as ConditionCheckItem.
  table_actions = {
    read  = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
    write = ["dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
  }
  index_actions = ["dynamodb:Query", "dynamodb:Scan"]

  # By component: the tables it uses, with access and ARN. ARNs are put together from names, so that a plan shows the whole policy
  # before the first table is there.
  tables_used = {
    for component in distinct([for use in local.uses : use.component]) : component => [
      for use in local.uses : {
        access  = use.access
        arn     = "${local.table_arns}/${use.owner == var.workload ? try(module.table[use.name].table.name, "unknown") : "${local.env.name}-${use.owner}-${use.name}"}"
        indexes = keys(try(local.owners[use.owner].resources.tables[use.name].indexes, {}))
      } if use.component == component && use.kind == "tables"
    ]
  }
  table_arns = "arn:${data.aws_partition.this.partition}:dynamodb:${local.env.region}:${local.env.account}:table"
}

data "aws_iam_policy_document" "uses" {
  for_each = local.tables_used

  statement {
    sid       = "ReadTables"
    actions   = local.table_actions.read
    resources = [for table in each.value : table.arn]
  }

  dynamic "statement" {
    for_each = length(flatten([for table in each.value : table.indexes])) > 0 ? ["ReadIndexes"] : []

    content {
      sid       = statement.value
      actions   = local.index_actions
      resources = flatten([for table in each.value : [for index in table.indexes : "${table.arn}/index/${index}"]])
    }
  }

  dynamic "statement" {
    for_each = contains(each.value[*].access, "write") ? ["WriteTables"] : []

    content {
      sid       = statement.value
      actions   = local.table_actions.write
      resources = [for table in each.value : table.arn if table.access == "write"]
    }
  }

  # DynamoDB unlocks a table's key in the caller's name, for reading and writing alike; nothing else may be decrypted with it.
  statement {
    sid       = "UnlockTables"
    actions   = ["kms:Decrypt"]
    resources = [data.aws_kms_alias.data.target_key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["dynamodb.${local.env.region}.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "trust" {
  for_each = local.tables_used

  dynamic "statement" {
    for_each = local.release.runtime == "eks" ? ["PodsOfTheComponent"] : []

    content {
      sid     = statement.value
      actions = ["sts:AssumeRole", "sts:TagSession"]

      principals {
        type        = "Service"
        identifiers = ["pods.eks.amazonaws.com"]
      }

      # EKS Pod Identity says by these tags who asks; the chart gives a component's service account the component's name.
      condition {
        test     = "StringEquals"
        variable = "aws:RequestTag/kubernetes-namespace"
        values   = [var.workload]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:RequestTag/kubernetes-service-account"
        values   = ["${var.workload}-${each.key}"]
      }
    }
  }

  dynamic "statement" {
    for_each = local.release.runtime == "ecs" ? ["TasksOfThisAccount"] : []

    content {
      sid     = statement.value
      actions = ["sts:AssumeRole"]

      principals {
        type        = "Service"
        identifiers = ["ecs-tasks.amazonaws.com"]
      }

      # ECS may act for tasks of this account and region only.
      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [local.env.account]
      }

      condition {
        test     = "ArnLike"
        variable = "aws:SourceArn"
        values   = ["arn:${data.aws_partition.this.partition}:ecs:${local.env.region}:${local.env.account}:*"]
      }
    }
  }
}

resource "aws_iam_role" "component" {
  for_each = local.tables_used

  name               = "${local.prefix}-${each.key}"
  description        = "Component ${each.key} of ${var.workload} in ${local.env.name}"
  assume_role_policy = data.aws_iam_policy_document.trust[each.key].json

  lifecycle {
    precondition {
      condition     = length("${local.prefix}-${each.key}") <= 64
      error_message = "${local.prefix}-${each.key} is longer than the 64 characters that a role's name may have; shorten the name of the environment, the workload or the component."
    }
  }
}

resource "aws_iam_role_policy" "uses" {
  for_each = local.tables_used

  name   = "uses"
  role   = aws_iam_role.component[each.key].name
  policy = data.aws_iam_policy_document.uses[each.key].json
}

data "aws_partition" "this" {}
