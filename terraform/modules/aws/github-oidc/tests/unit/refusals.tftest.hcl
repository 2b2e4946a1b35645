# Each validation that guards against a real risk.

mock_provider "aws" {}

variables {
  context = { name = "example" }
}

run "every_repository_of_an_owner_is_refused" {
  command         = plan
  expect_failures = [var.github_oidc]

  variables {
    github_oidc = { repository = { owner = "example", name = "*", owner_id = "123456", id = "456789" } }
  }
}

run "a_name_in_place_of_a_number_is_refused" {
  command         = plan
  expect_failures = [var.github_oidc]

  variables {
    github_oidc = { repository = { owner = "example", name = "platform", owner_id = "example", id = "456789" } }
  }
}

run "another_kind_of_subject_is_refused" {
  command         = plan
  expect_failures = [var.github_oidc]

  variables {
    github_oidc = { repository = { owner = "example", name = "platform", owner_id = "123456", id = "456789", subject = "any" } }
  }
}

run "the_provider_of_another_issuer_is_refused" {
  command         = plan
  expect_failures = [var.github_oidc]

  variables {
    github_oidc = { repository = { owner = "example", name = "platform", owner_id = "123456", id = "456789" }, existing = { arn = "arn:aws:iam::111122223333:oidc-provider/gitlab.com" } }
  }
}

run "an_environment_with_a_wildcard_is_refused" {
  command         = plan
  expect_failures = [var.github_oidc]

  variables {
    github_oidc = { repository = { owner = "example", name = "platform", owner_id = "123456", id = "456789" }, environments = { "*" = { policies = { a = "arn:aws:iam::111122223333:policy/a" } } } }
  }
}

run "an_environment_without_a_policy_is_refused" {
  command         = plan
  expect_failures = [var.github_oidc]

  variables {
    github_oidc = { repository = { owner = "example", name = "platform", owner_id = "123456", id = "456789" }, environments = { dev = { policies = {} } } }
  }
}

run "an_administrator_is_refused" {
  command         = plan
  expect_failures = [var.github_oidc]

  variables {
    github_oidc = { repository = { owner = "example", name = "platform", owner_id = "123456", id = "456789" }, environments = { dev = { policies = { all = "arn:aws:iam::aws:policy/AdministratorAccess" } } } }
  }
}

run "any_branch_is_refused" {
  command         = plan
  expect_failures = [var.github_oidc]

  variables {
    github_oidc = { repository = { owner = "example", name = "platform", owner_id = "123456", id = "456789" }, environments = { dev = { policies = { a = "arn:aws:iam::111122223333:policy/a" }, refs = ["refs/heads/*"] } } }
  }
}

run "no_branch_at_all_is_refused" {
  command         = plan
  expect_failures = [var.github_oidc]

  variables {
    github_oidc = { repository = { owner = "example", name = "platform", owner_id = "123456", id = "456789" }, environments = { dev = { policies = { a = "arn:aws:iam::111122223333:policy/a" }, refs = [] } } }
  }
}

run "all_states_for_a_role_that_writes_are_refused" {
  command         = plan
  expect_failures = [var.github_oidc]

  variables {
    github_oidc = { repository = { owner = "example", name = "platform", owner_id = "123456", id = "456789" }, environments = { dev = { policies = { a = "arn:aws:iam::111122223333:policy/a" }, states = ["*"] } } }
  }
}

run "a_session_longer_than_aws_allows_is_refused" {
  command         = plan
  expect_failures = [var.github_oidc]

  variables {
    github_oidc = { repository = { owner = "example", name = "platform", owner_id = "123456", id = "456789" }, environments = { dev = { policies = { a = "arn:aws:iam::111122223333:policy/a" }, hours = 13 } } }
  }
}
