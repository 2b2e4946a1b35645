# What the contract of orders becomes in dev. The policies are evaluated for real; only what the stack foundation makes is put in its place.

provider "aws" {
  region = "eu-central-1"
}

override_data {
  target = data.aws_kms_alias.data
  values = { target_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b" }
}

variables {
  environment = "dev"
  workload    = "orders"
}

run "every_table_of_the_contract_is_there_by_its_derived_name" {
  command = plan

  assert {
    condition     = toset([for table in output.tables : table.name]) == toset([for name in keys(local.contract.resources.tables) : "dev-orders-${name}"])
    error_message = "The tables are ${join(", ", [for table in output.tables : table.name])}."
  }
}

run "a_component_may_touch_the_tables_it_uses_and_no_other" {
  command = plan

  assert {
    condition = {
      for component, document in data.aws_iam_policy_document.uses : component => toset([
        for table in jsondecode(document.json).Statement[0].Resource : reverse(split("/", table))[0]
      ])
      } == {
      gateway   = toset(["dev-orders-orders", "dev-orders-requests"])
      processor = toset(["dev-orders-adjustments", "dev-orders-inventory", "dev-orders-reservations"])
    }
    error_message = "The policies are ${jsonencode({ for component, document in data.aws_iam_policy_document.uses : component => document.json })}."
  }

  assert {
    condition     = !anytrue([for document in data.aws_iam_policy_document.uses : strcontains(document.json, "dynamodb:*")]) && !anytrue([for document in data.aws_iam_policy_document.uses : strcontains(document.json, "\"Resource\": \"*\"")])
    error_message = "A policy allows more than it names."
  }
}

run "a_role_is_for_the_pods_of_its_component" {
  command = plan

  assert {
    condition = jsondecode(data.aws_iam_policy_document.trust["gateway"].json).Statement[0].Condition.StringEquals == {
      "aws:RequestTag/kubernetes-namespace"       = "orders"
      "aws:RequestTag/kubernetes-service-account" = "orders-gateway"
    }
    error_message = "The gateway's role trusts ${data.aws_iam_policy_document.trust["gateway"].json}."
  }

  assert {
    condition     = aws_iam_role.component["gateway"].name == "dev-orders-gateway"
    error_message = "The gateway's role is called ${aws_iam_role.component["gateway"].name}."
  }
}

run "an_override_replaces_a_key_and_leaves_the_others" {
  command = plan

  assert {
    condition     = jsonencode(local.components.gateway.scaling) == jsonencode(local.release.overrides.components.gateway.scaling) && local.components.gateway.port == local.contract.components.gateway.port
    error_message = "The gateway runs as ${jsonencode(local.components.gateway)}."
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
    workload = "order"
  }
}
