# AWS's managed rules: addresses of attackers, inputs that exploit known faults, and what OWASP lists.

locals {
  has_own_firewall = var.load_balancer.firewall == "managed"

  # In the order in which they are asked: the cheapest answer first.
  managed_rules = ["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesCommonRuleSet"]
}

resource "aws_wafv2_web_acl" "this" {
  count = local.has_own_firewall ? 1 : 0

  name        = local.name
  description = "Protects load balancer ${local.name}"
  scope       = "REGIONAL"
  tags        = var.context.tags

  default_action {
    allow {}
  }

  dynamic "rule" {
    for_each = local.managed_rules

    content {
      name     = rule.value
      priority = rule.key

      override_action {
        none {} # as AWS decides
      }

      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = rule.value
        }
      }

      visibility_config {
        metric_name                = rule.value
        cloudwatch_metrics_enabled = true
        sampled_requests_enabled   = true
      }
    }
  }

  visibility_config {
    metric_name                = local.name
    cloudwatch_metrics_enabled = true
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  count = var.load_balancer.firewall == "none" ? 0 : 1

  resource_arn = aws_lb.this.arn
  web_acl_arn  = local.has_own_firewall ? aws_wafv2_web_acl.this[0].arn : var.load_balancer.web_acl_arn
}
