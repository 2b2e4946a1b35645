# One run for each rule of variables.tf whose breach AWS would tell late, or not at all.

mock_provider "aws" {}

variables {
  context = { name = "dev" }
  load_balancer = {
    network = {
      vpc     = { id = "vpc-0a1b2c3d4e5f60718", cidr = "10.20.0.0/16" }
      subnets = { public = { a = { id = "subnet-0a1b2c3d4e5f60718" }, b = { id = "subnet-0f1e2d3c4b5a69788" } } }
    }
    certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
    from            = { cidrs = ["0.0.0.0/0"] }
  }
}

run "a_name_longer_than_a_load_balancer_takes_is_refused" {
  command         = plan
  expect_failures = [var.load_balancer]

  variables {
    context = { name = "an-environment-of-a-long-name" }
  }
}

run "one_that_faces_the_internet_and_says_not_to_whom_is_refused" {
  command         = plan
  expect_failures = [var.load_balancer]

  variables {
    load_balancer = {
      network         = { vpc = { id = "vpc-1", cidr = "10.20.0.0/16" }, subnets = { public = { a = { id = "subnet-1" }, b = { id = "subnet-2" } } } }
      certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
    }
  }
}

run "an_old_tls_is_refused" {
  command         = plan
  expect_failures = [var.load_balancer]

  variables {
    load_balancer = {
      network         = { vpc = { id = "vpc-1", cidr = "10.20.0.0/16" }, subnets = { public = { a = { id = "subnet-1" }, b = { id = "subnet-2" } } } }
      certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
      from            = { cidrs = ["0.0.0.0/0"] }
      ssl_policy      = "ELBSecurityPolicy-TLS13-1-1-2021-06"
    }
  }
}

run "a_firewall_that_is_there_and_not_named_is_refused" {
  command         = plan
  expect_failures = [var.load_balancer]

  variables {
    load_balancer = {
      network         = { vpc = { id = "vpc-1", cidr = "10.20.0.0/16" }, subnets = { public = { a = { id = "subnet-1" }, b = { id = "subnet-2" } } } }
      certificate_arn = "arn:aws:acm:eu-central-1:111122223333:certificate/0f3c6f8e-3a56-4c0c-9f0f-1d7f2f3e4a5b"
      from            = { cidrs = ["0.0.0.0/0"] }
      firewall        = "existing"
    }
  }
}
