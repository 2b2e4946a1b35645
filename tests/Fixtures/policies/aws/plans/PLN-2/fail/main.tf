resource "aws_wafv2_web_acl_rule" "this" {
  name        = "pln-2-fail"
  priority    = 1
  web_acl_arn = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/a/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"

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
    metric_name                = "pln-2-fail"
    sampled_requests_enabled   = true
  }
}
