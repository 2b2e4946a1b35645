# What a description becomes. Against a provider, not a mock: policies are read as AWS would get them.

provider "aws" {
  region = "eu-central-1"
}

variables {
  context = { name = "example" }
  github_oidc = {
    repository   = { owner = "example", name = "platform", owner_id = "123456", id = "456789" }
    environments = { dev = { policies = { queues = "arn:aws:iam::aws:policy/AmazonSQSFullAccess" } } }
    state        = { bucket_arn = "arn:aws:s3:::states", key_arn = "arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b" }
  }
}

run "a_role_takes_exactly_one_subject_of_one_repository" {
  command = apply

  assert {
    condition = { for role, one in aws_iam_role.this : role => one(jsondecode(one.assume_role_policy).Statement).Condition.StringEquals } == {
      plan = {
        "token.actions.githubusercontent.com:aud"           = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:sub"           = "repo:example@123456/platform@456789:pull_request"
        "token.actions.githubusercontent.com:repository_id" = "456789"
      }
      apply-dev = {
        "token.actions.githubusercontent.com:aud"           = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:sub"           = "repo:example@123456/platform@456789:environment:dev"
        "token.actions.githubusercontent.com:repository_id" = "456789"
        "token.actions.githubusercontent.com:ref"           = "refs/heads/main"
      }
    }
    error_message = "The roles take ${jsonencode([for one in values(aws_iam_role.this) : one.assume_role_policy])}."
  }

  assert {
    condition     = alltrue([for one in values(aws_iam_role.this) : keys(one(jsondecode(one.assume_role_policy).Statement).Condition) == ["StringEquals"] && one(jsondecode(one.assume_role_policy).Statement).Principal.Federated == aws_iam_openid_connect_provider.this[0].arn])
    error_message = "A condition compares loosely, or another issuer is trusted."
  }

  assert {
    condition     = alltrue([for one in values(aws_iam_role.this) : one.permissions_boundary == aws_iam_policy.boundary[0].arn && one.max_session_duration == 3600])
    error_message = "A role has no boundary, or a session lasts longer than an hour."
  }

  assert {
    condition     = aws_iam_policy.boundary[0].arn == local.boundary_arn && aws_iam_openid_connect_provider.this[0].arn == "${local.account.arn}:oidc-provider/${local.issuer}"
    error_message = "The boundary guards other ARNs than its own and the provider's."
  }
}

run "the_role_of_pull_requests_reads_states_and_writes_nothing" {
  command = plan

  assert {
    condition = sort(flatten([for statement in jsondecode(data.aws_iam_policy_document.plan_state[0].json).Statement : statement.Action])) == tolist([
      "kms:Decrypt", "s3:GetObject", "s3:ListBucket"
    ])
    error_message = "It may ${data.aws_iam_policy_document.plan_state[0].json}."
  }

  assert {
    condition     = sort([for name, one in aws_iam_role_policy_attachment.plan : one.policy_arn]) == tolist(["arn:aws:iam::aws:policy/SecurityAudit", "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"])
    error_message = "It has other policies: ${jsonencode([for one in values(aws_iam_role_policy_attachment.plan) : one.policy_arn])}."
  }

  assert {
    condition = sort(flatten(jsondecode(data.aws_iam_policy_document.plan_no_data[0].json).Statement[*].NotResource)) == tolist([
      "arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b", "arn:aws:s3:::states/*", "arn:aws:ssm:*::parameter/aws/service/*"
    ])
    error_message = "It reads other data: ${data.aws_iam_policy_document.plan_no_data[0].json}."
  }
}

run "an_environments_role_writes_its_own_states_and_deletes_locks_only" {
  command = plan

  assert {
    condition = { for statement in data.aws_iam_policy_document.apply_state["dev"].statement : statement.sid => [for resource in sort(statement.resources) : resource] } == {
      List         = ["arn:aws:s3:::states"]
      ReadAndWrite = ["arn:aws:s3:::states/envs/dev/*", "arn:aws:s3:::states/envs/dev/*.tflock"]
      Unlock       = ["arn:aws:s3:::states/envs/dev/*.tflock"]
      Key          = ["arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"]
    }
    error_message = "It may ${data.aws_iam_policy_document.apply_state["dev"].json}."
  }
}

run "a_boundary_guards_itself_and_what_roles_make" {
  command = plan

  assert {
    condition     = { for statement in data.aws_iam_policy_document.boundary.statement : statement.sid => coalesce(statement.effect, "Allow") } == { Services = "Allow", OwnLimits = "Deny", Never = "Deny", KeepsBoundary = "Deny", SameBoundary = "Deny" }
    error_message = "The boundary says ${data.aws_iam_policy_document.boundary.json}."
  }

  assert {
    condition = [for statement in jsondecode(data.aws_iam_policy_document.boundary.json).Statement : sort(statement.Resource) if statement.Sid == "OwnLimits"] == [sort([
      "${local.account.arn}:oidc-provider/token.actions.githubusercontent.com", "${local.account.arn}:policy/example-boundary", "${local.account.arn}:role/example-plan", "${local.account.arn}:role/example-apply-dev",
    ])]
    error_message = "The boundary guards ${data.aws_iam_policy_document.boundary.json}."
  }

  assert {
    condition     = [for statement in jsondecode(data.aws_iam_policy_document.boundary.json).Statement : statement.Condition.StringNotEquals["iam:PermissionsBoundary"] if statement.Sid == "SameBoundary"] == [local.boundary_arn]
    error_message = "A role may make another one without limit: ${data.aws_iam_policy_document.boundary.json}."
  }
}

run "what_is_there_is_used_and_both_kinds_of_subjects_are_taken_where_asked" {
  command = plan

  variables {
    github_oidc = {
      repository   = { owner = "example", name = "platform", owner_id = "123456", id = "456789", subject = "both" }
      existing     = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
      plan         = { enabled = false }
      environments = { prod = { policies = { queues = "arn:aws:iam::aws:policy/AmazonSQSFullAccess" }, refs = ["refs/tags/v1"], hours = 12 } }
      boundary     = { existing = { arn = "arn:aws:iam::123456789012:policy/limit" } }
    }
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.this) == 0 && length(aws_iam_policy.boundary) == 0 && keys(aws_iam_role.this) == ["apply-prod"]
    error_message = "Something is made that is there, or was not asked for."
  }

  assert {
    condition     = output.github_oidc.plan == null && output.github_oidc.subjects == { apply-prod = ["repo:example@123456/platform@456789:environment:prod", "repo:example/platform:environment:prod"] }
    error_message = "The subjects are ${jsonencode(output.github_oidc.subjects)}."
  }

  assert {
    condition     = aws_iam_role.this["apply-prod"].permissions_boundary == "arn:aws:iam::123456789012:policy/limit" && aws_iam_role.this["apply-prod"].max_session_duration == 43200
    error_message = "The role has another boundary or another session."
  }
}
