# One run for each validation of variables.tf, and for each way to break it that is a case of its own.

mock_provider "aws" {}

variables {
  context = { name = "unit" }
  network = { cidr = "10.20.0.0/16", zones = { a = 0 } }
}

run "a_name_of_capitals_is_refused" {
  command         = plan
  expect_failures = [var.context]

  variables {
    context = { name = "Prod" }
  }
}

run "a_name_too_long_for_a_role_is_refused" {
  command         = plan
  expect_failures = [var.context]

  variables {
    context = { name = "n123456789012345678901234567890123456789012345678" }
  }
}

run "neither_addresses_nor_a_vpc_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = {}
  }
}

run "zones_without_addresses_are_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { zones = { a = 0 } }
  }
}

run "addresses_and_a_vpc_are_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { cidr = "10.20.0.0/16", zones = { a = 0 }, existing = { vpc = "vpc-1", subnets = { private = { a = "subnet-1" } } } }
  }
}

run "a_range_that_does_not_start_at_its_first_address_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { cidr = "10.20.1.0/16", zones = { a = 0 } }
  }
}

run "a_range_without_room_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { cidr = "10.20.0.0/23", zones = { a = 0 } }
  }
}

run "a_range_larger_than_a_vpc_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { cidr = "10.0.0.0/8", zones = { a = 0 } }
  }
}

run "a_range_of_ipv6_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { cidr = "2001::/16", zones = { a = 0 } }
  }
}

run "no_zone_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { cidr = "10.20.0.0/16" }
  }
}

run "a_zone_by_its_full_name_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { cidr = "10.20.0.0/16", zones = { eu-central-1a = 0 } }
  }
}

run "two_zones_in_one_slot_are_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { cidr = "10.20.0.0/16", zones = { a = 1, b = 1 } }
  }
}

run "a_slot_that_there_is_not_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { cidr = "10.20.0.0/16", zones = { a = 4 } }
  }
}

run "a_kind_of_nat_that_there_is_not_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { cidr = "10.20.0.0/16", zones = { a = 0 }, nat = "two" }
  }
}

run "nat_in_an_existing_vpc_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { nat = "single", existing = { vpc = "vpc-1", subnets = { private = { a = "subnet-1" } } } }
  }
}

run "a_vpc_by_its_name_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { existing = { vpc = "main", subnets = { private = { a = "subnet-1" } } } }
  }
}

run "a_vpc_without_private_subnets_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { existing = { vpc = "vpc-1", subnets = { private = {} } } }
  }
}

run "a_service_by_its_full_name_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { cidr = "10.20.0.0/16", zones = { a = 0 }, interfaces = ["com.amazonaws.eu-central-1.sts"] }
  }
}

run "a_time_that_cloudwatch_does_not_have_is_refused" {
  command         = plan
  expect_failures = [var.network]

  variables {
    network = { cidr = "10.20.0.0/16", zones = { a = 0 }, flow_logs = { days = 31 } }
  }
}
