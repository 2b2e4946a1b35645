# Unusual costs: a learned pattern for each service, and not a limit. Found about a day after they arose.

locals {
  anomalies = var.budget.anomalies[*]

  # Topics are told at once, addresses once a day: AWS takes no other way.
  told = { for how, one in {
    topic  = { frequency = "IMMEDIATE", type = "SNS", addresses = aws_sns_topic.this[*].arn, wanted = var.budget.topic.enabled }
    emails = { frequency = "DAILY", type = "EMAIL", addresses = sort(var.budget.emails), wanted = length(var.budget.emails) > 0 }
  } : how => one if one.wanted && var.budget.anomalies != null }
}

resource "aws_ce_anomaly_monitor" "this" {
  count = length([for one in local.anomalies : one if one.monitor == null])

  name              = "${var.context.name}-services"
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"
  tags              = var.context.tags
}

resource "aws_ce_anomaly_subscription" "this" {
  for_each = local.told

  name             = "${var.context.name}-${each.key}"
  frequency        = each.value.frequency
  monitor_arn_list = concat(aws_ce_anomaly_monitor.this[*].arn, [for one in local.anomalies : one.monitor.arn if one.monitor != null])
  tags             = var.context.tags

  dynamic "subscriber" {
    for_each = range(each.value.type == "SNS" ? 1 : length(each.value.addresses))

    content {
      type    = each.value.type
      address = each.value.addresses[subscriber.value]
    }
  }

  threshold_expression {
    dimension {
      key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
      match_options = ["GREATER_THAN_OR_EQUAL"]
      values        = [tostring(var.budget.anomalies.above)]
    }
  }

  depends_on = [aws_sns_topic_policy.this]
}
