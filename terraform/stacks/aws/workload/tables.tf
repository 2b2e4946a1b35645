# Tables in DynamoDB: those of the contract, and what components may do with those they use.

module "table" {
  source   = "../../../modules/aws/table"
  for_each = try(local.contract.resources.tables, {})

  context = { name = local.prefix }
  table = {
    name        = each.key
    key         = each.value.key
    indexes     = try(each.value.indexes, {})
    ttl         = try(each.value.ttl, null)
    protected   = local.env.protected
    kms_key_arn = data.aws_kms_alias.data.target_key_arn

    billing       = can(local.env.tables) ? { mode = "provisioned", read = local.env.tables.read, write = local.env.tables.write } : {}
    recovery_days = try(local.env.freeTier, false) ? 0 : 35
  }
}

locals {
  # Transactions need no action of their own: each of their parts is allowed or refused as what it is, a condition alone as ConditionCheckItem.
  table_actions = {
    read  = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
    write = ["dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
  }
  index_actions = ["dynamodb:Query", "dynamodb:Scan"]

  # ARNs are put together from names, so that a plan shows the whole policy before the first table is there.
  table_arns = "arn:${data.aws_partition.this.partition}:dynamodb:${local.env.region}:${local.env.account}:table"

  tables_used = {
    for component, tables in lookup(local.used, "tables", {}) : component => [
      for table in tables : merge(table, { arn = "${local.table_arns}/${table.name}", indexes = keys(try(table.definition.indexes, {})) })
    ]
  }
}

data "aws_iam_policy_document" "tables" {
  for_each = local.tables_used

  dynamic "statement" {
    for_each = toset(flatten(each.value[*].verbs))

    content {
      sid       = "${title(statement.value)}Tables"
      actions   = local.table_actions[statement.value]
      resources = [for table in each.value : table.arn if contains(table.verbs, statement.value)]
    }
  }

  dynamic "statement" {
    for_each = anytrue([for table in each.value : contains(table.verbs, "read") && length(table.indexes) > 0]) ? ["ReadIndexes"] : []

    content {
      sid       = statement.value
      actions   = local.index_actions
      resources = flatten([for table in each.value : [for index in table.indexes : "${table.arn}/index/${index}"] if contains(table.verbs, "read")])
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

resource "aws_iam_role_policy" "tables" {
  for_each = local.tables_used

  name   = "tables"
  role   = aws_iam_role.component[each.key].name
  policy = data.aws_iam_policy_document.tables[each.key].json
}

output "tables" {
  description = "The workload's tables, by name, as module table hands them on."
  value       = { for name, table in module.table : name => table.table }
}
