# One run for each rule of variables.tf whose breach AWS would tell late, or not at all.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
}

variables {
  context = { name = "dev" }
  ecs_cluster = {
    network = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
  }
}

run "a_name_that_ecs_keeps_for_itself_is_refused" {
  command         = plan
  expect_failures = [var.context]

  variables {
    context = { name = "ecs-dev" }
  }
}

run "a_way_of_networking_that_there_is_not_is_refused" {
  command         = plan
  expect_failures = [var.ecs_cluster]

  variables {
    ecs_cluster = {
      network    = { vpc = { id = "vpc-1", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-1" } } } }
      networking = "host"
    }
  }
}

run "load_balancers_of_tasks_with_addresses_are_refused" {
  command         = plan
  expect_failures = [var.ecs_cluster]

  variables {
    ecs_cluster = {
      network        = { vpc = { id = "vpc-1", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-1" } } } }
      networking     = "awsvpc"
      load_balancers = { edge = "sg-0a1b2c3d4e5f60718" }
    }
  }
}

run "fewer_instances_at_most_than_at_least_are_refused" {
  command         = plan
  expect_failures = [var.ecs_cluster]

  variables {
    ecs_cluster = {
      network   = { vpc = { id = "vpc-1", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-1" } } } }
      instances = { min = 3, max = 2 }
    }
  }
}

run "a_collector_without_a_digest_is_refused" {
  command         = plan
  expect_failures = [var.ecs_cluster]

  variables {
    ecs_cluster = {
      network   = { vpc = { id = "vpc-1", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-1" } } } }
      telemetry = { image = "example.com/collector:latest", config = "receivers: { otlp: {} }" }
    }
  }
}

run "a_configuration_that_is_not_a_collectors_is_refused" {
  command         = plan
  expect_failures = [var.ecs_cluster]

  variables {
    ecs_cluster = {
      network   = { vpc = { id = "vpc-1", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-1" } } } }
      telemetry = { image = "example.com/collector@sha256:0000000000000000000000000000000000000000000000000000000000000001", config = "exporters: {}" }
    }
  }
}

run "public_addresses_without_public_subnets_are_refused" {
  command         = plan
  expect_failures = [var.ecs_cluster]

  variables {
    ecs_cluster = {
      network   = { vpc = { id = "vpc-1", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-1" } } } }
      instances = { public_address = true }
    }
  }
}
