# In a VPC that is already there, nothing of its owner's is made or changed.

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

  mock_data "aws_vpc" {
    defaults = { id = "vpc-0a1b2c3d4e5f60718", arn = "arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-0a1b2c3d4e5f60718", cidr_block = "172.16.0.0/20" }
  }

  mock_data "aws_subnet" {
    defaults = { vpc_id = "vpc-0a1b2c3d4e5f60718", cidr_block = "172.16.1.0/24", availability_zone = "eu-central-1a" }
  }
}

variables {
  context = { name = "unit" }
  network = {
    existing = {
      vpc     = "vpc-0a1b2c3d4e5f60718"
      subnets = { private = { a = "subnet-0a1b2c3d4e5f60718" }, data = { a = "subnet-0f1e2d3c4b5a69788" } }
    }
    interfaces = ["sts"]
  }
}

run "its_output_has_the_same_shape" {
  command = plan

  assert {
    condition     = output.network.vpc == { id = "vpc-0a1b2c3d4e5f60718", arn = "arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-0a1b2c3d4e5f60718", cidr = "172.16.0.0/20" }
    error_message = "The VPC is ${jsonencode(output.network.vpc)}."
  }

  assert {
    condition     = output.network.subnets.private.a == { id = "subnet-0a1b2c3d4e5f60718", cidr = "172.16.1.0/24", zone = "eu-central-1a" } && length(output.network.subnets.public) == 0
    error_message = "The subnets are ${jsonencode(output.network.subnets)}."
  }
}

run "nothing_of_the_owners_is_made" {
  command = plan

  assert {
    condition = (
      length(aws_vpc.this) + length(aws_subnet.this) + length(aws_route_table.this) + length(aws_internet_gateway.this) +
      length(aws_default_security_group.this) + length(aws_vpc_endpoint.gateway) == 0
    )
    error_message = "The module made something in an existing VPC, which its owner arranges."
  }
}

run "endpoints_stand_in_the_subnets_that_are_there" {
  command = plan

  assert {
    condition     = aws_vpc_endpoint.interface["sts"].subnet_ids == toset(["subnet-0a1b2c3d4e5f60718"]) && aws_vpc_security_group_ingress_rule.endpoints[0].cidr_ipv4 == "172.16.0.0/20"
    error_message = "The endpoint stands elsewhere, or is open to others than the VPC."
  }
}

run "a_subnet_of_another_vpc_is_refused" {
  command         = plan
  expect_failures = [data.aws_subnet.existing]

  override_data {
    target = data.aws_subnet.existing
    values = { vpc_id = "vpc-0ffffffffffffffff", cidr_block = "172.16.1.0/24", availability_zone = "eu-central-1a" }
  }
}

run "a_subnet_under_the_letter_of_another_zone_is_refused" {
  command         = plan
  expect_failures = [data.aws_subnet.existing]

  override_data {
    target = data.aws_subnet.existing
    values = { vpc_id = "vpc-0a1b2c3d4e5f60718", cidr_block = "172.16.1.0/24", availability_zone = "eu-central-1b" }
  }
}
