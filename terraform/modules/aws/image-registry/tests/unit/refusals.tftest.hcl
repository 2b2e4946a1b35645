# One run for each validation of variables.tf that keeps from a risk.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  context = { name = "causeway" }
  image_registry = {
    repositories = { shop = {} }
    kms_key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
  }
}

run "a_name_of_capitals_is_refused" {
  command         = plan
  expect_failures = [var.image_registry]

  variables {
    image_registry = merge(var.image_registry, { repositories = { Shop = {} } })
  }
}

run "a_key_by_its_alias_is_refused" {
  command         = plan
  expect_failures = [var.image_registry]

  variables {
    image_registry = merge(var.image_registry, { kms_key_arn = "alias/causeway-images" })
  }
}

run "a_repository_that_keeps_no_release_is_refused" {
  command         = plan
  expect_failures = [var.image_registry]

  variables {
    image_registry = merge(var.image_registry, { repositories = { shop = { released = { tags = [] } } } })
  }
}

run "a_pattern_that_keeps_everything_is_refused" {
  command         = plan
  expect_failures = [var.image_registry]

  variables {
    image_registry = merge(var.image_registry, { repositories = { shop = { released = { tags = ["*"] } } } })
  }
}

run "deleting_at_once_is_refused" {
  command         = plan
  expect_failures = [var.image_registry]

  variables {
    image_registry = merge(var.image_registry, { repositories = { shop = { unreleased_days = 0 } } })
  }
}

run "every_account_is_refused" {
  command         = plan
  expect_failures = [var.image_registry]

  variables {
    image_registry = merge(var.image_registry, { pull = { accounts = ["*"] } })
  }
}

run "an_organizational_unit_is_refused" {
  command         = plan
  expect_failures = [var.image_registry]

  variables {
    image_registry = merge(var.image_registry, { pull = { organization = "ou-a1b2-c3d4e5f6" } })
  }
}

run "every_function_is_refused" {
  command         = plan
  expect_failures = [var.image_registry]

  variables {
    image_registry = merge(var.image_registry, { pull = { functions = ["*"] } })
  }
}

run "a_whole_account_that_pushes_is_refused" {
  command         = plan
  expect_failures = [var.image_registry]

  variables {
    image_registry = merge(var.image_registry, { push = ["arn:aws:iam::444455556666:root"] })
  }
}
