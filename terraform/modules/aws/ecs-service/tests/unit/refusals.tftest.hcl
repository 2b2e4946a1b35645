# One run for each rule of variables.tf whose breach AWS would tell late, or not at all.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/dev" }
  }

  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-central-1:111122223333:task-definition/dev-shop-quotes:1" }
  }
}

variables {
  context = { name = "dev-shop" }
  ecs_service = {
    name  = "quotes"
    image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
    cluster = {
      name              = "dev"
      arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
      capacity_provider = "dev"
      networking        = "bridge"
      architecture      = "arm64"
      namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
      network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
      security_group_id = "sg-0a1b2c3d4e5f60718"
      telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
    }
  }
}

run "an_image_without_a_digest_is_refused" {
  command         = plan
  expect_failures = [var.ecs_service]

  variables {
    ecs_service = {
      name  = "quotes"
      image = "example.com/quotes:latest"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "bridge"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }

    }
  }
}

run "root_is_refused" {
  command         = plan
  expect_failures = [var.ecs_service]

  variables {
    ecs_service = {
      name  = "quotes"
      image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "bridge"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }
      user = "0"
    }
  }
}

run "a_secret_in_place_of_its_arn_is_refused" {
  command         = plan
  expect_failures = [var.ecs_service]

  variables {
    ecs_service = {
      name  = "quotes"
      image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "bridge"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }
      secrets = { DATABASE_PASSWORD = "correct-horse" }
    }
  }
}

run "a_route_without_a_port_is_refused" {
  command         = plan
  expect_failures = [var.ecs_service]

  variables {
    ecs_service = {
      name  = "quotes"
      image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "bridge"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }
      route = { load_balancer = { listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/edge/0123456789abcdef/0123456789abcdef", security_group_id = "sg-0f1e2d3c4b5a69788", arn_suffix = "app/edge/0123456789abcdef" }, hosts = ["quotes.example.com"] }
    }
  }
}

run "callers_of_tasks_that_share_a_security_group_are_refused" {
  command         = plan
  expect_failures = [var.ecs_service]

  variables {
    ecs_service = {
      name  = "quotes"
      image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "bridge"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }
      port    = 8080
      callers = { site = "sg-0f1e2d3c4b5a69788" }
    }
  }
}

run "a_request_that_outlives_its_task_is_refused" {
  command         = plan
  expect_failures = [var.ecs_service]

  variables {
    ecs_service = {
      name  = "quotes"
      image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "bridge"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }
      request_timeout = 60
    }
  }
}

run "a_check_of_a_port_that_a_load_balancer_cannot_know_is_refused" {
  command         = plan
  expect_failures = [var.ecs_service]

  variables {
    ecs_service = {
      name  = "quotes"
      image = "example.com/quotes@sha256:0000000000000000000000000000000000000000000000000000000000000001"
      cluster = {
        name              = "dev"
        arn               = "arn:aws:ecs:eu-central-1:111122223333:cluster/dev"
        capacity_provider = "dev"
        networking        = "bridge"
        architecture      = "arm64"
        namespace         = { arn = "arn:aws:servicediscovery:eu-central-1:111122223333:namespace/ns-0123456789abcdef" }
        network           = { vpc = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }, subnets = { private = { a = { id = "subnet-0a1b2c3d4e5f60718" } } } }
        security_group_id = "sg-0a1b2c3d4e5f60718"
        telemetry         = { grpc = "http://172.17.0.1:4317", http = "http://172.17.0.1:4318" }
      }
      port   = 8080
      health = { port = 8081 }
      route  = { load_balancer = { listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/edge/0123456789abcdef/0123456789abcdef", security_group_id = "sg-0f1e2d3c4b5a69788", arn_suffix = "app/edge/0123456789abcdef" }, hosts = ["quotes.example.com"] }
    }
  }
}
