# Each validation that guards against a real risk.

mock_provider "aws" {}

variables {
  context = { name = "example" }
}

run "a_tag_without_values_is_refused" {
  command         = plan
  expect_failures = [var.backup]

  variables {
    backup = { tag = { values = [] } }
  }
}

run "a_schedule_of_five_fields_is_refused" {
  command         = plan
  expect_failures = [var.backup]

  variables {
    backup = { rules = { daily = { schedule = "cron(0 3 * * *)", days = 7 } } }
  }
}

run "a_backup_for_no_day_is_refused" {
  command         = plan
  expect_failures = [var.backup]

  variables {
    backup = { rules = { daily = { schedule = "cron(0 3 * * ? *)", days = 0 } } }
  }
}

run "less_than_ninety_days_in_cold_storage_are_refused" {
  command         = plan
  expect_failures = [var.backup]

  variables {
    backup = { rules = { daily = { schedule = "cron(0 3 * * ? *)", days = 100, cold_after = 30 } } }
  }
}

run "a_continuous_backup_of_more_than_thirty_five_days_is_refused" {
  command         = plan
  expect_failures = [var.backup]

  variables {
    backup = { rules = { daily = { schedule = "cron(0 3 * * ? *)", days = 36, continuous = true } } }
  }
}

run "a_backup_that_must_be_done_before_it_starts_is_refused" {
  command         = plan
  expect_failures = [var.backup]

  variables {
    backup = { rules = { daily = { schedule = "cron(0 3 * * ? *)", days = 7, start_hours = 4, done_hours = 4 } } }
  }
}

run "a_vault_by_its_name_is_refused" {
  command         = plan
  expect_failures = [var.backup]

  variables {
    backup = { copies = { far = { vault_arn = "example-far" } } }
  }
}

run "a_rule_outside_of_the_lock_is_refused" {
  command         = plan
  expect_failures = [var.backup]

  variables {
    backup = { lock = { max_days = 90 } }
  }
}

run "a_lock_that_becomes_final_at_once_is_refused" {
  command         = plan
  expect_failures = [var.backup]

  variables {
    backup = { lock = { final_after = 1 } }
  }
}
