output "budget" {
  description = "The budget, to be passed on whole: its name and ARN, the ARN of its topic and of the topic's key (null: it has none), and the ARN of the monitor of unusual costs (null: nothing is looked for). Users wait until messages arrive."
  value = {
    name        = aws_budgets_budget.this.name
    arn         = aws_budgets_budget.this.arn
    topic_arn   = one(aws_sns_topic.this[*].arn)
    key_arn     = one(aws_kms_key.this[*].arn)
    monitor_arn = one(concat(aws_ce_anomaly_monitor.this[*].arn, [for one in local.anomalies : one.monitor.arn if one.monitor != null]))
  }

  depends_on = [aws_ce_anomaly_subscription.this, aws_sns_topic_policy.this, aws_sns_topic_subscription.this]
}
