# Each validation that guards against a real risk.

mock_provider "aws" {}

variables {
  context = { name = "example" }
}

run "a_month_that_costs_nothing_is_refused" {
  command         = plan
  expect_failures = [var.budget]

  variables {
    budget = { limit = { amount = 0 }, emails = ["a@example.com"] }
  }
}

run "a_currency_by_its_sign_is_refused" {
  command         = plan
  expect_failures = [var.budget]

  variables {
    budget = { limit = { amount = 500, currency = "$" }, emails = ["a@example.com"] }
  }
}

run "a_filter_without_values_is_refused" {
  command         = plan
  expect_failures = [var.budget]

  variables {
    budget = { limit = { amount = 500 }, emails = ["a@example.com"], filters = { Service = [] } }
  }
}

run "an_alert_at_nothing_is_refused" {
  command         = plan
  expect_failures = [var.budget]

  variables {
    budget = { limit = { amount = 500 }, emails = ["a@example.com"], alerts = { actual = [0] } }
  }
}

run "a_budget_without_alerts_is_refused" {
  command         = plan
  expect_failures = [var.budget]

  variables {
    budget = { limit = { amount = 500 }, emails = ["a@example.com"], alerts = { actual = [], forecast = [] } }
  }
}

run "more_alerts_than_a_budget_has_are_refused" {
  command         = plan
  expect_failures = [var.budget]

  variables {
    budget = { limit = { amount = 500 }, emails = ["a@example.com"], alerts = { actual = [10, 20, 30], forecast = [40, 50, 60] } }
  }
}

run "an_address_without_a_domain_is_refused" {
  command         = plan
  expect_failures = [var.budget]

  variables {
    budget = { limit = { amount = 500 }, emails = ["platform-team"] }
  }
}

run "a_budget_without_a_reader_is_refused" {
  command         = plan
  expect_failures = [var.budget]

  variables {
    budget = { limit = { amount = 500 } }
  }
}

run "a_subscriber_of_no_topic_is_refused" {
  command         = plan
  expect_failures = [var.budget]

  variables {
    budget = { limit = { amount = 500 }, emails = ["a@example.com"], topic = { subscribers = { a = { protocol = "email", endpoint = "a@example.com" } } } }
  }
}

run "another_protocol_is_refused" {
  command         = plan
  expect_failures = [var.budget]

  variables {
    budget = { limit = { amount = 500 }, emails = ["a@example.com"], topic = { enabled = true, subscribers = { a = { protocol = "http", endpoint = "http://example.com" } } } }
  }
}
