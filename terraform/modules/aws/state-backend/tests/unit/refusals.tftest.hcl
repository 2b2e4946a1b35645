# Each validation that guards against a real risk.

mock_provider "aws" {}

variables {
  context       = { name = "example" }
  state_backend = {}
}

run "a_prefix_that_leaves_no_room_for_account_and_region_is_refused" {
  command         = plan
  expect_failures = [var.state_backend]

  variables {
    state_backend = { prefix = "a-prefix-of-thirty-six-characters-xx" }
  }
}

run "a_history_of_nothing_is_refused" {
  command         = plan
  expect_failures = [var.state_backend]

  variables {
    state_backend = { history = { versions = 0 } }
  }
}

run "a_history_of_half_a_day_is_refused" {
  command         = plan
  expect_failures = [var.state_backend]

  variables {
    state_backend = { history = { days = 0.5 } }
  }
}

run "a_whole_account_in_place_of_a_role_is_refused" {
  command         = plan
  expect_failures = [var.state_backend]

  variables {
    state_backend = { access = { apply = { role_arn = "arn:aws:iam::111122223333:root" } } }
  }
}

run "any_role_is_refused" {
  command         = plan
  expect_failures = [var.state_backend]

  variables {
    state_backend = { access = { apply = { role_arn = "arn:aws:iam::111122223333:role/*" } } }
  }
}

run "a_state_with_a_slash_at_its_beginning_is_refused" {
  command         = plan
  expect_failures = [var.state_backend]

  variables {
    state_backend = { access = { apply = { role_arn = "arn:aws:iam::111122223333:role/apply", states = ["/envs/dev/*"] } } }
  }
}

run "a_role_without_any_state_is_refused" {
  command         = plan
  expect_failures = [var.state_backend]

  variables {
    state_backend = { access = { apply = { role_arn = "arn:aws:iam::111122223333:role/apply", states = [] } } }
  }
}

run "a_log_bucket_by_its_arn_is_refused" {
  command         = plan
  expect_failures = [var.state_backend]

  variables {
    state_backend = { access_logs = { bucket = "arn:aws:s3:::logs" } }
  }
}
