# What the facts of an environment become.

provider "aws" {
  region = "us-west-2"
}

variables {
  environment = "stage"
}

run "the_load_balancers_addresses_are_those_that_workloads_let_in" {
  command = plan

  assert {
    condition     = toset([for subnet in output.network.subnets.public : subnet.cidr]) == toset(local.env.edge.from.cidrs)
    error_message = "The public subnets are ${jsonencode(output.network.subnets.public)}."
  }
}

run "keys_are_found_by_derived_names" {
  command = plan

  assert {
    condition     = toset([for key in module.key : key.kms_key.alias.name]) == toset(["alias/stage-data", "alias/stage-logs"])
    error_message = "The aliases are ${join(", ", [for key in module.key : key.kms_key.alias.name])}."
  }
}

run "every_component_of_a_release_has_a_repository_as_the_registry_names_it" {
  command = plan

  assert {
    condition = { for name, repository in output.image_registry.repositories : name => repository.name } == {
      for component in ["book", "close", "idle", "scribe"] : "ledger-${component}" => "causeway/ledger-${component}"
    }
    error_message = "The repositories are ${jsonencode(output.image_registry)}."
  }
}

run "alarms_of_the_environment_can_be_told" {
  command = apply

  assert {
    condition     = toset([for subscription in aws_sns_topic_subscription.alarms : subscription.endpoint]) == toset(["platform@example.com"])
    error_message = "Told are ${join(", ", [for subscription in aws_sns_topic_subscription.alarms : subscription.endpoint])}."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_sns_topic_policy.alarms.policy).Statement :
      statement.Principal == { Service = "cloudwatch.amazonaws.com" } && statement.Condition.ArnLike["aws:SourceArn"] == "arn:aws:cloudwatch:us-west-2:999988887777:alarm:stage-*"
    ])
    error_message = "The topic lets in ${aws_sns_topic_policy.alarms.policy}."
  }
}

run "the_certificate_is_for_the_environments_domain" {
  command = plan

  assert {
    condition     = module.domain.dns_and_certificate.domain == "stage.example.com"
    error_message = "The domain is ${module.domain.dns_and_certificate.domain}."
  }
}

run "an_environment_of_another_kind_is_refused" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = "local"
  }
}

run "an_environment_that_is_called_otherwise_is_refused" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = "misnamed"
  }
}
