# What the facts of an environment become. The stack foundation is applied first: what is looked up is there.

provider "aws" {
  region = "us-west-2"
}

variables {
  environment = "stage"
}

run "foundation" {
  command = apply

  module {
    source = "../foundation"
  }
}

run "a_cluster_of_kubernetes_stands_in_the_private_subnets" {
  command = plan

  assert {
    condition     = length(module.eks_cluster) == 1 && length(module.ecs_cluster) == 0 && length(module.load_balancer) == 0
    error_message = "The environment's runtime is eks, and the stack plans ${length(module.ecs_cluster)} clusters of ECS."
  }

  assert {
    condition     = toset(keys(local.network.subnets.private)) == toset(["a", "c"]) && toset(keys(local.network.subnets.public)) == toset(["a", "c"])
    error_message = "The subnets found are ${jsonencode(local.network.subnets)}."
  }

  assert {
    condition     = alltrue([for tier in ["private", "public"] : local.network.subnets[tier] == { for zone, subnet in run.foundation.network.subnets[tier] : zone => { id = subnet.id } }])
    error_message = "The subnets found are ${jsonencode(local.network.subnets)}, and foundation made ${jsonencode(run.foundation.network.subnets)}."
  }
}

run "an_environment_of_another_kind_is_refused" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    environment = "local"
  }
}
