# What an account gets for an environment that names a repository.

provider "aws" {
  region              = "us-west-2"
  allowed_account_ids = ["999988887777"]
}

variables {
  environment = "stage"
}

run "the_bucket_of_the_states_is_the_one_that_backends_are_told" {
  command = plan

  assert {
    condition     = output.state_backend.bucket == "causeway-state-999988887777-us-west-2"
    error_message = "The bucket is ${output.state_backend.bucket}."
  }
}

run "requests_to_buckets_are_logged_in_a_bucket_of_their_own" {
  command = plan

  assert {
    condition     = aws_s3_bucket.logs.bucket == "causeway-access-logs-999988887777-us-west-2"
    error_message = "The logs are in ${aws_s3_bucket.logs.bucket}."
  }
}

run "the_role_that_applies_is_the_one_that_the_cluster_lets_administer" {
  command = apply

  assert {
    condition     = output.github_oidc.environments.stage == "arn:aws:iam::999988887777:role/stage-apply-stage"
    error_message = "The roles are ${jsonencode(output.github_oidc.environments)}."
  }
}

run "without_a_monthly_limit_there_is_no_budget" {
  command = plan

  assert {
    condition     = output.budget == null
    error_message = "The budget is ${jsonencode(output.budget)}."
  }
}

run "an_environment_of_another_kind_is_refused" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = "local"
  }
}
