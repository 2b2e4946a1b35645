resource "aws_wafv2_web_acl" "this" {
  name  = "pln-2-pass"
  scope = "REGIONAL"

  default_action {
    allow {}
  }

  rule {
    name     = "addresses"
    priority = 1

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesAmazonIpReputationList"
        vendor_name = "AWS"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "addresses"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "pln-2-pass"
    sampled_requests_enabled   = true
  }
}
