# One run for each validation of variables.tf, and for each way to break it that is a case of its own.

mock_provider "aws" {}

variables {
  context = { name = "dev-shop" }
  table   = { name = "inventory", key = { partition = "sku" } }
}

run "a_prefix_of_capitals_is_refused" {
  command         = plan
  expect_failures = [var.context]

  variables {
    context = { name = "Dev" }
  }
}

run "a_name_with_a_slash_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries/all", key = { partition = "id" } }
  }
}

run "a_key_of_one_attribute_twice_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id", sort = "id" } }
  }
}

run "an_index_of_one_attribute_twice_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id" }, indexes = { by-owner = { partition = "owner", sort = "owner" } } }
  }
}

run "more_indexes_than_dynamodb_takes_are_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id" }, indexes = { for number in range(21) : "index-${number}" => { partition = "attribute${number}" } } }
  }
}

run "an_index_of_too_short_a_name_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id" }, indexes = { by = { partition = "owner" } } }
  }
}

run "a_type_that_there_is_not_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id" }, types = { id = "string" } }
  }
}

run "a_type_of_an_attribute_in_no_key_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id" }, types = { price = "N" } }
  }
}

run "a_ttl_that_is_a_string_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id", sort = "expires" }, ttl = "expires" }
  }
}

run "a_stream_of_something_else_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id" }, stream = "ALL" }
  }
}

run "a_way_of_billing_that_there_is_not_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id" }, billing = { mode = "PAY_PER_REQUEST" } }
  }
}

run "provisioned_without_a_number_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id" }, billing = { mode = "provisioned", read = 5 } }
  }
}

run "half_a_unit_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id" }, billing = { read = 0.5 } }
  }
}

run "restoring_further_back_than_dynamodb_can_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id" }, recovery_days = 36 }
  }
}

run "an_alias_in_place_of_a_key_is_refused" {
  command         = plan
  expect_failures = [var.table]

  variables {
    table = { name = "entries", key = { partition = "id" }, kms_key_arn = "alias/dev-data" }
  }
}
