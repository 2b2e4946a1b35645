locals {
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition

  alerts = concat(
    [for percent in var.budget.alerts.actual : { percent = percent, of = "ACTUAL" }],
    [for percent in var.budget.alerts.forecast : { percent = percent, of = "FORECASTED" }],
  )
}

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}

resource "aws_budgets_budget" "this" {
  name         = "${var.context.name}-monthly"
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = tostring(var.budget.limit.amount)
  limit_unit   = var.budget.limit.currency
  tags         = var.context.tags

  dynamic "cost_filter" {
    for_each = var.budget.filters

    content {
      name   = cost_filter.key
      values = sort(cost_filter.value)
    }
  }

  dynamic "notification" {
    for_each = local.alerts

    content {
      notification_type          = notification.value.of
      comparison_operator        = "GREATER_THAN"
      threshold                  = notification.value.percent
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = var.budget.emails
      subscriber_sns_topic_arns  = aws_sns_topic.this[*].arn
    }
  }

  # AWS sends a message to a topic when a subscriber is added, and refuses one that it may not write to.
  depends_on = [aws_sns_topic_policy.this]
}
