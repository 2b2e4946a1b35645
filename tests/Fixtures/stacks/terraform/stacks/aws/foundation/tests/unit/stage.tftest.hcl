# What the facts of an environment become.

provider "aws" {
  region = "us-west-2"
}

variables {
  environment = "stage"
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
    condition     = toset([for alias in aws_kms_alias.this : alias.name]) == toset(["alias/stage-data", "alias/stage-logs"])
    error_message = "The aliases are ${join(", ", [for alias in aws_kms_alias.this : alias.name])}."
  }
}

run "every_key_rotates_and_belongs_to_the_environments_account" {
  command = plan

  assert {
    condition     = alltrue([for key in aws_kms_key.this : key.enable_key_rotation && strcontains(key.policy, "arn:aws:iam::999988887777:root")])
    error_message = "A key does not rotate, or another account decides about it."
  }
}

run "keys_of_a_protected_environment_stay_for_30_days" {
  command = plan

  assert {
    condition     = alltrue([for key in aws_kms_key.this : key.deletion_window_in_days == 30])
    error_message = "The keys' deletion windows are ${jsonencode([for key in aws_kms_key.this : key.deletion_window_in_days])} days."
  }
}

run "an_environment_of_another_kind_is_refused" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = "local"
  }
}

run "an_environment_that_is_called_otherwise_is_refused" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = "misnamed"
  }
}
