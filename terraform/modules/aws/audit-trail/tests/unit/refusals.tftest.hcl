# Each validation that guards against a real risk.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  context = { name = "example" }
}

run "an_organisation_by_its_name_is_refused" {
  command         = plan
  expect_failures = [var.audit_trail]

  variables {
    audit_trail = { organization = { id = "example" } }
  }
}

run "a_type_that_cloudtrail_does_not_write_so_is_refused" {
  command         = plan
  expect_failures = [var.audit_trail]

  variables {
    audit_trail = { data_events = { a = { type = "s3" } } }
  }
}

run "a_wildcard_in_a_beginning_is_refused" {
  command         = plan
  expect_failures = [var.audit_trail]

  variables {
    audit_trail = { data_events = { a = { type = "AWS::S3::Object", arns = ["arn:aws:s3:::a/*"] } } }
  }
}

run "events_of_no_arn_at_all_are_refused" {
  command         = plan
  expect_failures = [var.audit_trail]

  variables {
    audit_trail = { data_events = { a = { type = "AWS::S3::Object", arns = [] } } }
  }
}

run "another_insight_is_refused" {
  command         = plan
  expect_failures = [var.audit_trail]

  variables {
    audit_trail = { insights = ["CostInsight"] }
  }
}

run "logs_of_less_than_a_year_are_refused" {
  command         = plan
  expect_failures = [var.audit_trail]

  variables {
    audit_trail = { logs = { days = 90 } }
  }
}

run "storage_of_less_than_a_year_is_refused" {
  command         = plan
  expect_failures = [var.audit_trail]

  variables {
    audit_trail = { storage = { days = 90 } }
  }
}

run "a_lock_that_outlasts_what_it_locks_is_refused" {
  command         = plan
  expect_failures = [var.audit_trail]

  variables {
    audit_trail = { storage = { days = 365, lock = { days = 366 } } }
  }
}

run "a_log_bucket_by_its_arn_is_refused" {
  command         = plan
  expect_failures = [var.audit_trail]

  variables {
    audit_trail = { access_logs = { bucket = "arn:aws:s3:::logs" } }
  }
}
