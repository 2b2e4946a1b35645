# What the facts of dev become.

provider "aws" {
  region = "eu-central-1"
}

variables {
  environment = "dev"
}

run "the_load_balancers_addresses_are_those_that_workloads_let_in" {
  command = plan

  assert {
    condition     = toset([for subnet in output.network.subnets.public : subnet.cidr]) == toset(local.env.edge.from.cidrs)
    error_message = "The public subnets are ${jsonencode(output.network.subnets.public)}."
  }
}

run "keys_are_found_by_derived_names" {
  command = plan

  assert {
    condition     = toset([for alias in aws_kms_alias.this : alias.name]) == toset(["alias/dev-data", "alias/dev-logs"])
    error_message = "The aliases are ${join(", ", [for alias in aws_kms_alias.this : alias.name])}."
  }
}

run "every_key_rotates_and_belongs_to_the_environments_account" {
  command = plan

  assert {
    condition     = alltrue([for key in aws_kms_key.this : key.enable_key_rotation && strcontains(key.policy, "arn:aws:iam::111122223333:root")])
    error_message = "A key does not rotate, or somebody else decides about it."
  }
}

run "an_environment_of_another_kind_is_refused" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = "local"
  }
}
