# One run for each validation of variables.tf that keeps from a risk.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  context = { name = "dev" }
  kms_key = { name = "data" }
}

run "an_alias_in_place_of_a_name_is_refused" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    kms_key = { name = "alias/data" }
  }
}

run "deletion_the_next_day_is_refused" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    kms_key = { name = "data", deletion_days = 1 }
  }
}

run "rotation_more_often_than_kms_does_it_is_refused" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    kms_key = { name = "data", rotation_days = 30 }
  }
}

run "any_service_is_refused" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    kms_key = { name = "data", services = { any = { principal = "*" } } }
  }
}

run "administering_by_others_is_refused" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    kms_key = { name = "data", roles = { admin = { arn = "arn:aws:iam::111122223333:role/admin", may = "administer" } } }
  }
}

run "a_pattern_of_roles_is_refused" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    kms_key = { name = "data", roles = { all = { arn = "arn:aws:iam::111122223333:role/*" } } }
  }
}

run "a_whole_account_in_place_of_a_role_is_refused" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    kms_key = { name = "data", roles = { other = { arn = "arn:aws:iam::444455556666:root" } } }
  }
}

run "an_encryption_context_that_limits_nothing_is_refused" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    kms_key = { name = "data", services = { logs = { principal = "logs.eu-central-1.amazonaws.com", encryption_context = { "aws:logs:arn" = ["*"] } } } }
  }
}

run "a_source_of_any_service_is_refused" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    kms_key = { name = "data", services = { sns = { principal = "sns.amazonaws.com", source_arns = ["*"] } } }
  }
}

run "a_service_without_its_region_is_refused" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    kms_key = { name = "data", roles = { reports = { arn = "arn:aws:iam::111122223333:role/reports", via = ["s3.amazonaws.com"] } } }
  }
}

run "a_grant_of_everything_is_refused" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    kms_key = { name = "data", grants = { export = { role = "arn:aws:iam::111122223333:role/export", operations = ["*"] } } }
  }
}
