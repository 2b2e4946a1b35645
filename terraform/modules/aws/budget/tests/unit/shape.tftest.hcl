# What a description becomes. Against a provider, not a mock: policies are read as AWS would get them.

provider "aws" {
  region = "eu-central-1"
}

variables {
  context = { name = "example" }
  budget  = { limit = { amount = 500 }, emails = ["team@example.com"] }
}

run "addresses_are_told_of_what_was_spent_and_what_will_be" {
  command = apply

  assert {
    condition     = aws_budgets_budget.this.name == "example-monthly" && aws_budgets_budget.this.limit_amount == "500" && aws_budgets_budget.this.limit_unit == "USD" && aws_budgets_budget.this.time_unit == "MONTHLY"
    error_message = "The budget is ${jsonencode(aws_budgets_budget.this)}."
  }

  assert {
    condition     = toset([for one in aws_budgets_budget.this.notification : "${one.notification_type} ${one.comparison_operator} ${one.threshold} ${one.threshold_type}"]) == toset(["ACTUAL GREATER_THAN 80 PERCENTAGE", "ACTUAL GREATER_THAN 100 PERCENTAGE", "FORECASTED GREATER_THAN 100 PERCENTAGE"])
    error_message = "The alerts are ${jsonencode(aws_budgets_budget.this.notification)}."
  }

  assert {
    condition     = alltrue([for one in aws_budgets_budget.this.notification : one.subscriber_email_addresses == toset(["team@example.com"])])
    error_message = "Not everyone is told: ${jsonencode(aws_budgets_budget.this.notification)}."
  }

  assert {
    condition     = output.budget.topic_arn == null && output.budget.monitor_arn == null && length(aws_kms_key.this) == 0 && length(aws_ce_anomaly_monitor.this) == 0
    error_message = "More was made than was asked for."
  }
}

run "a_topic_is_encrypted_and_takes_messages_of_billing_for_this_account_only" {
  command = apply

  variables {
    budget = {
      limit     = { amount = 500 }
      topic     = { enabled = true, subscribers = { chat = { protocol = "https", endpoint = "https://chat.example.com/costs" } } }
      anomalies = { above = 25 }
    }
  }

  assert {
    condition     = aws_sns_topic.this[0].kms_master_key_id == aws_kms_key.this[0].arn && aws_kms_key.this[0].enable_key_rotation && aws_sns_topic_subscription.this["chat"].topic_arn == aws_sns_topic.this[0].arn
    error_message = "The topic is not encrypted with its own key, or passes nothing on."
  }

  assert {
    condition = alltrue([
      for statement in concat(jsondecode(aws_sns_topic_policy.this[0].policy).Statement, jsondecode(aws_kms_key.this[0].policy).Statement) :
      sort(statement.Principal.Service) == tolist(["budgets.amazonaws.com", "costalerts.amazonaws.com"]) && statement.Condition.StringEquals["aws:SourceAccount"] == local.account if statement.Sid == "Senders"
    ])
    error_message = "Others may write: ${aws_sns_topic_policy.this[0].policy}, ${aws_kms_key.this[0].policy}."
  }

  assert {
    condition     = alltrue([for one in aws_budgets_budget.this.notification : one.subscriber_sns_topic_arns == toset([aws_sns_topic.this[0].arn])])
    error_message = "The topic is not told: ${jsonencode(aws_budgets_budget.this.notification)}."
  }

  assert {
    condition     = keys(aws_ce_anomaly_subscription.this) == ["topic"] && aws_ce_anomaly_subscription.this["topic"].frequency == "IMMEDIATE" && aws_ce_anomaly_subscription.this["topic"].monitor_arn_list == tolist([aws_ce_anomaly_monitor.this[0].arn])
    error_message = "Unusual costs are told otherwise: ${jsonencode(aws_ce_anomaly_subscription.this)}."
  }

  assert {
    condition     = one(one(aws_ce_anomaly_subscription.this["topic"].threshold_expression).dimension).values == toset(["25"])
    error_message = "Unusual costs are told from another amount on."
  }
}

run "filters_and_a_monitor_that_is_there_are_taken_as_they_are" {
  command = plan

  variables {
    budget = {
      limit     = { amount = 99.5, currency = "EUR" }
      filters   = { Service = ["AWS Lambda", "Amazon DynamoDB"] }
      alerts    = { actual = [50], forecast = [] }
      emails    = ["b@example.com", "a@example.com"]
      anomalies = { monitor = { arn = "arn:aws:ce::123456789012:anomalymonitor/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b" } }
    }
  }

  assert {
    condition     = aws_budgets_budget.this.limit_amount == "99.5" && aws_budgets_budget.this.limit_unit == "EUR" && one(aws_budgets_budget.this.cost_filter).values == tolist(["AWS Lambda", "Amazon DynamoDB"]) && length(aws_budgets_budget.this.notification) == 1
    error_message = "The budget is ${jsonencode(aws_budgets_budget.this)}."
  }

  assert {
    condition     = length(aws_ce_anomaly_monitor.this) == 0 && keys(aws_ce_anomaly_subscription.this) == ["emails"] && aws_ce_anomaly_subscription.this["emails"].frequency == "DAILY" && length(aws_ce_anomaly_subscription.this["emails"].subscriber) == 2
    error_message = "Unusual costs are told otherwise: ${jsonencode(aws_ce_anomaly_subscription.this)}."
  }
}
