# Plans against a provider, not a mock: policy documents are evaluated and every argument is checked against the genuine schema.

provider "aws" {
  region = "eu-central-1"
}

variables {
  context = { name = "unit" }
  network = { cidr = "10.20.0.0/16", zones = { a = 0, b = 1 }, nat = "single", interfaces = ["sts"], flow_logs = {} }
}

run "a_plan_of_everything_succeeds" {
  command = plan

  assert {
    condition     = length(output.network.subnets.private) == 2
    error_message = "The private subnets are ${jsonencode(output.network.subnets.private)}."
  }
}

run "the_way_to_tables_is_open_to_this_account_only" {
  command = plan

  assert {
    condition = jsondecode(aws_vpc_endpoint.gateway["dynamodb"].policy).Statement[0].Condition.StringEquals == {
      "aws:PrincipalAccount" = data.aws_caller_identity.this.account_id
      "aws:ResourceAccount"  = data.aws_caller_identity.this.account_id
    }
    error_message = "The endpoint's policy is ${aws_vpc_endpoint.gateway["dynamodb"].policy}."
  }
}

run "security_groups_can_name_what_gateway_endpoints_lead_to" {
  command = apply

  assert {
    condition     = alltrue([for service in ["dynamodb", "s3"] : startswith(output.network.prefix_lists[service], "pl-")])
    error_message = "The prefix lists are ${jsonencode(output.network.prefix_lists)}."
  }
}

run "only_flow_logs_of_this_account_may_write" {
  command = plan

  assert {
    condition     = jsondecode(aws_iam_role.flow[0].assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == data.aws_caller_identity.this.account_id
    error_message = "The role trusts ${aws_iam_role.flow[0].assume_role_policy}."
  }
}
