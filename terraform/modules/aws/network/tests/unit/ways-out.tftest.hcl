# Routes, gateways and endpoints.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
}

variables {
  context = { name = "unit" }
  network = { cidr = "10.20.0.0/16", zones = { b = 1, a = 2, c = 3 } }
}

run "nothing_gets_out_of_private_subnets_unless_asked" {
  command = plan

  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_route.private) == 0 && length(aws_eip.nat) == 0
    error_message = "There is a way out although none was asked for."
  }
}

run "one_gateway_stands_in_the_zone_of_the_lowest_slot" {
  command = plan

  variables {
    network = { cidr = "10.20.0.0/16", zones = { b = 1, a = 2, c = 3 }, nat = "single" }
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["b"] && keys(aws_route.private) == ["a", "b", "c"]
    error_message = "Gateways are in ${join(", ", keys(aws_nat_gateway.this))}, routes in ${join(", ", keys(aws_route.private))}."
  }
}

run "a_gateway_for_each_zone_serves_its_zone" {
  command = plan

  variables {
    network = { cidr = "10.20.0.0/16", zones = { b = 1, a = 2, c = 3 }, nat = "per-zone" }
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["a", "b", "c"] && local.nat_zone_of == { a = "a", b = "b", c = "c" }
    error_message = "Zones get out through ${jsonencode(local.nat_zone_of)}."
  }
}

run "data_subnets_have_no_route_out_whatever_nat_is" {
  command = apply

  variables {
    network = { cidr = "10.20.0.0/16", zones = { a = 0 }, nat = "per-zone" }
  }

  assert {
    condition     = !contains(concat([aws_route.public[0].route_table_id], [for route in aws_route.private : route.route_table_id]), aws_route_table.this["data"].id)
    error_message = "The data subnets' table has a route."
  }

  assert {
    condition     = aws_route_table_association.this["data-a"].route_table_id == aws_route_table.this["data"].id
    error_message = "The data subnet does not use the table without routes."
  }
}

run "tables_and_buckets_are_reached_without_the_internet" {
  command = apply

  assert {
    condition     = { for key, endpoint in aws_vpc_endpoint.gateway : key => endpoint.service_name } == { s3 = "com.amazonaws.eu-central-1.s3", dynamodb = "com.amazonaws.eu-central-1.dynamodb" }
    error_message = "The gateway endpoints are ${jsonencode(keys(aws_vpc_endpoint.gateway))}."
  }

  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.gateway : length(endpoint.route_table_ids) == length(aws_route_table.this)])
    error_message = "An endpoint is missing from a route table."
  }
}

run "interface_endpoints_stand_in_every_private_subnet" {
  command = apply

  variables {
    network = { cidr = "10.20.0.0/16", zones = { a = 0, b = 1 }, interfaces = ["sts"] }
  }

  assert {
    condition     = aws_vpc_endpoint.interface["sts"].subnet_ids == toset([aws_subnet.this["private-a"].id, aws_subnet.this["private-b"].id])
    error_message = "The endpoint's subnets are not the private ones."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.endpoints[0].cidr_ipv4 == "10.20.0.0/16" && aws_vpc_security_group_ingress_rule.endpoints[0].from_port == 443
    error_message = "The endpoint is open to more than HTTPS from within, or to less."
  }
}

run "no_endpoint_no_security_group" {
  command = plan

  assert {
    condition     = length(aws_security_group.endpoints) == 0
    error_message = "There is a security group for endpoints that are not there."
  }
}

run "flow_logs_are_kept_under_the_key_that_is_given" {
  command = plan

  variables {
    network = {
      cidr      = "10.20.0.0/16"
      zones     = { a = 0 }
      flow_logs = { days = 30, kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b" }
    }
  }

  assert {
    condition     = aws_cloudwatch_log_group.flow[0].retention_in_days == 30 && endswith(aws_cloudwatch_log_group.flow[0].kms_key_id, "1d7f2f3e4a5b")
    error_message = "The log group does not keep what it was told to."
  }

  assert {
    condition     = aws_flow_log.this[0].traffic_type == "ALL"
    error_message = "The flow log leaves traffic out."
  }
}

run "no_record_of_connections_unless_asked" {
  command = plan

  assert {
    condition     = length(aws_flow_log.this) + length(aws_cloudwatch_log_group.flow) + length(aws_iam_role.flow) == 0
    error_message = "There are flow logs although none were asked for."
  }
}
