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
  # By verb, without what it includes. Without a sort key there is nothing to query but indexes. Transactions need no action of their own: each of their parts
  # is allowed or refused as what it is, a condition alone as ConditionCheckItem.
  table_actions = {
    get    = ["dynamodb:GetItem"]
    query  = ["dynamodb:Query"]
    scan   = ["dynamodb:Scan"]
    put    = ["dynamodb:PutItem"]
    update = ["dynamodb:UpdateItem"]
    delete = ["dynamodb:DeleteItem"]
    check  = ["dynamodb:ConditionCheckItem"]
    read   = ["dynamodb:BatchGetItem"]
    write  = ["dynamodb:BatchWriteItem"]
  }
  index_actions = { query = ["dynamodb:Query"] }

  # ARNs are put together from names, so that a plan shows the whole policy before the first table is there.
  table_arns = "arn:${data.aws_partition.this.partition}:dynamodb:${local.env.region}:${local.env.account}:table"

  tables_used = {
    for component, tables in lookup(local.used, "tables", {}) : component => [
      for table in tables : {
        sid           = replace(title(replace(table.name, "-", " ")), " ", "")
        arn           = "${local.table_arns}/${table.name}"
        actions       = flatten([for verb in table.verbs : local.table_actions[verb] if verb != "query" || can(table.definition.key.sort)])
        indexes       = keys(try(table.definition.indexes, {}))
        index_actions = flatten([for verb in table.verbs : lookup(local.index_actions, verb, [])])
      }
    ]
  }
}

data "aws_iam_policy_document" "tables" {
  for_each = local.tables_used

  dynamic "statement" {
    for_each = [for table in each.value : table if length(table.actions) > 0]

    content {
      sid       = statement.value.sid
      actions   = statement.value.actions
      resources = [statement.value.arn]
    }
  }

  dynamic "statement" {
    for_each = [for table in each.value : table if length(table.indexes) > 0 && length(table.index_actions) > 0]

    content {
      sid       = "${statement.value.sid}Indexes"
      actions   = statement.value.index_actions
      resources = [for index in statement.value.indexes : "${statement.value.arn}/index/${index}"]
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

# What DynamoDB turned away, of the table and its indexes together.
resource "aws_cloudwatch_metric_alarm" "table_throttled" {
  for_each = module.table

  alarm_name          = "${each.value.table.name}-throttled"
  alarm_description   = "DynamoDB turns away requests to table ${each.value.table.name}: more arrive than it has capacity for, or one key takes too many."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching" # no request, no measurement
  alarm_actions       = [local.alarm_topic]
  ok_actions          = [local.alarm_topic]

  metric_query {
    id          = "throttled"
    expression  = "FILL(reads, 0) + FILL(writes, 0)"
    label       = "Requests turned away"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { reads = "ReadThrottleEvents", writes = "WriteThrottleEvents" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/DynamoDB"
        metric_name = metric_query.value
        dimensions  = { TableName = each.value.table.name }
        period      = 60
        stat        = "Sum"
      }
    }
  }
}

# Faults of DynamoDB itself, which it counts by operation. (Faults of the caller it counts for the account as a whole.)
resource "aws_cloudwatch_metric_alarm" "table_faults" {
  for_each = module.table

  alarm_name          = "${each.value.table.name}-faults"
  alarm_description   = "DynamoDB fails requests to table ${each.value.table.name} by faults of its own: see AWS Health."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [local.alarm_topic]
  ok_actions          = [local.alarm_topic]

  metric_query {
    id          = "faults"
    expression  = "SUM(METRICS())"
    label       = "Faults of DynamoDB"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { get = "GetItem", query = "Query", put = "PutItem", update = "UpdateItem", transact = "TransactWriteItems" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/DynamoDB"
        metric_name = "SystemErrors"
        dimensions  = { TableName = each.value.table.name, Operation = metric_query.value }
        period      = 60
        stat        = "Sum"
      }
    }
  }
}

output "tables" {
  description = "The workload's tables, by name, as module table hands them on."
  value       = { for name, table in module.table : name => table.table }
}
