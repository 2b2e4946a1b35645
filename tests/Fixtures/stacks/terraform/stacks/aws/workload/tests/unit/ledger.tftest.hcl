# What the contract of a workload becomes in an environment. Only what the stack foundation makes is put in its place. (Roles and policies: WorkloadAccessTests.)

provider "aws" {
  region = "us-west-2"
}

override_data {
  target = data.aws_kms_alias.data
  values = { target_key_arn = "arn:aws:kms:us-west-2:999988887777:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b" }
}

override_data {
  target = data.aws_kms_alias.logs
  values = { target_key_arn = "arn:aws:kms:us-west-2:999988887777:key/1f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b" }
}

override_data {
  target = data.aws_eks_cluster.this
  values = { name = "stage" }
}

variables {
  environment = "stage"
  workload    = "ledger"
}

run "every_table_of_the_contract_is_there_by_its_derived_name" {
  command = plan

  assert {
    condition     = { for name, table in output.tables : name => table.name } == { accounts = "stage-ledger-accounts", entries = "stage-ledger-entries" }
    error_message = "The tables are ${join(", ", [for table in output.tables : table.name])}."
  }
}

run "what_a_table_turns_away_is_told" {
  command = plan

  assert {
    condition     = toset([for alarm in aws_cloudwatch_metric_alarm.table_throttled : alarm.alarm_name]) == toset(["stage-ledger-accounts-throttled", "stage-ledger-entries-throttled"])
    error_message = "The alarms are ${jsonencode(keys(aws_cloudwatch_metric_alarm.table_throttled))}."
  }

  assert {
    condition = alltrue([
      for alarm in concat(values(aws_cloudwatch_metric_alarm.table_throttled), values(aws_cloudwatch_metric_alarm.table_faults)) :
      alarm.alarm_actions == toset(["arn:aws:sns:us-west-2:999988887777:stage-alarms"])
    ])
    error_message = "An alarm of a table is told to others than stage-alarms."
  }
}

run "an_override_replaces_a_key_and_leaves_the_others" {
  command = plan

  assert {
    condition     = local.components.book.size == { cpu = "75m", memory = "96Mi" } && local.components.book.scaling == { min = 1, max = 1 }
    error_message = "The book runs as ${jsonencode(local.components.book)}."
  }
}

run "what_a_release_may_override_is_the_kinds_own" {
  command = plan

  assert {
    condition     = local.overridable.handler == ["settings"] && contains(local.overridable.service, "scaling")
    error_message = "A release may override ${jsonencode(local.overridable)}."
  }
}

run "an_environment_of_another_kind_is_refused" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = "local"
  }
}

run "a_workload_without_a_release_is_refused" {
  command         = plan
  expect_failures = [var.workload]

  variables {
    workload = "idle"
  }
}
