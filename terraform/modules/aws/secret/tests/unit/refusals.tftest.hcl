# One run for each validation of variables.tf that keeps from a risk.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_iam_session_context" {
    defaults = { issuer_arn = "arn:aws:iam::111122223333:role/deploy" }
  }
}

variables {
  context = { name = "dev-shop" }
  secret = {
    name        = "signing-key"
    kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
    managers    = ["arn:aws:iam::111122223333:role/deploy"]
  }
}

run "a_name_with_a_space_is_refused" {
  command         = plan
  expect_failures = [var.secret]

  variables {
    secret = merge(var.secret, { name = "signing key" })
  }
}

run "a_key_by_its_alias_is_refused" {
  command         = plan
  expect_failures = [var.secret]

  variables {
    secret = merge(var.secret, { kms_key_arn = "alias/dev-data" })
  }
}

run "a_short_password_is_refused" {
  command         = plan
  expect_failures = [var.secret]

  variables {
    secret = merge(var.secret, { password = { length = 8 } })
  }
}

run "a_password_of_ones_own_is_refused" {
  command         = plan
  expect_failures = [var.secret]

  variables {
    secret = merge(var.secret, { document = { username = "shop", password = "x" } })
  }
}

run "a_secret_without_a_manager_is_refused" {
  command         = plan
  expect_failures = [var.secret]

  variables {
    secret = merge(var.secret, { managers = [] })
  }
}

run "every_role_as_a_reader_is_refused" {
  command         = plan
  expect_failures = [var.secret]

  variables {
    secret = merge(var.secret, { readers = ["arn:aws:iam::111122223333:role/*"] })
  }
}

run "no_rotation_is_refused" {
  command         = plan
  expect_failures = [var.secret]

  variables {
    secret = merge(var.secret, { rotation = { days = 0 } })
  }
}

run "a_function_by_its_name_is_refused" {
  command         = plan
  expect_failures = [var.secret]

  variables {
    secret = merge(var.secret, { rotation = { function = { arn = "rotate", role = "arn:aws:iam::111122223333:role/rotate" } } })
  }
}

run "a_deletion_that_can_be_taken_back_for_a_day_is_refused" {
  command         = plan
  expect_failures = [var.secret]

  variables {
    secret = merge(var.secret, { recovery_days = 1 })
  }
}
