# What a description becomes. Nothing here needs a cloud.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }

  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/dev-edge/0123456789abcdef" }
  }

  mock_resource "aws_lb_listener" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/dev-edge/0123456789abcdef/0123456789abcdef" }
  }

  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/dev-edge/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b" }
  }
}

variables {
  context = { name = "dev", tags = { owner = "platform-team" } }
  load_balancer = {
    network = {
      vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }
      subnets = {
        public  = { a = { id = "subnet-0a1b2c3d4e5f60718" }, b = { id = "subnet-0f1e2d3c4b5a69788" } }
        private = { a = { id = "subnet-01111111111111111" }, b = { id = "subnet-02222222222222222" } }
      }
    }
    certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
    from            = { cidrs = ["0.0.0.0/0"] }
  }
}

run "what_is_not_said_is_safe_and_what_no_service_claims_is_not_found" {
  command = plan

  assert {
    condition     = aws_lb.this.enable_deletion_protection && !aws_s3_bucket.logs.force_destroy
    error_message = "One with defaults can be deleted, or its logs."
  }

  assert {
    condition     = aws_lb.this.drop_invalid_header_fields && aws_lb.this.desync_mitigation_mode == "defensive"
    error_message = "Ambiguous requests reach the services."
  }

  assert {
    condition     = aws_lb.this.access_logs[0].enabled && aws_lb.this.access_logs[0].bucket == "dev-edge-logs-111122223333" && aws_lb.this.connection_logs[0].enabled
    error_message = "Logs go to ${aws_lb.this.access_logs[0].bucket}."
  }

  assert {
    condition     = aws_lb_listener.https.ssl_policy == "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
    error_message = "HTTPS takes ${aws_lb_listener.https.ssl_policy}."
  }

  assert {
    condition     = toset([for rule in aws_wafv2_web_acl.this[0].rule : rule.priority]) == toset([0, 1, 2]) && length(aws_wafv2_web_acl_association.this) == 1
    error_message = "There is no firewall of AWS's rules."
  }

  assert {
    condition     = aws_lb_listener.http.default_action[0].redirect[0].protocol == "HTTPS" && aws_lb_listener.http.default_action[0].redirect[0].status_code == "HTTP_301"
    error_message = "HTTP is answered by ${aws_lb_listener.http.default_action[0].type}."
  }

  assert {
    condition     = aws_lb_listener.https.default_action[0].fixed_response[0].status_code == "404" && jsondecode(aws_lb_listener.https.default_action[0].fixed_response[0].message_body).status == 404
    error_message = "A host of no service gets ${aws_lb_listener.https.default_action[0].fixed_response[0].message_body}."
  }

  assert {
    condition     = aws_lb_listener.https.default_action[0].fixed_response[0].content_type == "application/json"
    error_message = "The answer is ${aws_lb_listener.https.default_action[0].fixed_response[0].content_type}."
  }
}

run "an_internal_one_is_open_to_the_vpc" {
  command = plan

  variables {
    load_balancer = {
      name = "private"
      network = {
        vpc     = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }
        subnets = { private = { a = { id = "subnet-01111111111111111" }, b = { id = "subnet-02222222222222222" } } }
      }
      internal        = true
      certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
      firewall        = "none"
      protected       = false
    }
  }

  assert {
    condition     = aws_lb.this.internal && aws_lb.this.subnets == toset(["subnet-01111111111111111", "subnet-02222222222222222"])
    error_message = "It stands in ${jsonencode(aws_lb.this.subnets)}."
  }

  assert {
    condition     = { for key, rule in aws_vpc_security_group_ingress_rule.client : key => [rule.cidr_ipv4, rule.from_port] } == { "http-vpc" = ["10.20.0.0/16", 80], "https-vpc" = ["10.20.0.0/16", 443] }
    error_message = "It is open to ${jsonencode(aws_vpc_security_group_ingress_rule.client)}."
  }

  assert {
    condition     = length(aws_wafv2_web_acl.this) + length(aws_wafv2_web_acl_association.this) == 0
    error_message = "It has a firewall although none was wanted."
  }

  assert {
    condition     = !aws_lb.this.enable_deletion_protection && aws_s3_bucket.logs.force_destroy
    error_message = "What is not protected cannot be deleted."
  }
}

run "further_certificates_and_clients_are_added" {
  command = plan

  variables {
    load_balancer = {
      network = {
        vpc     = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }
        subnets = { public = { a = { id = "subnet-0a1b2c3d4e5f60718" }, b = { id = "subnet-0f1e2d3c4b5a69788" } } }
      }
      certificate_arn      = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
      further_certificates = { test = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-000000000001" }
      from                 = { cidrs = ["203.0.113.0/24"], prefix_lists = { partners = "pl-0123456789abcdef0" } }
      firewall             = "existing"
      web_acl_arn          = "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shared/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
    }
  }

  assert {
    condition     = endswith(aws_lb_listener.https.certificate_arn, "1d7f2f3e4a5b") && endswith(aws_lb_listener_certificate.further["test"].certificate_arn, "000000000001")
    error_message = "The certificates are ${jsonencode(aws_lb_listener_certificate.further)}."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.client["https-partners"].prefix_list_id == "pl-0123456789abcdef0" && aws_vpc_security_group_ingress_rule.client["https-partners"].cidr_ipv4 == null
    error_message = "The prefix list may not connect."
  }

  assert {
    condition     = endswith(aws_wafv2_web_acl_association.this[0].web_acl_arn, "1d7f2f3e4a5b") && length(aws_wafv2_web_acl.this) == 0
    error_message = "Another firewall protects it than the one that was named."
  }
}
